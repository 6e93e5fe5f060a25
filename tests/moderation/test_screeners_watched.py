"""Watched terms: how they are written, what they find, what follows, and who may say what is watched for."""

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from forum.desk import Submission, Verdict
from moderation import watched
from moderation.models import WatchedTerm
from moderation.screeners import watched as screener
from moderation.watched import Unreadable, places, site_of, slots_of
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in
from tests.moderation.growth import is_even

HOLD, WARN, BLOCK_LINK = WatchedTerm.Action
TRY = reverse("admin:moderation_watchedterm_try")
ADD = reverse("admin:moderation_watchedterm_add")


def found(term: str, text: str) -> list[str]:
    return [text[start:end] for _term, (start, end) in places([term], text)]


def watch(term: str, action: str = HOLD, **fields) -> WatchedTerm:
    row = WatchedTerm(term=term, action=action, **fields)
    watched.save(row)
    cache.delete(watched.KEY)
    return row


def screen(body: str, *, trust: str = User.Trust.BASIC, title: str = "", **author):
    return screener.screen(Submission("answer", User(trust=trust, **author), title, body))


# How terms are written


@pytest.mark.parametrize(
    ("term", "text", "expected"),
    [
        ("miracle cure", "This Miracle cure, a miracle\n CURE!", ["Miracle cure", "miracle\n CURE"]),
        ("miracle cure", "miracles cure; a miracle, the cure", []),
        ("miracle-cure", "a miracle cure", ["miracle cure"]),
        ("tramadol*", "Tramadols and tramadol, not ultram", ["Tramadols", "tramadol"]),
        ("(buy|order) (xanax|valium*)", "buy Xanax, order valiums, sell xanax", ["buy Xanax", "order valiums"]),
        ("don't", "I don’t and DON'T", ["don’t", "DON'T"]),
        ("ＭＭＳ", "drink MMS", ["MMS"]),
        ("mms", "drink ＭＭＳ", ["ＭＭＳ"]),
        ("größe", "GRÖSSE Größe", ["GRÖSSE", "Größe"]),
        ("a a", "a a a", ["a a", "a a"]),
        (".*", "anything", None),
        ("(a+)+$", "aaaa", None),
        ("x* y", "xx y", None),
        ("fo*bar", "foobar", None),
        ("(one", "one", None),
        ("one|two", "one", None),
        ("(one|two words)", "one", None),
        ("(one|)", "one", None),
        ("", "one", None),
        ("!!!", "!!!", None),
        ("a b c d e f g h i", "a b c d e f g h i", None),
    ],
)
def test_a_term_is_words_beginnings_and_choices_and_nothing_else(term, text, expected):
    if expected is None:
        with pytest.raises(Unreadable):
            slots_of(term)
    else:
        assert found(term, text) == expected


def test_a_word_that_is_everywhere_is_shown_some_times():
    assert len(found("pain", "pain " * 500)) == watched.MOST_PLACES


@pytest.mark.parametrize(
    ("term", "piece"),
    [
        ("a a a a a a a b", "a "),
        ("(a|b|c) (a|b|c) (a|b|c) x", "c "),
        ("aaa* aaa* b", "aaab "),
        ("aaa*", "aaa"),
        ("a", "’a"),
    ],
)
def test_hostile_text_takes_its_length_in_time(term, piece):
    assert is_even(lambda text: list(places([term] * 5, text)), piece)


@pytest.mark.parametrize("site", ["pills.example", "www.Pills.example", "таблетки.рф", "a-b.co.uk"])
def test_a_site_is_named_by_its_name(site):
    assert watched.leads_to(f"https://shop.{site_of(site)}/x?y", site_of(site))


@pytest.mark.parametrize("site", ["pills", "https://pills.example", "pills.example/x", "*.example", "a..b", ""])
def test_what_is_no_site_is_refused(site):
    with pytest.raises(Unreadable):
        site_of(site)


# What follows


@pytest.mark.django_db
def test_what_is_watched_waits_and_says_so():
    watch("miracle cure", note="sold by mail")
    (finding,) = screen("It is a miracle cure.")
    assert (finding.rule, finding.level, finding.holds) == ("watched", 2, True)
    assert finding.for_moderator == "Watched: miracle cure"
    assert finding.spans == [(9, 21)]
    assert not screen("It is a cure, by a miracle.")
    assert not screen("It is a miracle cure.", is_moderator=True)


