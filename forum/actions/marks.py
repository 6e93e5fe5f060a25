"""Marks: 'I have this too', 'This helped me', and what helped the asker. Each counts once, however often it is sent."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

import notifications.actions
from accounts.models import User
from forum import documents
from forum.actions.counting import rank
from forum.actions.publishing import lock
from forum.models import Answer, Helpful, Question, SameQuestion


@transaction.atomic
def mark_same(*, question: Question, member: User) -> None:
    """Record that `member` has this too."""
    if _added(SameQuestion(question=question, member=member)):
        Question.objects.filter(pk=question.pk).update(same_count=F("same_count") + 1)


@transaction.atomic
def unmark_same(*, question: Question, member: User) -> None:
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
def mark_helped(*, answer: Answer) -> None:
    """Record that `answer` helped the asker; several answers of one question may. Doing it twice does nothing."""
    lock(answer)
    if answer.helped_at is not None or answer.status != Answer.Status.PUBLISHED:
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


def _added(mark: SameQuestion | Helpful) -> bool:
    """Whether the mark is new; of two sent at once the constraint lets one in."""
    try:
        with transaction.atomic():
            mark.save(force_insert=True)
    except IntegrityError:
        return False
    return True
