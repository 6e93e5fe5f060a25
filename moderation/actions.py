"""What happens when somebody reports and when a moderator decides. Of many decisions on one version one wins."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

import forum.actions
import notifications.actions
from accounts.models import User
from forum.actions.publishing import lock
from forum.models import Post
from forum.models.targets import key_of
from moderation import house
from moderation.desk import item_about, put_reasons
from moderation.models import REPORT, Decision, Report, ReviewItem, Words

CLAIMED_FOR = timedelta(minutes=15)
Code = Decision.Code


class Overtaken(Exception):
    """The item was decided, or what it shows changed, after the page was opened."""


def claim(*, item: ReviewItem, moderator: User) -> bool:
    """Take an item up for a while so that nobody else decides it meanwhile. False if another has it."""
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=moderator) | Q(claimed_until__lte=now)
    taken = ReviewItem.objects.open().filter(free, pk=item.pk)
    return bool(taken.update(claimed_by=moderator, claimed_until=now + CLAIMED_FOR))


def pass_on(*, item: ReviewItem, moderator: User) -> None:
    """Let go of an item, for another to decide."""
    ReviewItem.objects.filter(pk=item.pk, claimed_by=moderator).update(claimed_by=None, claimed_until=None)


@transaction.atomic
def approve(*, item: ReviewItem, version: int, moderator: User) -> None:
    """Put the waiting text up. Raises Overtaken."""
    _decide(item, version, moderator, Code.APPROVED)
    kind = _kind("approved", item.thing)
    forum.actions.publish(post=item.thing)
    _tell(item.thing, kind)


@transaction.atomic
def edit_and_approve(
    *, item: ReviewItem, version: int, moderator: User, body: str, words: str, title: str = ""
) -> None:
    """Put the text up as the moderator changed it; `words` tell the author why. Raises Overtaken."""
    _decide(item, version, moderator, Code.EDITED, words=words)
    kind = _kind("approved", item.thing)
    forum.actions.revise(post=item.thing, editor=moderator, title=title, body=body)
    forum.actions.publish(post=item.thing)
    _tell(item.thing, kind)


@transaction.atomic
def ask_for_changes(*, item: ReviewItem, version: int, moderator: User, words: str) -> None:
    """Send the waiting text back to its author with what to change. Raises Overtaken."""
    _decide(item, version, moderator, Code.RETURNED, words=words)
    forum.actions.send_back(post=item.thing)
    _tell(item.thing, _kind("returned", item.thing))


@transaction.atomic
def reject(*, item: ReviewItem, version: int, moderator: User, rule: str, words: str) -> None:
    """Do not publish the waiting text, for breaking `rule`; the author may still change it. Raises Overtaken."""
    _decide(item, version, moderator, Code.REJECTED, rule=rule, words=words)
    forum.actions.send_back(post=item.thing)
    _tell(item.thing, _kind("returned", item.thing))


@transaction.atomic
def hide(*, item: ReviewItem, version: int, moderator: User, rule: str, words: str) -> None:
    """Take a published post from view, for breaking `rule`, and what was to replace its text. Raises Overtaken."""
    _decide(item, version, moderator, Code.HIDDEN, rule=rule, words=words)
    forum.actions.send_back(post=item.thing)
    forum.actions.hide(post=item.thing)
    _tell(item.thing, "hidden")


@transaction.atomic
def keep(*, item: ReviewItem, version: int, moderator: User) -> None:
    """Leave what was reported as it is. Raises Overtaken."""
    _decide(item, version, moderator, Code.KEPT)


def report(
    *, thing: Any, reporter: User | None, reason: str, note: str, contact: str, submission_key: uuid.UUID
) -> Report:
    """Report a post or a member. The same `submission_key` again returns the same report."""
    rule = house.REASONS[reason]
    try:
        with transaction.atomic():
            made = Report.objects.create(
                **{key_of(thing): thing},
                reporter=reporter,
                reason=reason,
                note=note,
                contact=contact,
                submission_key=submission_key,
            )
            item = item_about(thing)
            said = {"rule": REPORT, "level": rule.harm, "words": str(rule.chip), "author": "", "spans": []}
            put_reasons(item, [*item.reasons, said])
    except IntegrityError:
        twin: Report | None = Report.objects.filter(submission_key=submission_key).first()
        if twin is None:
            raise
        return twin
    return made


def _decide(item: ReviewItem, version: int, moderator: User, code: Code, *, rule: str = "", words: str = "") -> None:
    """Close `item` if it is still open at `version`, and write the log.

    Where a new text of a published post is sent back, what was reported about the old one remains to be decided.
    """
    thing, now = item.thing, timezone.now()
    if isinstance(thing, Post):
        # Before the item: in the order of those who change the post and then tell the desk.
        lock(thing)
    remaining = item.reported if code in (Code.RETURNED, Code.REJECTED) else []
    if remaining:
        after = {"reasons": remaining, "harm": max(reason["level"] for reason in remaining)}
    else:
        after = {"state": ReviewItem.State.CLOSED, "closed_at": now}
    as_seen = ReviewItem.objects.open().filter(pk=item.pk, version=version)
    if not as_seen.update(**after, version=F("version") + 1, claimed_by=None, claimed_until=None):
        raise Overtaken
    made = Decision.objects.create(
        item=item,
        moderator=moderator,
        code=code,
        rule=rule,
        item_version=version,
        target_kind=key_of(thing),
        target_id=thing.pk,
        made_at=now,
    )
    if words:
        Words.objects.create(decision=made, to_author=words)
    if not remaining:
        outcome = Report.State.DISMISSED if code == Code.KEPT else Report.State.UPHELD
        Report.objects.about(thing).filter(state=Report.State.OPEN).update(state=outcome)


def _kind(kind: str, post: Post) -> str:
    """Of what its author is told, where a text of `post` is decided: a change, if another text is up."""
    return f"change_{kind}" if post.status == Post.Status.PUBLISHED else kind


def _tell(post: Post, kind: str) -> None:
    notifications.actions.notify([post.author_id], kind=kind, subject=(post.kind, post.pk))
