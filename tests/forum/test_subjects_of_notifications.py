"""What a notification about a post leads to: the post, as long as its reader may open it."""

import pytest

from accounts.models import User
from forum import actions
from forum.actions.visibility import reveal
from forum.models import Post, Question
from notifications.actions import notify
from notifications.models import Notification
from notifications.subjects import find
from notifications.sweeps import send_mails
from tests import factories

pytestmark = pytest.mark.django_db


def key(post) -> tuple[str, int]:
    return post.kind, post.pk


def test_a_shown_post_is_found_with_its_question(ana, ben, question, answer):
    comment = factories.make_comment(ben, answer)
    found = find([key(question), key(answer), key(comment)], ana)
    assert {(subject.title, subject.thread) for subject in found.values()} == {(question.title, key(question))}
    assert found[key(answer)].url == answer.get_absolute_url()
    assert found[key(comment)].url == comment.get_absolute_url()


def test_a_held_post_is_found_by_its_author_alone(newt, eve, question):
    held = [factories.make_question(newt), factories.make_answer(newt, question)]
    assert set(find([key(post) for post in held], newt)) == {key(post) for post in held}
    assert find([key(post) for post in held], eve) == {}


def test_a_hidden_post_is_found_by_its_author_while_its_page_opens(ana, ben, eve, question, answer):
    actions.hide(post=answer)
    assert key(answer) in find([key(answer)], ben)
    assert find([key(answer)], eve) == {}
    actions.hide(post=question)
    assert find([key(answer)], ben) == {}
    assert key(question) in find([key(question)], ana)


def test_a_removed_post_leads_nowhere(newt):
    held = factories.make_question(newt)
    actions.take_back(post=held)
    assert find([key(held)], newt) == {}


def test_a_question_for_members_is_found_by_members(ana, ben):
    inside = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    assert key(inside) in find([key(inside)], ben)


def test_it_takes_one_statement_for_each_kind(ana, question, answer, django_assert_num_queries):
    with django_assert_num_queries(2):
        find([key(question), key(answer)], ana)


# What is no longer shown leaves the inbox, its number and the mails that wait


@pytest.fixture
def thread(ana, ben, eve, question, answer) -> dict[str, Post]:
    """Ana asked, ben answered; eve commented on his answer, and ben on the question. Both were told."""
    return {
        "question": question,
        "answer": answer,
        "comment on it": factories.make_comment(eve, answer),
        "comment": factories.make_comment(ben, question),
    }


def told(person: User) -> list[tuple[str, int]]:
    """What somebody finds in their inbox; its number and the mails must agree."""
    rows = Notification.objects.shown_to(person).order_by("pk")
    person.refresh_from_db()
    assert person.unread_count == len(rows)
    return [row.subject for row in rows]


@pytest.mark.parametrize(
    ("way", "which", "anas", "bens"),
    [
        (actions.hide, "answer", ["comment"], []),
        (actions.hide, "comment on it", ["answer", "comment"], []),
        (actions.take_back, "comment", ["answer"], ["comment on it"]),
        (actions.hide, "question", [], []),
    ],
)
def test_with_a_post_goes_whatever_was_told_of_it_and_of_what_stands_below(thread, ana, ben, way, which, anas, bens):
    way(post=thread[which])
    assert told(ana) == [key(thread[name]) for name in anas]
    assert told(ben) == [key(thread[name]) for name in bens]
    assert send_mails() == bool(anas) + bool(bens)


def test_what_its_author_takes_back_unpublished_is_told_to_nobody(newt):
    held = factories.make_question(newt)
    notify([newt.pk], kind="returned", subject=key(held))
    actions.take_back(post=held)
    assert (told(newt), send_mails()) == ([], 0)


def test_who_wrote_below_a_hidden_answer_is_still_told_of_their_own(thread, eve, answer):
    notify([eve.pk], kind="approved", subject=key(thread["comment on it"]))
    actions.hide(post=answer)
    assert told(eve) == [key(thread["comment on it"])]
    actions.hide(post=thread["question"])
    assert (told(eve), send_mails()) == ([], 0)


@pytest.mark.parametrize("audience", [Question.Audience.UNLISTED, Question.Audience.MEMBERS])
def test_members_are_mailed_of_what_others_do_not_find(thread, ana, question, audience):
    Question.objects.filter(pk=question.pk).update(audience=audience, shown_to_all=audience == "unlisted")
    reveal(question)
    assert len(told(ana)) == 2
    assert send_mails() == 2
