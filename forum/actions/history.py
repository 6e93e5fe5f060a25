"""The texts of a post, one in place of another, and which of them the public history lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from forum import rules
from forum.desk import desk
from forum.models import Answer, Comment, Edit, Helpful, Outdated, Post, Question, SameQuestion


def put_up(post: Post, text: Edit) -> None:
    """Make `text` the one that is shown. It takes the place of the one before, or is a step after it.

    Within the lock of the thread; see forum.rules.is_same_step.
    """
    listed_at, reason = timezone.now(), text.reason
    live = Edit.objects.about(post).filter(state=Edit.State.LIVE).first()
    if live is not None:
        was_noticed = live.listed_at is not None and _was_noticed(post, live.listed_at)
        if rules.is_same_step(live, text, at=listed_at, was_noticed=was_noticed):
            listed_at, reason, live.listed_at = live.listed_at, reason or live.reason, None
        live.state = Edit.State.SUPERSEDED
        live.save(update_fields=["state", "listed_at"])
    Edit.objects.filter(pk=text.pk).update(state=Edit.State.LIVE, listed_at=listed_at, reason=reason)


def _was_noticed(post: Post, since: datetime) -> bool:
    """Whether somebody else has answered, commented on, marked or reported what it said since then."""
    later = Q(created_at__gte=since)
    others: list[QuerySet[Any]] = []
    marks: list[QuerySet[Any]] = []
    if isinstance(post, Question):
        others = [Answer.objects.filter(question=post), Comment.objects.filter(question=post)]
        marks = [SameQuestion.objects.filter(later, question=post)]
    elif isinstance(post, Answer):
        others = [Comment.objects.filter(answer=post)]
        marks = [model.objects.filter(later, answer=post) for model in (Helpful, Outdated)]
        marks.append(Answer.objects.filter(pk=post.pk, helped_at__gte=since))
    elif isinstance(post, Comment):
        others = [Comment.objects.filter(question=post.question_id, answer=post.answer_id)]
    replies = [posts.filter(later).exclude(author=post.author_id) for posts in others]
    return any(rows.exists() for rows in (*replies, *marks)) or desk().was_reported(post, since)
