"""“Was this page helpful?”: what readers may say, what is counted of it, and that nobody is followed for it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from accounts.privacy import rooms
from articles import actions
from articles.models import Reaction, ReactionDay, ReaderRemark
from articles.sweeps import forget_readers
from tests.factories import make_article, make_user
from tests.markup import Markup

HTMX = {"HX-Request": "true"}


@pytest.fixture
def where(article) -> str:
    return reverse("articles:helpful", args=[article.slug])


@pytest.fixture
def member(client, eve):
    client.force_login(eve)
    return client


def counted(article) -> dict[str, int]:
    """How often each thing was said of any text of the article."""
    days = ReactionDay.objects.filter(revision__article=article, count__gt=0)
    return dict(days.values_list("says").annotate(Sum("count")))


def say(article, says="yes", *, key=None, **more):
    actions.react(article=article, says=says, key=key or uuid.uuid4(), **more)


# Guests


def test_the_article_has_no_token_and_sets_no_cookie(client, article, where):
    response = client.get(article.get_absolute_url())
    page = response.content.decode()
    assert f'href="{where}?helped=yes"' in page and f'href="{where}?helped=no"' in page
    assert "csrfmiddlewaretoken" not in page
    assert not response.cookies


def test_a_guest_gets_a_page_with_a_token_and_may_say_so(client, article, where):
    page = Markup(client.get(where, {"helped": "no"}).content.decode())
    chosen = [
        one.attrib["value"] for one in page.all() if one.attrib.get("name") == "helped" and "checked" in one.attrib
    ]
    assert chosen == ["no"]
    assert "csrftoken" in client.cookies and "sessionid" not in client.cookies
    answered = client.post(where, {"helped": "no", "reason": "missing"})
    assert (answered.status_code, counted(article)) == (200, {"missing": 1})
    assert "Thank you. It is counted" in answered.content.decode()


def test_nothing_is_counted_by_looking(client, article, where):
    client.get(where, {"helped": "yes"})
    assert counted(article) == {}


def test_a_guest_counts_once_a_day_and_may_change_their_mind(client, article, where):
    for helped in ("yes", "yes", "no"):
        client.post(where, {"helped": helped})
    assert counted(article) == {"no": 1}


def test_other_addresses_and_browsers_are_other_guests(client, article, where):
    for agent, address in (("a", "192.0.2.1"), ("b", "192.0.2.1"), ("a", "192.0.2.2")):
        client.post(where, {"helped": "yes"}, headers={"User-Agent": agent}, REMOTE_ADDR=address)
    assert counted(article) == {"yes": 3}


def test_a_guest_is_known_by_nothing_that_tells_who_they_are(client, article, where, ed, rae):
    other = make_article(ed, rae, "Another one")
    for one in (article, other):
        client.post(reverse("articles:helpful", args=[one.slug]), {"helped": "yes"}, headers={"User-Agent": "Browser"})
    first, second = Reaction.objects.values_list("guest", flat=True)
    assert first != second
    assert re.fullmatch(r"[0-9a-f]{64}", first)


def test_after_their_day_only_the_count_stays_of_guests(client, article, where, eve):
    client.post(where, {"helped": "yes"})
    say(article, member=eve)
    key = Reaction.objects.get(member=None).guest
    Reaction.objects.update(day=timezone.now().date() - timedelta(days=1))
    forget_readers()
    assert list(Reaction.objects.values_list("member", flat=True)) == [eve.pk]
    assert counted(article) == {"yes": 2}
    assert key not in "".join(map(str, Reaction.objects.values_list("guest", flat=True)))


def test_the_salt_is_another_one_tomorrow(article, monkeypatch):
    keys = set()
    for days in (0, 1):
        monkeypatch.setattr(
            "articles.actions.reactions.today", lambda days=days: timezone.now().date() + timedelta(days=days)
        )
        keys.add(actions.guest_key(article, "192.0.2.1", "Browser"))
    assert len(keys) == 2


def test_what_a_guest_wrote_is_shown_to_nobody_with_the_same_address(client, article, where):
    client.post(where, {"helped": "no", "text": "Nothing on eyelids"})
    assert "eyelids" not in client.get(where).content.decode()


def test_one_place_cannot_make_up_numbers(client, article, where, monkeypatch):
    monkeypatch.setattr("articles.helpful.SAID_AN_HOUR", 2)
    answers = [client.post(where, {"helped": "yes"}, headers={"User-Agent": str(n)}).status_code for n in range(3)]
    assert answers == [200, 200, 429]
    assert counted(article) == {"yes": 2}


# Members


def test_a_member_says_it_with_one_press_and_counts_once(member, article, where):
    assert 'name="helped" value="yes"' in member.get(article.get_absolute_url()).content.decode()
    for _ in range(2):
        assert member.post(where, {"helped": "yes"}).status_code == 303
    assert counted(article) == {"yes": 1}
    assert "You said that it helped you." in member.get(article.get_absolute_url()).content.decode()


def test_a_member_changes_their_mind_and_takes_it_back(member, article, where):
    member.post(where, {"helped": "yes"})
    member.post(where, {"helped": "no", "reason": "unclear", "text": "Too many long words"})
    assert (counted(article), ReaderRemark.objects.get().says) == ({"unclear": 1}, "unclear")
    assert "Too many long words" in member.get(where).content.decode()
    member.post(where, {"undo": "1"})
    member.post(where, {"undo": "1"})
    assert (counted(article), ReaderRemark.objects.count(), Reaction.objects.count()) == ({}, 0, 0)


def test_one_press_leaves_what_was_written(member, article, where):
    member.post(where, {"helped": "no", "text": "Nothing on eyelids"})
    member.post(where, {"helped": "yes"})
    assert (ReaderRemark.objects.get().text, ReaderRemark.objects.get().says) == ("Nothing on eyelids", "yes")
    member.post(where, {"helped": "yes", "text": ""})
    assert not ReaderRemark.objects.exists()


def test_a_change_counts_for_the_text_that_readers_have_by_then(article, ed, rae, eve):
    say(article, member=eve)
    article.standfirst = "Another one."
    revision = actions.save(article=article, editor=ed)
    actions.sign_off(revision=revision, reviewer=rae)
    actions.publish(article=article, editor=ed, next_review_on=article.next_review_on)
    say(article, "no", member=eve)
    numbers = dict(ReactionDay.objects.values_list("says", "revision__number").filter(count__gt=0))
    assert numbers == {"no": revision.number}


def test_the_fragment_takes_the_place_of_the_buttons(member, article, where):
    answered = member.post(where, {"helped": "no"}, headers=HTMX)
    page = answered.content.decode()
    assert answered.status_code == 200 and page.lstrip().startswith("<section") and 'id="helpful"' in page
    assert "<html" not in page


# What is written


def test_a_no_offers_to_ask_with_that_text(client, article, where):
    page = client.post(where, {"helped": "no", "text": "Does it also come in the eyelid?"}).content.decode()
    assert 'name="title" autocomplete="off" value="Does it also come in the eyelid?"' in page
    sent = {"article": article.slug, "topic": article.topic.slug, "step": "suggestions"}
    asked = client.post("/ask/", sent | {"title": "Does it also come in the eyelid?", "body": ""}).content.decode()
    assert "Does it also come in the eyelid?</textarea>" in asked
    assert f"From “{article.title}”" in asked


def test_a_long_text_goes_along_whole(client, article, where):
    text = "It began in the eyelid. " + "Then it went on and on. " * 12
    page = Markup(client.post(where, {"helped": "no", "text": text}).content.decode())
    held = {
        one.attrib["name"]: one.attrib["value"] for one in page.all() if one.attrib.get("name") in ("title", "body")
    }
    assert held["body"] == text.strip()
    assert len(held["title"]) <= 150


def test_a_yes_offers_nothing_more(client, article, where):
    assert "Would you like to ask the members?" not in client.post(where, {"helped": "yes"}).content.decode()


@pytest.mark.parametrize("who", ["guest", "member"])
def test_who_writes_of_distress_is_told_whom_to_call_and_nothing_is_kept(client, eve, article, where, who):
    if who == "member":
        client.force_login(eve)
    answered = client.post(where, {"helped": "no", "text": "I want to kill myself"})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert 'id="support-crisis"' in page and "Nothing of what you wrote here is kept." in page
    assert 'value="I want to kill myself"' in page  # to ask where somebody reads it first
    assert (ReaderRemark.objects.count(), counted(article)) == (0, {})


@pytest.mark.parametrize("text", ["Call me on 020 7946 0018 please", "Write to eve@example.org about it"])
def test_personal_details_are_refused_and_stay_in_the_form(client, article, where, text):
    answered = client.post(where, {"helped": "no", "text": text})
    page = answered.content.decode()
    assert answered.status_code == 422 and "what somebody could be found by" in page
    assert f"{text}</textarea>" in page
    assert (ReaderRemark.objects.count(), counted(article)) == (0, {})


@pytest.mark.parametrize(
    "sent", [{}, {"helped": "maybe"}, {"helped": "no", "reason": "x"}, {"helped": "no", "text": "x" * 1_001}]
)
def test_what_cannot_be_said_is_refused(client, article, where, sent):
    assert client.post(where, sent).status_code == 422
    assert counted(article) == {}


def test_a_reason_of_a_yes_is_passed_over(client, article, where):
    client.post(where, {"helped": "yes", "reason": "wrong"})
    assert counted(article) == {"yes": 1}


def test_a_form_sent_twice_leaves_its_text_once(client, article, where):
    sent = {"helped": "no", "text": "Nothing on eyelids", "submission_key": str(uuid.uuid4())}
    for _ in range(2):
        client.post(where, sent)
    assert ReaderRemark.objects.count() == 1
    client.post(where, sent | {"submission_key": "forged"})
    assert ReaderRemark.objects.count() == 2


def test_a_form_sent_again_after_signing_in_leaves_its_text_once(client, article, where, eve):
    sent = {"helped": "no", "text": "Nothing on eyelids", "submission_key": str(uuid.uuid4())}
    client.post(where, sent)
    client.force_login(eve)
    assert client.post(where, sent).status_code == 303
    assert ReaderRemark.objects.count() == 1


def test_a_former_address_leads_to_the_one_of_now(client, article, where, ed):
    article.slug = "twitching"
    actions.save(article=article, editor=ed)
    moved = client.get(where, {"helped": "no"})
    assert (moved.status_code, moved["Location"]) == (301, "/articles/twitching/helpful/?helped=no")
    assert client.post(where, {"helped": "no"}).status_code == 200
    assert counted(article) == {"no": 1}


def test_what_was_written_goes_after_ninety_days(article, eve, ben):
    say(article, "no", member=eve, text="Old")
    say(article, "no", member=ben, text="New")
    ReaderRemark.objects.filter(member=eve).update(written_at=timezone.now() - timedelta(days=91))
    forget_readers()
    assert [remark.text for remark in ReaderRemark.objects.all()] == ["New"]
    assert counted(article) == {"no": 2}


@pytest.mark.parametrize("which", ["draft", "archived", "unknown"])
def test_only_what_readers_have_can_be_spoken_of(client, article, ed, which):
    actions.archive(article=article, editor=ed)
    slug = {"archived": article.slug}.get(which, "unknown")
    assert client.get(f"/articles/{slug}/helpful/").status_code == 404
    assert client.post(f"/articles/{slug}/helpful/", {"helped": "yes"}).status_code == 404


# What can never be


@pytest.mark.parametrize(
    "reader", [{}, {"member": True, "guest": "x"}, {"member": True, "says": "maybe"}], ids=["nobody", "both", "maybe"]
)
def test_a_reaction_that_cannot_be(article, eve, reader):
    row = {"says": "yes", "revision": article.live, "day": timezone.now().date()} | reader
    row |= {"member": eve} if reader.get("member") else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(article=article, **row)


def test_nobody_counts_twice_whatever_the_code_does(article, eve):
    say(article, member=eve, text="Good")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reaction.objects.create(article=article, member=eve, says="no", revision=article.live, day="2026-01-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderRemark.objects.create(
            article=article, member=eve, says="no", revision=article.live, text="x", submission_key=uuid.uuid4()
        )


# Leaving


def test_who_leaves_is_given_what_they_said_and_only_the_count_stays(article, eve):
    say(article, "wrong", member=eve, text="That is not right")
    room = next(room for room in rooms() if room.name == "articles")
    given = room.export(eve)
    assert [(one["article__slug"], one["says"]) for one in given["said_of_articles"]] == [(article.slug, "wrong")]
    assert [one["text"] for one in given["written_of_articles"]] == ["That is not right"]
    for _ in range(2):
        room.erase(eve)
    assert (Reaction.objects.count(), ReaderRemark.objects.count(), counted(article)) == (0, 0, {"wrong": 1})


# Editors


def test_editors_see_numbers_for_each_text_and_words_without_names(desk, article, eve):
    say(article, "unclear", member=eve, text="Too many long words")
    say(article, "yes", member=make_user("max"))
    ReactionDay.objects.filter(says="yes").update(day=timezone.now().date() - timedelta(days=40))
    response = desk.get(reverse("admin:articles_article_readers", args=[article.pk]))
    (numbers,) = response.context["numbers"]
    assert (numbers.revision, numbers.yes, numbers.no) == (1, (1, 0), (1, 1))
    page = response.content.decode()
    assert "It is hard to understand: 1" in page and "Too many long words" in page
    assert not re.search(r"\beve\b", page)


def test_the_words_go_on_where_the_page_ends(desk, article, monkeypatch):
    monkeypatch.setattr("articles.editing.readers.REMARKS_SIZE", 2)
    for number in range(3):
        say(article, "no", guest=f"g{number}", text=f"Words {number}")
    where = reverse("admin:articles_article_readers", args=[article.pk])
    first = desk.get(where).context["page"]
    second = desk.get(where, {"after": first.next_cursor}).context["page"]
    assert [remark.text for remark in (*first.items, *second.items)] == ["Words 2", "Words 1", "Words 0"]


def test_reviewers_do_not_read_what_readers_wrote(client, settings, article, rae):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    assert client.get(reverse("admin:articles_article_readers", args=[article.pk])).status_code == 403
