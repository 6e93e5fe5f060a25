"""What happens when somebody reports and when a moderator decides. Of many decisions on one version one wins."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

import forum.actions
import notifications.actions
from accounts.models import User
from forum.actions.publishing import lock
from forum.models import Post
from forum.models.targets import key_of
from moderation import alerts, at_once, care, reports, rules
from moderation.desk import item_about, put_reasons, said_by
from moderation.models import URGENT, Decision, Handover, Report, ReviewItem, Words
from moderation.order import weigh

# How long an item is left alone that somebody has taken up and gives no sign of life at: what is urgent for less time.
URGENT_FOR, CLAIMED_FOR = timedelta(minutes=5), timedelta(minutes=15)
# For how long only senior moderators are shown what somebody left to them.
SENIORS_FIRST_IF_URGENT, SENIORS_FIRST = timedelta(hours=1), timedelta(hours=12)
Code = Decision.Code


class Overtaken(Exception):
    """The item was decided, or what it shows changed, after the page was opened."""


def claim(*, item: ReviewItem, moderator: User) -> bool:
    """Take an item up for a while so that nobody else decides it meanwhile, and let go of any other. False if another
    has it.

    Statements that each stand by themselves: who waits for a lock here holds none.
    """
    now = timezone.now()
    until = Case(When(harm__gte=URGENT, then=Value(now + URGENT_FOR)), default=Value(now + CLAIMED_FOR))
    free = ReviewItem.objects.open().free().filter(pk=item.pk)
    taken = free.update(claimed_by=moderator, claimed_at=now, claimed_until=until)
    if not (taken or stay(item=ReviewItem.objects.get(pk=item.pk), moderator=moderator)):
        return False
    ReviewItem.objects.filter(claimed_by=moderator).exclude(pk=item.pk).update(claimed_by=None, claimed_until=None)
    care.come_back(moderator=moderator)
    return True


def stay(*, item: ReviewItem, moderator: User) -> bool:
    """A moderator is still at what they have taken up: leave it alone for as long again, but not for ever. False if it
    is not theirs, or others may have it by now."""
    now, ends_at = timezone.now(), rules.claim_ends_at(item)
    if item.claimed_by_id != moderator.pk or ends_at is None or ends_at <= now:
        return False
    until = min(now + (URGENT_FOR if item.is_urgent else CLAIMED_FOR), ends_at)
    # Another may have taken it up since `item` was read; so may they again.
    mine = ReviewItem.objects.open().filter(pk=item.pk, claimed_by=moderator, claimed_at=item.claimed_at)
    if not mine.update(claimed_until=until):
        return False
    item.claimed_until = until
    return True


@transaction.atomic
def pass_on(*, item: ReviewItem, moderator: User, note: str = "") -> None:
    """Leave an item to the others, with a word to them if there is one to say."""
    release(item=item, moderator=moderator)
    Handover.objects.create(item=item, moderator=moderator, note=note)


def release(*, item: ReviewItem, moderator: User) -> None:
    ReviewItem.objects.filter(pk=item.pk, claimed_by=moderator).update(claimed_by=None, claimed_until=None)


@transaction.atomic
def escalate(*, item: ReviewItem, moderator: User, note: str) -> None:
    """Leave an item to the senior moderators, with why. If none of them decides it, it comes back to everybody."""
    release(item=item, moderator=moderator)
    until = timezone.now() + (SENIORS_FIRST_IF_URGENT if item.is_urgent else SENIORS_FIRST)
    ReviewItem.objects.open().filter(pk=item.pk).update(for_seniors_until=until)
    Handover.objects.create(item=item, moderator=moderator, note=note, to_seniors=True)
    if item.is_urgent:
        alerts.tell_seniors(item)


@transaction.atomic
def approve(*, item: ReviewItem, version: int, moderator: User, last_report: int | None = None) -> None:
    """Put the waiting text up. Raises Overtaken."""
    _decide(item, version, moderator, Code.APPROVED, last_report=last_report)
    kind = _kind("approved", item.thing)
    forum.actions.publish(post=item.thing)
    _tell(item.thing, kind)


@transaction.atomic
def edit_and_approve(
    *,
    item: ReviewItem,
    version: int,
    moderator: User,
    body: str,
    words: str,
    title: str = "",
    tags: str | None = None,
    reason: str = "",
    last_report: int | None = None,
) -> None:
    """Put the text up as the moderator changed it; `words` tell the author why. Raises Overtaken."""
    _decide(item, version, moderator, Code.EDITED, words=words, last_report=last_report)
    kind = _kind("approved", item.thing)
    forum.actions.revise(post=item.thing, editor=moderator, title=title, body=body, tags=tags, reason=reason)
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
def keep(*, item: ReviewItem, version: int, moderator: User, last_report: int | None = None) -> None:
    """Leave what was reported as it is. Raises Overtaken."""
    _decide(item, version, moderator, Code.KEPT, last_report=last_report)


@transaction.atomic
def act_on_member(
    *, item: ReviewItem, version: int, moderator: User, code: Code, rule: str, words: str, last_report: int
) -> Decision:
    """What was reported about a member is decided by what is done about them. Raises Overtaken."""
    return _decide(item, version, moderator, code, rule=rule, words=words, last_report=last_report)


def report(
    *,
    thing: Any,
    reporter: User | None,
    reason: str,
    note: str,
    contact: str,
    submission_key: uuid.UUID,
    is_about_picture: bool = False,
) -> Report:
    """Report a post or a member; what follows at once is in moderation/at_once.py. The same `submission_key` again
    returns the same report."""
    try:
        with transaction.atomic():
            if isinstance(thing, Post):
                lock(thing)
            made = Report.objects.create(
                **{key_of(thing): thing},
                reporter=reporter,
                reason=reason,
                note=note,
                contact=contact,
                is_about_picture=is_about_picture,
                submission_key=submission_key,
            )
            item = item_about(thing)
            if isinstance(thing, Post):
                at_once.act(item, thing, made)
            put_reasons(item, [*item.reasons, said_by(made)])
    except IntegrityError:
        twin: Report | None = Report.objects.filter(submission_key=submission_key).first()
        if twin is None:
            raise
        return twin
    return made


def _decide(
    item: ReviewItem,
    version: int,
    moderator: User,
    code: Code,
    *,
    rule: str = "",
    words: str = "",
    last_report: int | None = None,
) -> Decision:
    """Close `item` if it is still open at `version`, and write the log.

    What was reported remains to be decided where a new text of a published post is sent back, and where the moderator
    has not read it: `last_report` is the last one that they were shown, None if they were shown all.
    """
    thing, now = item.thing, timezone.now()
    if isinstance(thing, Post):
        # Before the item: in the order of those who change the post and then tell the desk.
        lock(thing)
    as_seen = ReviewItem.objects.open().filter(pk=item.pk, version=version).select_for_update(no_key=True).first()
    if as_seen is None:
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
    remaining = _remaining(as_seen, code, last_report)
    if code not in (Code.RETURNED, Code.REJECTED):
        if isinstance(thing, Post):
            at_once.lift(as_seen, thing, is_hidden=code == Code.HIDDEN)
        read = Report.objects.about(thing).exclude(pk__in=[reason.get("report") for reason in remaining])
        reports.settle(read, Report.State.DISMISSED if code == Code.KEPT else Report.State.UPHELD)
    as_seen.version += 1
    as_seen.claimed_by = as_seen.claimed_until = None
    if remaining:
        as_seen.reasons = remaining
        weigh(as_seen)
    else:
        as_seen.state, as_seen.closed_at = ReviewItem.State.CLOSED, now
    as_seen.save()
    return made


def _remaining(item: ReviewItem, code: Code, last_report: int | None) -> list[dict[str, Any]]:
    """What was reported and remains to be decided."""
    if code == Code.HIDDEN:
        return []
    if code in (Code.RETURNED, Code.REJECTED):
        return item.reported
    return [reason for reason in item.reported if last_report is not None and reason.get("report", 0) > last_report]


def _kind(kind: str, post: Post) -> str:
    """Of what its author is told, where a text of `post` is decided: a change, if another text is up."""
    return f"change_{kind}" if post.status == Post.Status.PUBLISHED else kind


def _tell(post: Post, kind: str) -> None:
    notifications.actions.notify([post.author_id], kind=kind, subject=(post.kind, post.pk))
