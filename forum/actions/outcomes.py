"""How it went: whoever asked may wish to be asked once, later, and may tell it in the thread."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

import notifications.actions
from accounts.models import User
from forum import rules, subjects
from forum.actions.posting import comment
from forum.desk import desk
from forum.models import Comment, Edit, Post, Question


@transaction.atomic
def ask_later(*, question: Question) -> None:
    """Whoever asked wants to be asked in two weeks how it went."""
    mine = Question.objects.filter(pk=question.pk, status=Post.Status.PUBLISHED)
    mine.update(ask_later_at=timezone.now() + rules.ASKED_AFTER)


@transaction.atomic
def ask_never(*, question: Question) -> None:
    """Whoever asked does not want to be asked any more; if they were, that is over."""
    Question.objects.filter(pk=question.pk).update(ask_later_at=None)
    notifications.actions.withdraw((subjects.OUTCOME, question.pk))


def tell_outcome(*, author: User, question: Question, body: str, submission_key: uuid.UUID) -> Comment:
    """Tell how it went. It is told once: if it was told already, returns that."""
    try:
        told = comment(author=author, post=question, body=body, submission_key=submission_key, is_outcome=True)
    except IntegrityError:
        told = question.comments.outcomes().get()
    ask_never(question=question)
    return told


@transaction.atomic
def ask_now(*, question_id: int, now: datetime) -> bool:
    """Ask how it went, if that is still due, wanted and fitting. Whoever asks first has asked."""
    if not Question.objects.filter(pk=question_id, ask_later_at__lte=now).update(ask_later_at=None):
        return False
    question = Question.objects.select_related("author").get(pk=question_id)
    asker = question.author
    if asker is None or not asker.is_active or question.comments.outcomes().exists():
        return False
    if not rules.may_be_asked_later(asker, question, is_grave=is_grave(question)):
        return False
    notifications.actions.notify([asker.pk], kind="how_it_went", subject=(subjects.OUTCOME, question.pk))
    return True


def is_grave(question: Question) -> bool:
    """Whether anything that the asker ever wrote in the thread speaks of a crisis or of a loss."""
    texts = [f"{title} {body}" for title, body in Edit.objects.filter(question=question).values_list("title", "body")]
    for posts in (question.answers, question.comments):
        texts += posts.filter(author=question.author_id).values_list("body", flat=True)
    return desk().speaks_of_grave_things("\n".join(texts))
