"""People who name each other, and what they are told being taken down, at the same moment: nobody waits for ever."""

import itertools

import pytest

import notifications.actions
from accounts.models import User
from forum import actions, privacy
from forum.models import Answer
from notifications.models import Notification
from notifications.sweeps import count_unread
from tests import factories
from tests.forum.test_marks_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, ROUNDS = 6, 4


def test_who_publishes_names_and_hides_at_once_waits_for_nobody_who_is_told_and_every_count_is_right(topic):
    people = [factories.make_user(f"person-{number}x") for number in range(PEOPLE)]
    everybody = " ".join(f"@{person.handle}" for person in people)
    questions = [factories.make_question(person, topic=topic) for person in people]
    for question, reader in itertools.product(questions, people):
        if question.author_id != reader.pk:
            actions.follow(thing=question, member=reader)
    hidden = [
        factories.make_answer(question_by, question, f"Sleeping more has helped me: {everybody}")
        for question_by, question in zip(people[1:] + people[:1], questions, strict=True)
    ]

    def write(person: User, number: int) -> None:
        for turn in range(ROUNDS):
            question = questions[(number + turn + 1) % PEOPLE]
            factories.make_answer(person, question, f"What do you say, {everybody}? I say it was the {turn}th coffee.")

    def read(person: User) -> None:
        for _ in range(ROUNDS):
            newest = Notification.objects.filter(recipient=person, kind="mention").latest("pk")
            notifications.actions.mark_read(recipient_id=person.pk, ids=[newest.pk])

    at_once(
        [
            *(lambda person=person, number=number: write(person, number) for number, person in enumerate(people)),
            *(lambda answer=answer: actions.hide(post=Answer.objects.get(pk=answer.pk)) for answer in hidden),
            *(lambda person=person: read(person) for person in people),
        ]
    )
    count_unread()
    assert not Notification.objects.filter(is_uncounted=True).exists()

    assert actions.recount(check=True) == []
    # Of the hidden ones nobody is told any more; of each other answer everybody but who wrote it, and who asked, as
    # who asked hears of it anyway.
    assert not Notification.objects.unread().filter(subject_id__in=[answer.pk for answer in hidden]).exists()
    written = Answer.objects.exclude(pk__in=[answer.pk for answer in hidden])
    assert written.count() == PEOPLE * ROUNDS
    for answer in written:
        names = Notification.objects.filter(kind="mention", subject_kind="answer", subject_id=answer.pk)
        assert sorted(names.values_list("recipient", flat=True)) == sorted(
            {person.pk for person in people} - {answer.author_id, answer.question.author_id}
        )


def test_who_leaves_while_others_answer_and_leave_waits_for_nobody(topic):
    people = [factories.make_user() for _ in range(PEOPLE)]
    leaving = [factories.make_user(trust="new") for _ in range(PEOPLE)]
    questions = [factories.make_question(person, topic=topic) for person in people]
    # Of two who leave, each has marked where the other has written.
    for number, person in enumerate(leaving):
        here, there = questions[number], questions[number ^ 1]
        actions.mark_same(question=here, member=person)
        factories.make_answer(person, there)

    def write(person: User, number: int) -> None:
        for turn in range(ROUNDS):
            factories.make_answer(person, questions[(number + turn + 1) % PEOPLE])

    writing = [lambda person=person, number=number: write(person, number) for number, person in enumerate(people)]
    at_once([*writing, *(lambda person=person: privacy.erase(person) for person in leaving)])
    count_unread()
    assert actions.recount(check=True) == []
    assert not Answer.objects.filter(author__in=leaving).exists()
