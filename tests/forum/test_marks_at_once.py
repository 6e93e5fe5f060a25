"""Fifty at once: every mark counts, and counts once."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from forum import actions
from forum.models import Answer, Question
from forum.sweeps import ask_how_it_went
from tests import factories

MANY = 50

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(work: list[Callable[[], None]]) -> None:
    """Run all of `work`, each in a thread of its own, none before all are there."""
    together, failures = threading.Barrier(len(work)), []

    def run(do: Callable[[], None]) -> None:
        try:
            together.wait()
            do()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[do]) for do in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.fixture
def crowd() -> list[User]:
    return [factories.make_user() for _ in range(MANY)]


def test_fifty_members_have_this_too(question, crowd):
    at_once([lambda member=member: actions.mark_same(question=question, member=member) for member in crowd])
    assert Question.objects.get(pk=question.pk).same_count == MANY
    at_once([lambda member=member: actions.unmark_same(question=question, member=member) for member in crowd])
    assert Question.objects.get(pk=question.pk).same_count == 0


def test_one_member_fifty_times_counts_once(question, eve):
    at_once([lambda: actions.mark_same(question=question, member=eve)] * MANY)
    assert Question.objects.get(pk=question.pk).same_count == 1
    at_once([lambda: actions.unmark_same(question=question, member=eve)] * MANY)
    assert Question.objects.get(pk=question.pk).same_count == 0


def test_fifty_members_are_helped_while_the_asker_marks_it(answer, ben, crowd):
    marks = [lambda member=member: actions.mark_helpful(answer=answer, member=member) for member in crowd]
    helped = [lambda: actions.mark_helped(answer=answer)] * 5
    at_once(marks + helped)
    answer.refresh_from_db()
    assert (answer.helpful_count, answer.rank) == (MANY, Answer.HELPED_RANK + Answer.LEAST_RANK + MANY)
    assert User.objects.get(pk=ben.pk).helped_count == 1
    assert actions.recount(check=True) == []


def test_marks_come_and_go_at_once(question, answer, crowd):
    def dither(member: User) -> None:
        for number in range(3):
            change = [
                lambda: actions.mark_same(question=question, member=member),
                lambda: actions.mark_helpful(answer=answer, member=member),
                lambda: actions.unmark_same(question=question, member=member),
                lambda: actions.unmark_helpful(answer=answer, member=member),
            ]
            change[(member.pk + number) % 4]()

    # Each of them twice, as from two tabs.
    at_once([lambda member=member: dither(member) for member in crowd[: MANY // 2] * 2])
    assert actions.recount(check=True) == []


def test_what_comes_in_while_two_threads_are_joined_is_in_the_one(question, ben, crowd):
    other = factories.make_question(ben)
    for member in crowd[:10]:
        actions.mark_same(question=question, member=member)
    work = [
        *(lambda member=member: actions.mark_same(question=other, member=member) for member in crowd[:10]),
        *(lambda member=member: actions.mark_same(question=question, member=member) for member in crowd[10:20]),
        *(lambda member=member: actions.save(question=question, member=member) for member in crowd[:10]),
        *(lambda member=member: actions.save(question=other, member=member) for member in crowd[:10]),
        *(lambda member=member: factories.make_answer(member, question) for member in crowd[:9]),
        lambda: actions.merge(source=question, into=other, as_seen=question.standing),
    ]
    at_once(work)
    other.refresh_from_db()
    assert (other.same_count, other.answers_count) == (20, 9)
    assert not question.answers.exists()
    assert actions.recount(check=True) == []


def test_answers_marks_and_hiding_leave_every_counter_right(question, crowd):
    answers = [factories.make_answer(member, question) for member in crowd[:10]]
    work = [
        *(lambda one=one: actions.mark_helped(answer=Answer.objects.get(pk=one.pk)) for one in answers),
        *(lambda one=one: actions.hide(post=Answer.objects.get(pk=one.pk)) for one in answers[::2]),
        *(lambda member=member: factories.make_answer(member, question) for member in crowd[10:20]),
        *(lambda member=member: actions.mark_same(question=question, member=member) for member in crowd[20:30]),
    ]
    at_once(work)
    assert actions.recount(check=True) == []
    question.refresh_from_db()
    assert (question.answers_count, question.same_count) == (15, 10)


def test_unnamed_members_who_come_at_once_get_a_number_each(question, crowd):
    at_once([lambda member=member: factories.make_answer(member, question, anonymous=True) for member in crowd[:10]])
    assert sorted(Answer.objects.values_list("alias", flat=True)) == list(range(2, 12))


def test_several_workers_ask_once_how_it_went(question, ana):
    Question.objects.filter(pk=question.pk).update(ask_later_at=timezone.now())
    at_once([ask_how_it_went] * 5)
    assert ana.notifications.count() == 1


def test_an_answer_is_said_to_be_out_of_date_while_it_is_taken_back_and_put_back(answer, crowd):
    def back_and_forth():
        post = Answer.objects.get(pk=answer.pk)
        actions.take_back(post=post)
        actions.put_back(post=post)

    marks = [lambda member=member: actions.mark_outdated(answer=answer, member=member) for member in crowd[:10]]
    at_once([*marks, back_and_forth, back_and_forth])
    answer.refresh_from_db()
    assert (answer.status, answer.outdated_count) == ("published", 10)
    assert actions.recount(check=True) == []
