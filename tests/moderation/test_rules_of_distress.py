"""Who runs a site adds to the rules of distress, switches some off and tries them; every change is a version."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from forum.desk import Submission
from moderation import desk, distress
from moderation.distress import kinds_in
from moderation.models import DistressRules
from moderation.rule_set import RuleSet

pytestmark = pytest.mark.django_db
ADD = "/admin/moderation/distressrules/add/"
OURS = "self_harm: (walk | walking) into the fog"


@pytest.fixture
def boss(client, django_user_model):
    person = django_user_model.objects.create(email="boss@example.org", handle="boss", is_staff=True, is_superuser=True)
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


def post(client, **fields):
    return client.post(ADD, {"added": "", "switched_off": "", "reason": "", "text": ""} | fields)


def test_what_a_site_adds_counts_at_once(client, boss, django_capture_on_commit_callbacks):
    assert kinds_in("She keeps walking into the fog.") == ()
    with django_capture_on_commit_callbacks(execute=True):
        response = post(client, added=OURS, reason="A phrase of our valley")
    assert response.status_code == 303
    assert kinds_in("She keeps walking into the fog.") == ("self_harm",)
    assert kinds_in("She is not walking into the fog.") == ()


def test_every_change_is_a_version_with_who_when_and_why(client, boss):
    post(client, added=OURS, reason="A phrase of our valley")
    post(client, added="", reason="It was a song")
    assert [version.reason for version in DistressRules.objects.order_by("pk")] == [
        "A phrase of our valley",
        "It was a song",
    ]
    assert DistressRules.objects.newest().made_by == boss
    page = client.get("/admin/moderation/distressrules/").text
    assert "A phrase of our valley" in page and "It was a song" in page and "boss" in page


def test_a_version_is_read_and_never_changed(client, boss):
    post(client, added=OURS, reason="A phrase of our valley")
    path = reverse("admin:moderation_distressrules_change", args=[DistressRules.objects.get().pk])
    assert "into the fog" in client.get(path).text
    assert client.post(path, {"added": "", "reason": "x"}).status_code == 403
    assert DistressRules.objects.get().added == OURS


def test_a_new_version_begins_with_what_counts_now(client, boss):
    post(client, added=OURS, reason="A phrase of our valley")
    assert OURS in client.get(ADD).text


def test_a_rule_is_switched_off_as_it_is_shown(client, boss, django_capture_on_commit_callbacks):
    text = "I keep thinking of sodium nitrite."
    [found] = distress.current().found_in(text)
    with django_capture_on_commit_callbacks(execute=True):
        assert post(client, switched_off=found.phrase, reason="We are chemists").status_code == 303
    assert kinds_in(text) == ()


def test_rules_are_tried_before_they_count(client, boss):
    page = post(client, added=OURS, text="I go walking into the fog. Tonight I want to die.", _try="1")
    assert page.status_code == 200
    assert "walking into the fog" in page.text and "(walk | walking) into the fog" in page.text
    assert "Possible self-harm" in page.text
    assert not DistressRules.objects.exists()
    assert "Nothing: it would not be held" in post(client, text="It itches.", _try="1").text


def test_an_idiom_of_the_site_is_left_alone(client, boss, django_capture_on_commit_callbacks):
    assert kinds_in("I want to die of this joke.")
    with django_capture_on_commit_callbacks(execute=True):
        post(client, added="idiom: want to die of this joke", reason="How we laugh here")
    assert kinds_in("I want to die of this joke.") == ()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("want to sleep", "It begins with one of these and a colon: self_harm, abuse, child"),
        ("sadness: want to sleep", "It begins with one of these and a colon"),
        ("self_harm:", "A place is empty where a word is expected."),
        ("self_harm: (a rope", "A bracket is opened and not closed: “)” is missing."),
        ("self_harm: a rope)", "“)” stands where nothing opened it."),
        ("self_harm: (rope | ) now", "A place is empty where a word is expected."),
        ("self_harm: [rope]", "It would fit every text"),
        ("self_harm: ~3", "It would fit every text"),
        ("self_harm: the", "It is only a word that is in almost every text: add to it."),
        ("self_harm: (rope | i)", "It is only a word that is in almost every text: add to it."),
        ("self_harm: ro*", "“ro*” is the beginning of too many words: three letters are the least."),
        ("self_harm: rope ~9 neck", "Between words there may be ~1 to ~6 others."),
        ("self_harm: rope ~6 a ~6 b ~6 c ~6 d", "There are too many places for other words"),
        ("self_harm: @nobody rope", "There is no list called “@nobody”."),
        ("self_harm: (rope+)+$", "has no meaning there."),
        ("self_harm: rope " * 300, "It is too long"),
        ("self_harm: 99+ ropes", "A number in a phrase is 1+ to 98+."),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused_with_a_sentence(client, boss, line, sentence):
    page = post(client, added=f"{OURS}\n{line}", reason="Trying")
    assert page.status_code == 422
    assert f"Line 2: {sentence}" in page.text.replace("&quot;", '"') or sentence in page.text
    assert OURS in page.text, "what was typed is kept"
    assert not DistressRules.objects.exists()


def test_what_is_switched_off_must_exist(client, boss):
    page = post(client, switched_off="no such rule", reason="Trying")
    assert page.status_code == 422 and "Line 1: there is no such rule." in page.text


def test_a_version_says_why(client, boss):
    assert post(client, added=OURS).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        DistressRules.objects.create(added=OURS, reason="")


def test_a_line_that_a_later_release_cannot_read_stops_nothing():
    DistressRules.objects.create(added="self_harm: @gone into the fog\n" + OURS, reason="Once")
    assert kinds_in("walking into the fog") == ("self_harm",)


def test_a_text_is_read_once_for_all_screeners_and_anew_by_new_rules(
    boss, monkeypatch, django_capture_on_commit_callbacks
):
    read = []
    found_in = RuleSet.found_in
    monkeypatch.setattr(
        RuleSet, "found_in", lambda rules, text, **more: read.append(text) or found_in(rules, text, **more)
    )
    walking = Submission("question", boss, "Walking into the fog", "She keeps walking into the fog.")
    assert "self_harm" not in [finding.rule for finding in desk.screen(walking).findings]
    assert len(read) == 1
    with django_capture_on_commit_callbacks(execute=True):
        distress.save(added=OURS, switched_off="", reason="A phrase of our valley", by=boss)
    assert "self_harm" in [finding.rule for finding in desk.screen(walking).findings]
    assert len(read) == 2


def test_asking_again_costs_no_statement(django_assert_num_queries):
    kinds_in("Hello")
    with django_assert_num_queries(0):
        kinds_in("I want to die")
