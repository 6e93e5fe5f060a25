"""What a decision does: to the post, to its author, to the counters, to the index, to what was reported."""

import uuid

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

import forum.actions
import search.query
from forum.models import Edit
from moderation import actions
from moderation.models import Decision, Report, ReviewItem, Words
from notifications.models import Notification
from tests import factories
from tests.factories import item_of

pytestmark = pytest.mark.django_db


def decide(action, post, moderator, **fields):
    item = item_of(post)
    action(item=item, version=item.version, moderator=moderator, **fields)
    post.refresh_from_db()
    return ReviewItem.objects.get(pk=item.pk)


def report(thing, reporter=None, reason="advertising"):
    return actions.report(
        thing=thing, reporter=reporter, reason=reason, note="", contact="", submission_key=uuid.uuid4()
    )


def last_decision() -> Decision:
    return Decision.objects.latest("pk")


# Approve


def test_approving_publishes_counts_indexes_and_tells(held, newt, mia):
    item = decide(actions.approve, held, mia)
    newt.refresh_from_db()
    assert (held.status, held.shown_to_all, newt.published_count) == ("published", True, 1)
    assert [hit.object_id for hit in search.query.suggest("magnesium cramps", user=mia)] == [held.pk]
    told = Notification.objects.get(recipient=newt)
    assert (told.kind, told.subject, told.mail_due_at is not None) == ("approved", ("question", held.pk), True)
    assert (item.state, item.claimed_by, last_decision().code) == ("closed", None, "approved")


def test_an_approved_answer_is_counted_and_the_asker_is_told(newt, ana, question, mia):
    reply = factories.make_answer(newt, question)
    decide(actions.approve, reply, mia)
    question.refresh_from_db()
    assert question.answers_count == 1
    assert set(Notification.objects.values_list("recipient__handle", "kind")) == {
        ("ana", "answer"),
        ("newt", "approved"),
    }


def test_an_approved_comment_is_shown(newt, question, mia):
    remark = factories.make_comment(newt, question)
    decide(actions.approve, remark, mia)
    assert remark.shown_to_all


def test_what_waits_is_in_no_index(held, mia):
    assert not search.query.suggest("magnesium cramps", user=mia)


def test_approving_a_change_puts_it_in_place_of_the_text_that_was_up(ana, question, mia):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    question.refresh_from_db()
    assert "example.net" not in question.body
    decide(actions.approve, question, mia)
    assert "example.net" in question.body
    assert list(question.edits.values_list("state", flat=True)) == [Edit.State.SUPERSEDED, Edit.State.LIVE]
    assert Notification.objects.get(recipient=ana).kind == "change_approved"


# Edit and approve


def test_an_edited_text_is_published_as_the_moderator_left_it_and_both_are_kept(held, newt, mia):
    words = "Please leave out names; I took one out."
    decide(actions.edit_and_approve, held, mia, title=held.title, body="It began after [name] left.", words=words)
    assert (held.status, held.body) == ("published", "It began after [name] left.")
    assert list(held.edits.values_list("state", "by_moderator")) == [("superseded", False), ("live", True)]
    assert Words.objects.get().to_author == words
    assert Notification.objects.get(recipient=newt).kind == "approved"


def test_the_author_sees_what_the_moderator_changed(held, newt, mia):
    assert forum.actions.change_by_moderators(held) == []
    item = item_of(held)
    title, body = held.title.replace("the night", "[…]"), held.body
    actions.edit_and_approve(
        item=item, version=item.version, moderator=mia, title=title, body=body, words="I took a name out."
    )
    pieces = forum.actions.change_by_moderators(held)
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == f"{title}\n\n{body}"
    assert any("the" in piece.text for piece in pieces if piece.kind == "gone")
    forum.actions.edit(post=held, editor=newt, title=title, body="It began three days ago and does not hurt.")
    factories.approve(held, mia)
    assert forum.actions.change_by_moderators(held) == []


# Ask for changes, reject


def test_a_text_that_is_sent_back_waits_for_its_author_who_is_told(held, newt, mia):
    decide(actions.ask_for_changes, held, mia, words="Please leave out the name of your doctor.")
    assert (held.status, held.shown_to_members) == ("returned", False)
    told = Notification.objects.get(recipient=newt)
    assert (told.kind, told.mail_due_at is not None) == ("returned", True)
    assert Words.objects.get().to_author == "Please leave out the name of your doctor."


def test_a_rejection_names_the_rule_in_the_log_and_the_words_apart_from_it(held, mia):
    decide(actions.reject, held, mia, rule="advertising", words="No advertising, please.")
    decision = last_decision()
    assert (held.status, decision.code, decision.rule) == ("returned", "rejected", "advertising")
    assert decision.words.to_author == "No advertising, please."


def test_the_log_holds_no_text(held, mia):
    decide(actions.ask_for_changes, held, mia, words="Please leave out the name of your doctor.")
    assert {type(value) for value in Decision.objects.values().get().values()} <= {
        int,
        str,
        type(last_decision().made_at),
        type(None),
    }
    assert "doctor" not in str(Decision.objects.values().get())


