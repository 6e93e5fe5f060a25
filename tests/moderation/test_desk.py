"""What the forum hears from the desk: how long it takes, what was said, and what is still open."""

from datetime import timedelta

import pytest
from django.utils import timezone

import forum.actions
from moderation import actions, desk
from moderation.models import ReviewItem
from tests import factories
from tests.factories import item_of

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


def decided_after(wait: timedelta, newt, mia, *, hours_ago=0) -> None:
    post = factories.make_question(newt)
    now = timezone.now() - timedelta(hours=hours_ago)
    ReviewItem.objects.about(post).update(opened_at=now - wait)
    item = item_of(post)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("moderation.actions.timezone.now", lambda: now)
        actions.approve(item=item, version=item.version, moderator=mia)


# How long it takes


def test_a_waiting_time_is_not_guessed_from_a_few(newt, mia):
    assert desk.expected_wait() is None
    for _ in range(desk.ENOUGH - 1):
        decided_after(timedelta(minutes=10), newt, mia)
    assert desk.expected_wait() is None


def test_the_waiting_time_is_the_median_of_what_was_decided(newt, mia):
    for minutes in (5, 10, 20, 40, 100):
        decided_after(timedelta(minutes=minutes), newt, mia)
    assert desk.expected_wait() == timedelta(minutes=20)


@pytest.mark.parametrize("hours_ago", [6, 29 * 24])
def test_other_hours_of_the_day_and_older_decisions_do_not_count(newt, mia, hours_ago):
    for _ in range(desk.ENOUGH):
        decided_after(timedelta(minutes=10), newt, mia, hours_ago=hours_ago)
    assert desk.expected_wait() is None


def test_how_long_reports_wait_tells_authors_nothing(newt, mia, eve):
    for _ in range(desk.ENOUGH):
        item = ReviewItem.objects.create(member=eve)
        actions.keep(item=item, version=item.version, moderator=mia)
    assert desk.expected_wait() is None


# What was said


def test_an_author_hears_why_a_post_waits(held):
    assert desk.words_for_author(held) == "We read what new members write before others do, to keep everyone safe."


def test_an_author_hears_which_words_to_leave_out(client, ben, question):
    body = "Ring me on 07700 900123, or on 07700 900123 at night, or write to ann@example.org."
    answer = factories.make_answer(ben, question, body)
    assert desk.words_for_author(answer) == (
        "It seems to have a phone number and an e-mail address in it, so a moderator looks at it first. Leave it out "
        "and it can be published sooner. It is about: “07700 900123”, “ann@example.org”."
    )
    assert "07700" not in str(item_of(answer).reasons)
    client.force_login(ben)
    assert desk.words_for_author(answer) in client.get(question.get_absolute_url()).content.decode()


def test_an_author_hears_what_the_moderators_wrote_until_the_text_waits_again(held, newt, mia):
    item = item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words=WORDS)
    assert desk.words_for_author(held) == WORDS
    forum.actions.edit(post=held, editor=newt, title=held.title, body="It began three days ago and does not hurt.")
    assert "You were asked for changes before" in desk.words_for_author(held)
    factories.approve(held, mia)
    assert desk.words_for_author(held) == ""


def test_an_author_hears_nothing_of_reports(client, question, mia):
    report(question)
    assert desk.words_for_author(question) == ""


def report(thing):
    actions.report(
        thing=thing, reporter=None, reason="dangerous", note="", contact="", submission_key=factories.uuid.uuid4()
    )


# What is open


def test_a_changed_text_is_a_new_version_with_new_reasons(held, newt):
    before = item_of(held)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="See www.example.net for what I mean by it.")
    after = item_of(held)
    assert (after.pk, after.version) == (before.pk, before.version + 1)
    assert [reason["rule"] for reason in after.reasons] == ["first_post", "link"]


def test_a_text_that_nobody_stops_at_any_more_still_says_why_it_waits(held, newt):
    newt.trust = "basic"
    forum.actions.edit(post=held, editor=newt, title=held.title, body="It began three days ago and does not hurt.")
    assert [reason["words"] for reason in item_of(held).reasons] == ["Changed while it waited"]


def test_a_change_that_waited_and_is_changed_into_a_harmless_one_is_closed(ana, question):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    item = item_of(question)
    forum.actions.edit(post=question, editor=ana, title=question.title, body="It was three days in the end, no more.")
    item.refresh_from_db()
    question.refresh_from_db()
    assert (item.state, question.body) == ("closed", "It was three days in the end, no more.")


def test_a_change_does_not_close_what_was_reported(ana, question):
    report(question)
    version = item_of(question).version
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    assert [reason["rule"] for reason in item_of(question).reasons] == ["report", "link"]
    forum.actions.edit(post=question, editor=ana, title=question.title, body="It was three days in the end, no more.")
    item = item_of(question)
    assert [reason["rule"] for reason in item.reasons] == ["report"]
    assert (item.harm, item.version) == (4, version + 2)


def test_what_was_sent_back_once_is_forgotten_when_it_is_published(held, newt, mia):
    item = item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words=WORDS)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="It began three days ago and does not hurt.")
    held.refresh_from_db()
    factories.approve(held, mia)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="It began four days ago and does not hurt.")
    assert [reason["rule"] for reason in item_of(held).reasons] == ["first_post"]
