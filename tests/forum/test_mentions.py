"""Naming a member with `@handle`: a link to them, and they are told, once, of what they may read."""

import pytest

import forum.actions
from accounts.mentions import MOST
from accounts.models import Distance, User
from forum.models import Question
from notifications.models import Notification
from tests import factories

pytestmark = pytest.mark.django_db

NAMED = "You know this better than I do, @cleo: is it the magnesium?"


def told(user: User) -> list[tuple[str, str]]:
    shown = Notification.objects.shown_to(user).order_by("pk")
    return list(shown.values_list("kind", "subject_kind"))


def change(post, body: str) -> None:
    forum.actions.edit(post=post, editor=post.author, title="", body=body)
    post.refresh_from_db()


def test_whoever_is_named_is_linked_and_told(question, ben, cleo):
    answer = factories.make_answer(ben, question, NAMED)
    assert '<a href="/members/cleo/">@cleo</a>' in answer.body_html
    assert told(cleo) == [("mention", "answer")]


def test_whoever_hears_of_it_anyway_is_not_told_twice(question, ana, ben):
    factories.make_answer(ben, question, "For @ana and @ben: mine went away within a week.")
    assert told(ana) == [("answer", "answer")]
    assert told(ben) == []


def test_nobody_is_told_before_it_is_published(question, newt, cleo, mia):
    answer = factories.make_answer(newt, question, NAMED)
    assert told(cleo) == []
    factories.approve(answer, mia)
    assert told(cleo) == [("mention", "answer")]


def test_a_change_tells_only_those_it_names_anew(question, ben, cleo, eve):
    answer = factories.make_answer(ben, question, NAMED)
    Notification.objects.update(read_at="2026-01-01T00:00Z")
    change(answer, f"{NAMED} And what do you say, @eve?")
    assert told(cleo) == [("mention", "answer")]
    assert told(eve) == [("mention", "answer")]
    assert "/members/eve/" in answer.body_html


def test_only_the_first_ten_are_meant(question, ben):
    crowd = [factories.make_user(f"person-{number}x") for number in range(MOST + 2)]
    answer = factories.make_answer(ben, question, " ".join(f"@{member.handle}" for member in crowd))
    assert [bool(told(member)) for member in crowd] == [True] * MOST + [False] * 2
    assert answer.body_html.count("<a ") == MOST


def test_nobody_who_left_is_linked(question, ben, cleo):
    User.objects.filter(pk=cleo.pk).update(is_active=False)
    assert "<a " not in factories.make_answer(ben, question, NAMED).body_html


def test_whoever_blocked_the_author_is_neither_linked_nor_told(question, ben, cleo):
    Distance.objects.create(member=cleo, other=ben, kind=Distance.Kind.BLOCK)
    answer = factories.make_answer(ben, question, NAMED)
    assert "<a " not in answer.body_html
    assert told(cleo) == []


def test_whoever_muted_the_author_is_linked_and_not_told(question, ben, cleo):
    Distance.objects.create(member=cleo, other=ben, kind=Distance.Kind.MUTE)
    answer = factories.make_answer(ben, question, NAMED)
    assert "/members/cleo/" in answer.body_html
    assert told(cleo) == []


def test_a_block_does_not_tell_who_wrote_without_a_name(question, ben, cleo):
    Distance.objects.create(member=cleo, other=ben, kind=Distance.Kind.BLOCK)
    answer = factories.make_answer(ben, question, NAMED, anonymous=True)
    assert "/members/cleo/" in answer.body_html
    assert told(cleo) == [("mention", "answer")]


def test_a_mention_goes_with_what_it_stands_in(question, ben, cleo):
    forum.actions.hide(post=factories.make_answer(ben, question, NAMED))
    assert told(cleo) == []


def test_under_a_question_that_is_hidden_nobody_is_told(question, ben, cleo):
    answer = factories.make_answer(ben, question, "Mine went away after a week of sleeping more.")
    forum.actions.hide(post=Question.objects.get(pk=question.pk))
    answer.refresh_from_db()
    change(answer, NAMED)
    assert told(cleo) == []


def test_the_preview_shows_the_link(browser_of, ben, cleo):
    html = browser_of(ben).post("/markdown/preview/", {"content": NAMED}).content.decode()
    assert "/members/cleo/" in html
