"""Marks: what members share, what helped, what is out of date. Each counts once, however often it is sent."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

import notifications.actions
from accounts.models import User
from forum import documents
from forum.actions.counting import rank
from forum.actions.publishing import hold, lock
from forum.models import Answer, Helpful, Outdated, Question, SameQuestion, Saved, Visit


@transaction.atomic
def mark_same(*, question: Question, member: User) -> None:
    """Record that `member` has this too."""
    question = hold(question.pk)
    if _added(SameQuestion(question=question, member=member)):
        Question.objects.filter(pk=question.pk).update(same_count=F("same_count") + 1)


@transaction.atomic
def unmark_same(*, question: Question, member: User) -> None:
    question = hold(question.pk)
    if SameQuestion.objects.filter(question=question, member=member).delete()[0]:
        Question.objects.filter(pk=question.pk).update(same_count=F("same_count") - 1)


@transaction.atomic
def mark_helpful(*, answer: Answer, member: User) -> None:
    """Record that `answer` helped `member`."""
    if _added(Helpful(answer=answer, member=member)):
        Answer.objects.filter(pk=answer.pk).update(helpful_count=F("helpful_count") + 1, rank=F("rank") + 1)


@transaction.atomic
def unmark_helpful(*, answer: Answer, member: User) -> None:
    if Helpful.objects.filter(answer=answer, member=member).delete()[0]:
        Answer.objects.filter(pk=answer.pk).update(helpful_count=F("helpful_count") - 1, rank=F("rank") - 1)


@transaction.atomic
def mark_outdated(*, answer: Answer, member: User) -> None:
    """Record that `member` says that `answer` is out of date. It keeps its place; search may quote it no more."""
    lock(answer)
    if _added(Outdated(answer=answer, member=member)):
        Answer.objects.filter(pk=answer.pk).update(outdated_count=F("outdated_count") + 1)
        documents.index(answer)


@transaction.atomic
def unmark_outdated(*, answer: Answer, member: User) -> None:
    lock(answer)
    if Outdated.objects.filter(answer=answer, member=member).delete()[0]:
        Answer.objects.filter(pk=answer.pk).update(outdated_count=F("outdated_count") - 1)
        documents.index(answer)


@transaction.atomic
def save(*, question: Question, member: User) -> None:
    """Keep a question in the list of what `member` saved. Nobody is told or counted."""
    _added(Saved(question=question, member=member))


def unsave(*, question: Question, member: User) -> None:
    Saved.objects.filter(question=question, member=member).delete()


@transaction.atomic
def visit(*, question: Question, member: User, until: datetime) -> None:
    """Remember that `member` has seen a thread as it was at `until`. Nothing is written if nothing came in."""
    seen_at = min(until, timezone.now())
    mine = Visit.objects.filter(question=question, member=member)
    if not mine.exists():
        _added(Visit(question=question, member=member, seen_at=seen_at))
    elif seen_at > question.active_at:
        mine.filter(seen_at__lt=question.active_at).update(seen_at=seen_at)


@transaction.atomic
def mark_helped(*, answer: Answer) -> None:
    """Record that `answer` helped the asker; several answers of one question may. Doing it twice does nothing."""
    lock(answer)
    if answer.helped_at is not None or answer.status != Answer.Status.PUBLISHED or not answer.counts:
        return
    answer.helped_at = timezone.now()
    answer.save(update_fields=["helped_at"])
    rank(answer)
    Question.objects.filter(pk=answer.question_id, solved_at=None).update(solved_at=answer.helped_at)
    _count_helped(answer, 1)
    documents.index(answer)
    notifications.actions.notify([answer.author_id], kind="helped", subject=("answer", answer.pk))


@transaction.atomic
def unmark_helped(*, answer: Answer) -> None:
    """Take the mark back. Doing it twice does nothing."""
    lock(answer)
    if answer.helped_at is None or answer.status != Answer.Status.PUBLISHED:
        return
    answer.helped_at = None
    answer.save(update_fields=["helped_at"])
    rank(answer)
    _count_helped(answer, -1)
    others = Answer.objects.filter(question_id=answer.question_id, helped_at__isnull=False)
    if not others.exists():
        Question.objects.filter(pk=answer.question_id).update(solved_at=None)
    documents.index(answer)


def _count_helped(answer: Answer, step: int) -> None:
    Question.objects.filter(pk=answer.question_id).update(helped_count=F("helped_count") + step)
    if answer.alias is None and answer.author_id is not None:
        User.objects.filter(pk=answer.author_id).update(helped_count=F("helped_count") + step)


def _added(mark: SameQuestion | Helpful | Outdated | Saved | Visit) -> bool:
    """Whether the mark is new; of two sent at once the constraint lets one in."""
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError:
        return False
    return True