def test_what_was_sent_back_comes_again_as_a_new_item(held, newt, mia):
    first = decide(actions.ask_for_changes, held, mia, words="Please leave out the name of your doctor.")
    forum.actions.edit(post=held, editor=newt, title=held.title, body="It began three days ago and does not hurt.")
    held.refresh_from_db()
    again = item_of(held)
    assert (held.status, again.pk != first.pk) == ("pending", True)
    assert [reason["rule"] for reason in again.reasons] == ["again", "first_post"]
    decide(actions.approve, held, mia)
    assert held.shown_to_all


def test_a_rejected_change_leaves_what_is_up(ana, question, mia):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    decide(actions.reject, question, mia, rule="advertising", words="No advertising, please.")
    assert (question.status, question.shown_to_all, "example" in question.body) == ("published", True, False)
    assert Notification.objects.get(recipient=ana).kind == "change_returned"


# Reports


def test_keeping_closes_the_reports_and_tells_the_author_nothing(question, ana, mia):
    made = report(question)
    decide(actions.keep, question, mia)
    made.refresh_from_db()
    assert (question.shown_to_all, made.state) == (True, Report.State.DISMISSED)
    assert not Notification.objects.filter(recipient=ana).exists()


def test_hiding_takes_it_from_view_and_index_upholds_the_reports_and_tells_the_author(question, ana, ben, mia):
    made = [report(question), report(question, ben)]
    decide(actions.hide, question, mia, rule="advertising", words="No advertising, please.")
    ana.refresh_from_db()
    assert (question.status, question.shown_to_members, ana.published_count) == ("hidden", False, 0)
    assert not search.query.suggest(question.title, user=mia)
    assert {Report.objects.get(pk=one.pk).state for one in made} == {Report.State.UPHELD}
    assert Notification.objects.get(recipient=ana).kind == "hidden"


def test_hiding_also_ends_a_change_that_waits(question, ana, mia):
    report(question)
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    decide(actions.hide, question, mia, rule="advertising", words="No advertising, please.")
    assert not question.edits.filter(state="held").exists()


def test_a_report_is_still_to_be_decided_when_a_change_was_sent_back(question, ana, mia):
    made = report(question, reason="dangerous")
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    item = decide(actions.ask_for_changes, question, mia, words="Please leave the link out.")
    made.refresh_from_db()
    assert (item.state, item.harm, made.state) == ("open", 4, Report.State.OPEN)
    assert not item.held_for
    item = decide(actions.keep, question, mia)
    assert item.state == "closed"


def test_approving_a_change_of_what_was_reported_counts_as_something_done(question, ana, mia):
    made = report(question)
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Mended; see www.example.net about it.")
    decide(actions.approve, question, mia)
    made.refresh_from_db()
    assert made.state == Report.State.UPHELD


def test_a_report_of_a_member_can_be_closed(eve, mia):
    made = report(eve)
    item = ReviewItem.objects.about(eve).get()
    actions.keep(item=item, version=item.version, moderator=mia)
    made.refresh_from_db()
    assert made.state == Report.State.DISMISSED


# Taking back


def test_what_its_author_took_back_is_no_longer_waiting(held):
    item = item_of(held)
    forum.actions.take_back(post=held)
    with pytest.raises(ObjectDoesNotExist):
        item_of(held)
    assert not Decision.objects.filter(item=item).exists()


def test_what_its_author_took_back_cannot_be_approved(held, mia):
    item = item_of(held)
    forum.actions.take_back(post=held)
    with pytest.raises(actions.Overtaken):
        actions.approve(item=item, version=item.version, moderator=mia)
    held.refresh_from_db()
    assert held.status == "removed"


def test_reports_end_with_what_they_were_about(question, mia):
    made = report(question)
    forum.actions.take_back(post=question)
    made.refresh_from_db()
    assert made.state == Report.State.GONE
    assert not ReviewItem.objects.open().exists()


# Claims


def test_an_item_is_taken_up_by_one_moderator(held, mia, mo):
    item = item_of(held)
    assert actions.claim(item=item, moderator=mia)
    assert actions.claim(item=item, moderator=mia)
    assert not actions.claim(item=item, moderator=mo)
    actions.pass_on(item=item, moderator=mo)
    assert not actions.claim(item=item, moderator=mo)
    actions.pass_on(item=item, moderator=mia)
    assert actions.claim(item=item, moderator=mo)


def test_a_claim_ends_by_itself(held, mia, mo):
    item = item_of(held)
    actions.claim(item=item, moderator=mia)
    ReviewItem.objects.update(claimed_until=timezone.now())
    assert actions.claim(item=item, moderator=mo)


def test_what_is_decided_cannot_be_taken_up(held, mia, mo):
    item = decide(actions.approve, held, mia)
    assert not actions.claim(item=item, moderator=mo)