@pytest.mark.django_db
def test_a_term_out_of_use_stops_nobody():
    watch("miracle cure", is_active=False)
    assert not screen("It is a miracle cure.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    ["see https://shop.pills.example/1", "see pills.example/1 for it", "[here](https&colon;//pills.example)"],
)
def test_a_link_to_a_blocked_site_waits_whoever_wrote_it(body):
    watch("pills.example", BLOCK_LINK)
    (finding,) = screen(body, trust=User.Trust.TRUSTED)
    assert (finding.rule, finding.holds) == ("watched_link", True)
    assert not screen("see notpills.example/1 and https://example.org/pills.example", trust=User.Trust.TRUSTED)


@pytest.mark.django_db
def test_a_warning_says_a_word_and_does_not_hold(client, ben, question):
    watch("apple vinegar", WARN, to_author="Please say where you have read this.")
    client.force_login(ben)
    page = client.post(
        f"/questions/{question.pk}/answer/",
        {
            "body": "Apple vinegar took mine away in a week.",
            "basis": "own",
            "submission_key": factories.uuid.uuid4(),
            "consent": "on",
        },
        follow=True,
    ).content.decode()
    answer = question.answers.get()
    assert answer.status == "published"
    assert "Please say where you have read this." in page
    assert not Verdict(screen("apple vinegar")).holds


@pytest.mark.django_db
def test_what_waits_for_another_reason_says_the_warning_too(newt, question):
    watch("apple vinegar", WARN, to_author="Please say where you have read this.")
    answer = factories.make_answer(newt, question, "Apple vinegar took mine away in a week.")
    assert [reason["rule"] for reason in item_of(answer).reasons] == ["first_post", "watched_warning"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "row",
    [
        {"term": "", "action": HOLD},
        {"term": "vinegar", "action": WARN},
        {"term": "Miracle Cure", "action": BLOCK_LINK},
    ],
)
def test_the_database_keeps_terms_that_mean_something(row):
    WatchedTerm.objects.create(term="miracle cure", action=HOLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        WatchedTerm.objects.create(**row)


# In the admin


@pytest.fixture
def desk(settings, mia):
    User.objects.filter(pk=mia.pk).update(is_staff=True)
    mia.refresh_from_db()
    return sign_in(mia)


def test_a_moderator_adds_a_term_and_it_works_at_once(desk, mia, ben, question, django_capture_on_commit_callbacks):
    assert not screen("It is a miracle cure.")
    with django_capture_on_commit_callbacks(execute=True):
        sent = desk.post(
            ADD, {"term": " miracle  cure ", "action": HOLD, "is_active": "on", "note": "", "to_author": ""}
        )
    assert sent.status_code == 302
    row = WatchedTerm.objects.get()
    assert (row.term, row.added_by) == ("miracle cure", mia)
    assert screen("It is a miracle cure.")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"term": "(a|b", "action": HOLD}, "Please close each bracket"),
        ({"term": "two words", "action": BLOCK_LINK}, "Please write the name of a site only"),
        ({"term": "vinegar", "action": WARN}, "a warning does nothing else"),
    ],
)
def test_a_term_that_cannot_work_is_refused_with_what_to_do(desk, row, sentence):
    page = desk.post(ADD, row | {"is_active": "on", "note": "", "to_author": ""}).content.decode()
    assert sentence in page
    assert not WatchedTerm.objects.exists()


def test_a_term_is_tried_on_a_text_before_it_stops_anybody(desk):
    watch("vinegar", WARN, to_author="Really?")
    text = "A miracle cure with vinegar, see pills.example/1."
    shown = desk.post(TRY, {"term": "miracle (cure|pill*)", "action": HOLD, "text": text}).content.decode()
    assert "<mark>miracle cure</mark>" in shown and "<mark>vinegar</mark>" not in shown
    shown = desk.post(TRY, {"term": "", "action": HOLD, "text": text}).content.decode()
    assert "<mark>vinegar</mark>" in shown and "<mark>miracle" not in shown
    shown = desk.post(TRY, {"term": "pills.example", "action": BLOCK_LINK, "text": text}).content.decode()
    assert "<mark>pills.example</mark>" in shown
    refused = desk.post(TRY, {"term": "(a", "action": HOLD, "text": text})
    assert refused.status_code == 422
    assert text in refused.content.decode()
    assert WatchedTerm.objects.count() == 1
