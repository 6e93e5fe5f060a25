"""What a moderator decides about a thread and what it said before: done by the forum, written down in the log here.

`as_seen` is the `standing` of the question as the moderator saw it: each raises forum.actions.ChangedMeanwhile if
another was quicker, and Refused for what cannot be done.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import forum.actions
import forum.rules
from accounts.models import User
from articles.models import Article, Topic
from core.rulings import Refused, require
from forum.actions.closing import end_of_chain, see
from forum.models import Edit, Post, Question
from forum.models.targets import key_of
from forum.tags import split
from moderation.models import Decision, ReviewItem, Words

Code = Decision.Code


@transaction.atomic
def close(*, question: Question, reason: str, as_seen: str, moderator: User) -> None:
    forum.actions.close(question=question, reason=reason, as_seen=as_seen)
    log(question, Code.CLOSED, moderator)


@transaction.atomic
def close_as_duplicate(*, question: Question, target: Question, as_seen: str, moderator: User) -> None:
    forum.actions.close_as_duplicate(question=question, target=target, as_seen=as_seen)
    log(question, Code.CLOSED, moderator)


@transaction.atomic
def close_by_article(*, question: Question, target: Article, as_seen: str, moderator: User) -> None:
    forum.actions.close_by_article(question=question, article=target, as_seen=as_seen)
    log(question, Code.CLOSED, moderator)


@transaction.atomic
def merge(*, question: Question, target: Question, as_seen: str, moderator: User) -> None:
    """Join a question into `target`. What waits about its text is decided first: afterwards that is a comment."""
    end = Question.objects.with_distance(moderator).get(pk=end_of_chain(target).pk)
    require(forum.rules.may_arrange(moderator, end))
    if ReviewItem.objects.about(question).open().exists():
        raise Refused(_("Something about this question waits in the queue. Please decide that first."))
    forum.actions.merge(source=question, into=target, as_seen=as_seen)
    log(question, Code.MERGED, moderator)


@transaction.atomic
def reopen(*, question: Question, as_seen: str, moderator: User) -> None:
    forum.actions.reopen(question=question, as_seen=as_seen)
    log(question, Code.REOPENED, moderator)


@transaction.atomic
def lock(*, question: Question, as_seen: str, moderator: User) -> None:
    forum.actions.lock_thread(question=question, as_seen=as_seen)
    log(question, Code.LOCKED, moderator)


@transaction.atomic
def unlock(*, question: Question, as_seen: str, moderator: User) -> None:
    forum.actions.unlock_thread(question=question, as_seen=as_seen)
    log(question, Code.UNLOCKED, moderator)


@transaction.atomic
def move(*, question: Question, topic: Topic, as_seen: str, moderator: User) -> None:
    forum.actions.move(question=question, topic=topic, as_seen=as_seen)
    log(question, Code.MOVED, moderator)


@transaction.atomic
def pin(*, question: Question, days: int, as_seen: str, moderator: User) -> None:
    until = timezone.now() + timedelta(days=days)
    forum.actions.pin(question=question, until=until, as_seen=as_seen)
    log(question, Code.PINNED, moderator)


@transaction.atomic
def unpin(*, question: Question, as_seen: str, moderator: User) -> None:
    forum.actions.pin(question=question, until=None, as_seen=as_seen)
    log(question, Code.UNPINNED, moderator)


@transaction.atomic
def retag(*, question: Question, tags: str, as_seen: str, moderator: User) -> None:
    see(question, as_seen)
    forum.actions.retag(question=question, names=split(tags))
    log(question, Code.TAGGED, moderator)


@transaction.atomic
def redact(*, text: Edit, moderator: User) -> None:
    """Take the words of an earlier text out for ever. Doing it twice does it once."""
    if forum.actions.redact(text=text):
        log(text.thing, Code.REDACTED, moderator)


def log(
    thing: Post | User,
    code: Code,
    moderator: User,
    *,
    rule: str = "",
    words: str = "",
    undoes: Decision | None = None,
) -> Decision:
    """Nobody asked for this decision, so it has a closed item of its own: what waits about the thing goes on."""
    now = timezone.now()
    item = ReviewItem.objects.create(
        **{key_of(thing): thing}, state=ReviewItem.State.CLOSED, opened_at=now, closed_at=now, version=2
    )
    made = Decision.objects.create(
        item=item,
        moderator=moderator,
        code=code,
        rule=rule,
        undoes=undoes,
        item_version=1,
        target_kind=key_of(thing),
        target_id=thing.pk,
        made_at=now,
    )
    if words:
        Words.objects.create(decision=made, to_author=words)
    return made
