"""A question is closed, locked, opened again, or moved to another topic.

`as_seen` is the `standing` of the question that whoever decides had before them: raises ChangedMeanwhile if it is not
that any more.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import notifications.actions
from articles.models import Article, Topic
from core.rulings import Refused
from forum import documents
from forum.actions.editing import ChangedMeanwhile
from forum.actions.publishing import lock
from forum.actions.tagging import copy_to_tags
from forum.models import Post, Question

Reason = Question.CloseReason
OPEN: dict[str, Any] = {"closed_at": None, "close_reason": Reason.OPEN, "duplicate_of": None, "answered_by": None}
STANDING = ["close_reason", "closed_at", "locked_at", "topic", "merged_into"]


@transaction.atomic
def settle(*, question: Question) -> None:
    """The person who asked needs no more answers. Doing it twice does nothing."""
    see(question)
    if question.closed_at is None and question.status == Post.Status.PUBLISHED:
        _change(question, **OPEN | {"closed_at": timezone.now(), "close_reason": Reason.SETTLED})


@transaction.atomic
def close(*, question: Question, reason: str, as_seen: str) -> None:
    """Close a question for a `reason` that stands for itself."""
    see(question, as_seen)
    _change(question, **OPEN | {"closed_at": timezone.now(), "close_reason": reason})
    _tell(question, "closed")


@transaction.atomic
def close_as_duplicate(*, question: Question, target: Question, as_seen: str) -> None:
    """Lead from a question to the one that asked it before, or to where that one leads.

    Raises Refused if it leads back to the question itself.
    """
    target = end_of_chain(Question.objects.get(pk=target.pk))
    lock_threads(question, target)
    see(question, as_seen)
    if end_of_chain(target) != target:
        raise ChangedMeanwhile
    if target == question:
        raise Refused(_("That one is closed as a duplicate of this question. Open it again first."))
    if target.status != Post.Status.PUBLISHED:
        raise Refused(_("That question is not published, so this one cannot lead there."))
    # What led here leads on: nobody is sent from one closed question to the next.
    Question.objects.filter(duplicate_of=question).update(duplicate_of=target)
    _change(question, **OPEN | {"closed_at": timezone.now(), "close_reason": Reason.DUPLICATE, "duplicate_of": target})
    _tell(question, "closed")


@transaction.atomic
def close_by_article(*, question: Question, article: Article, as_seen: str) -> None:
    """Lead from a question to the article that answers it; it is listed under that article from then on."""
    see(question, as_seen)
    _change(question, **OPEN | {"closed_at": timezone.now(), "close_reason": Reason.ARTICLE, "answered_by": article})
    _tell(question, "closed")


@transaction.atomic
def reopen(*, question: Question, as_seen: str | None = None) -> None:
    """Take answers again. Doing it twice does nothing."""
    see(question, as_seen)
    if question.closed_at is not None:
        _change(question, **OPEN)


@transaction.atomic
def lock_thread(*, question: Question, as_seen: str) -> None:
    """Let nobody write or change anything in a thread."""
    see(question, as_seen)
    _change(question, locked_at=timezone.now())


@transaction.atomic
def unlock_thread(*, question: Question, as_seen: str) -> None:
    see(question, as_seen)
    _change(question, locked_at=None)


@transaction.atomic
def move(*, question: Question, topic: Topic, as_seen: str) -> None:
    """Put a question into another topic."""
    see(question, as_seen)
    if question.topic_id != topic.pk:
        _change(question, topic=topic)
        _tell(question, "moved")


@transaction.atomic
def pin(*, question: Question, until: datetime | None, as_seen: str | None = None) -> None:
    """Keep a question on top of its topic until then; None takes it down."""
    see(question, as_seen)
    Question.objects.filter(pk=question.pk).update(pinned_until=until)


def end_of_chain(question: Question) -> Question:
    """The question that a duplicate, or one that was merged, leads to in the end."""
    while onward := question.merged_into or question.duplicate_of:
        question = onward
    return question


def see(question: Question, as_seen: str | None = None) -> None:
    """Lock a thread, and read how it stands now."""
    lock(question)
    question.refresh_from_db(fields=[*STANDING, "duplicate_of", "answered_by"])
    if as_seen is not None and as_seen != question.standing:
        raise ChangedMeanwhile


def lock_threads(*questions: Question) -> None:
    """Lock several threads in the order of their ids, so that no two who do this wait for each other."""
    pks = [question.pk for question in questions]
    list(Question.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk").values_list("pk"))
    for question in questions:
        question.refresh_from_db(fields=["status", "audience", *STANDING, "duplicate_of", "answered_by"])


def _change(question: Question, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(question, name, value)
    question.save(update_fields=list(changes))
    copy_to_tags(question.pk)
    documents.index(question)


def _tell(question: Question, kind: str) -> None:
    notifications.actions.notify([question.author_id], kind=kind, subject=("question", question.pk))
