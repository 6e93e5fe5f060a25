"""A decision is taken back: the post is what it was before, the log keeps both, and it is decided anew."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

import forum.actions
import search.query
from core.rulings import Refused
from forum.models import Edit
from moderation import actions, undoing
from moderation.models import Decision, Report, ReviewItem
from notifications.models import Notification
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


def decide(action, post, moderator, **fields) -> Decision:
    item = item_of(post)
    action(item=item, version=item.version, moderator=moderator, **fields)
    post.refresh_from_db()
    return Decision.objects.latest("pk")


def undo(decision, moderator, post=None) -> ReviewItem:
    item = undoing.undo(decision=Decision.objects.get(pk=decision.pk), moderator=moderator)
    if post is not None:
        post.refresh_from_db()
    return item


def report(thing, reason="advertising") -> Report:
    return actions.report(thing=thing, reporter=None, reason=reason, note="", contact="", submission_key=uuid.uuid4())


def texts(post) -> list[tuple[str, str]]:
    return list(Edit.objects.about(post).values_list("state", "body"))


def told(user) -> list[str]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("kind", flat=True))


def test_what_was_approved_waits_again_and_is_approved_anew(newt, mia, mo, topic):
    post = factories.make_question(newt, tags="coffee", topic=topic)
    before = (post.status, texts(post))
    first = decide(actions.approve, post, mia)
    reply = factories.make_answer(mia, post)
    item = undo(first, mo, post)
    newt.refresh_from_db()
    reply.refresh_from_db()
    assert (post.status, texts(post)) == before
    assert (post.shown_to_members, post.published_at, newt.published_count, reply.shown_to_all) == (
        False,
        None,
        0,
        False,
    )
    assert not search.query.suggest(post.title, user=mia)
    assert [reason["rule"] for reason in item.reasons] == ["first_post", "undone"]
    assert told(newt)[-1] == "undone"
    decide(actions.approve, post, mo)
    reply.refresh_from_db()
    assert (post.status, post.shown_to_all, reply.shown_to_all) == ("published", True, True)
    assert list(Decision.objects.values_list("code", "undoes")) == [
        ("approved", None),
        ("undone", first.pk),
        ("approved", None),
    ]
    assert not forum.actions.recount(check=True)


def test_what_a_moderator_changed_is_again_as_its_author_wrote_it(held, mia):
    before = texts(held)
    decision = decide(
        actions.edit_and_approve, held, mia, title=held.title, body="It began after [name] left.", words=WORDS
    )
    undo(decision, mia, held)
    assert held.body == before[0][1]
    assert texts(held) == [("held", held.body), ("superseded", "It began after [name] left.")]
    decide(actions.approve, held, mia)
    assert "[name]" not in held.body


def test_a_change_that_was_approved_waits_again_and_what_was_up_is_up_again(ana, question, mia):
    Edit.objects.about(question).update(listed_at=timezone.now() - timedelta(days=1))
    before = question.body
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    decision = decide(actions.approve, question, mia)
    assert "example.net" in question.body
    undo(decision, mia, question)
    assert (question.body, question.shown_to_all) == (before, True)
    assert [state for state, _ in texts(question)] == ["live", "held"]
    assert item_of(question).held_for
    decide(actions.approve, question, mia)
    assert "example.net" in question.body
    assert not forum.actions.recount(check=True)


@pytest.mark.parametrize(
    ("action", "fields"),
    [(actions.ask_for_changes, {}), (actions.reject, {"rule": "copied"})],
    ids=["returned", "rejected"],
)
def test_what_went_back_to_its_author_waits_again(held, newt, mia, action, fields):
    before = (held.status, texts(held))
    decision = decide(action, held, mia, words=WORDS, **fields)
    undo(decision, mia, held)
    assert (held.status, texts(held)) == before
    assert told(newt) == ["returned", "undone"]
    assert "0 rejected" in sign_in(mia).get(f"/review/{item_of(held).pk}/").text
    assert not Decision.objects.against().standing().exists()


def test_a_change_that_went_back_while_reports_remained_waits_beside_them(ana, question, mia):
    made = report(question, "dangerous")
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    item = undo(decide(actions.ask_for_changes, question, mia, words=WORDS), mia, question)
    assert [reason["rule"] for reason in item.reasons] == ["report", "undone"]
    assert [state for state, _ in texts(question)] == ["live", "held"]
    made.refresh_from_db()
    assert made.state == Report.State.OPEN


def test_what_was_hidden_is_up_again_and_its_reports_and_its_change_wait_again(ana, question, answer, mia):
    made = report(question)
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    decision = decide(actions.hide, question, mia, rule="advertising", words="No advertising, please.")
    undo(decision, mia, question)
    made.refresh_from_db()
    answer.refresh_from_db()
    assert (question.status, question.shown_to_all, answer.shown_to_all, made.state) == (
        "published",
        True,
        True,
        "open",
    )
    item = item_of(question)
    assert item.reported
    assert [state for state, _ in texts(question)] == ["live", "held"]
    assert not forum.actions.recount(check=True)


def test_what_was_kept_waits_again_beside_what_was_reported_since(question, ana, mia):
    first = report(question)
    decision = decide(actions.keep, question, mia)
    second = report(question, "unkind")
    item = undo(decision, mia)
    assert sorted(reason["report"] for reason in item.reported) == [first.pk, second.pk]
    assert set(Report.objects.values_list("state", flat=True)) == {"open"}
    assert (item.held_for, told(ana)) == ([], [])


# What can no longer be taken back


def test_only_the_last_decision_within_thirty_days_is_taken_back_and_only_while_nothing_followed(held, newt, mia):
    first = decide(actions.ask_for_changes, held, mia, words=WORDS)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="My doctor says that it is nothing at all.")
    with pytest.raises(Refused, match="Its author has changed it since"):
        undo(first, mia)
    second = decide(actions.approve, held, mia)
    with pytest.raises(Refused, match="Only the last decision"):
        undo(first, mia)
    forum.actions.take_back(post=held)
    with pytest.raises(Refused, match="not any more what that decision made of it"):
        undo(second, mia)
    assert Decision.objects.filter(code="undone").count() == 0


def test_after_thirty_days_a_decision_stays(held, mia, monkeypatch):
    decision = decide(actions.approve, held, mia)
    monkeypatch.setattr("moderation.rules.UNDONE_WITHIN", timedelta(0))
    with pytest.raises(Refused, match="more than 30 days ago"):
        undo(decision, mia)
    assert "more than 30 days ago" in sign_in(mia).get(f"/review/decision/{decision.pk}/undo/").text


def test_a_decision_is_taken_back_once(held, mia):
    decision = decide(actions.approve, held, mia)
    undo(decision, mia)
    with pytest.raises(actions.Overtaken):
        undo(decision, mia)

    def again(**fields) -> None:
        about = {"item_id": decision.item_id, "item_version": 99, "target_kind": "question", "target_id": held.pk}
        with pytest.raises(IntegrityError), transaction.atomic():
            Decision.objects.create(moderator=mia, **(about | fields))

    again(code="undone", undoes=decision)
    again(code="undone")
    again(code="kept", undoes=Decision.objects.get(code="undone"))


# The pages


def test_the_page_says_what_follows_and_then_does_it(held, mia, mo):
    decision = decide(actions.approve, held, mia)
    path = f"/review/decision/{decision.pk}/undo/"
    assert "approved" in sign_in(mia).get("/review/decided/").text.lower()
    assert path in sign_in(mo).get(f"/review/{decision.item_id}/").text
    page = sign_in(mo).get(path).text
    assert "The text waits again." in page
    assert "cannot be called back" in page
    assert held.status == "published"
    assert sign_in(mo).post(path)["Location"] == f"/review/{decision.item_id}/"
    assert item_of(held).claimed_by == mo
    answer = sign_in(mo).post(path, follow=True).text
    assert "Somebody has just taken this back." in answer
    assert (
        "mo took a decision about this back"
        in sign_in(mia).post(f"/review/{decision.item_id}/approve/", {"version": decision.item_version + 1}).text
    )


def test_nobody_takes_back_what_was_decided_about_their_own_post(mia, mo, newt):
    mine = factories.make_question(mia)
    report(mine)
    decision = decide(actions.keep, mine, mo)
    assert sign_in(mia).post(f"/review/decision/{decision.pk}/undo/").status_code == 403
    assert sign_in(mia).get("/review/decision/0/undo/").status_code == 404
