"""What happens when somebody reports and when a moderator decides. Of many decisions on one version one wins."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import notifications.actions
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

import forum.actions
from accounts.models import User
from forum.models import Post
from forum.models.targets import key_of
from moderation.desk import add_reasons
from moderation.models import Decision, Report, ReviewItem, Words

CLAIMED_FOR = timedelta(minutes=15)
HARM = {
    Report.Reason.DANGEROUS: 4,
    Report.Reason.PERSONAL: 3,
    Report.Reason.UNKIND: 2,
    Report.Reason.ADVERTISING: 1,
    Report.Reason.OTHER: 1,
}


class Overtaken(Exception):
    """The item was decided, or its text changed, after the page was opened."""


def claim(*, item: ReviewItem, moderator: User) -> bool:
    """Take an item up for a while so that nobody else reads it meanwhile. False if another has it."""
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
    _decide(item, version, moderator, Decision.Code.APPROVED)
    forum.actions.publish(post=item.thing)
    _tell(item.thing, "approved")


@transaction.atomic
def edit_and_approve(*, item: ReviewItem, version: int, moderator: User, title: str, body: str, words: str) -> None:
    """Put the text up as the moderator changed it; `words` tell the author why. Raises Overtaken."""
    _decide(item, version, moderator, Decision.Code.EDITED, words=words)
    forum.actions.revise(post=item.thing, editor=moderator, title=title, body=body)
    forum.actions.publish(post=item.thing)
    _tell(item.thing, "approved")


@transaction.atomic
def ask_for_changes(*, item: ReviewItem, version: int, moderator: User, words: str) -> None:
    """Send the waiting text back to its author with what to change. Raises Overtaken."""
    _decide(item, version, moderator, Decision.Code.RETURNED, words=words)
    forum.actions.send_back(post=item.thing)
    _tell(item.thing, "returned")


@transaction.atomic
def reject(*, item: ReviewItem, version: int, moderator: User, rule: str, words: str) -> None:
    """Do not publish the waiting text, for breaking `rule`; the author may still change it. Raises Overtaken."""
    _decide(item, version, moderator, Decision.Code.REJECTED, rule=rule, words=words)
    forum.actions.send_back(post=item.thing)
    _tell(item.thing, "returned")


@transaction.atomic
def hide(*, item: ReviewItem, version: int, moderator: User, rule: str, words: str) -> None:
    """Take a published post from view, for breaking `rule`. Raises Overtaken."""
    _decide(item, version, moderator, Decision.Code.HIDDEN, rule=rule, words=words)
    forum.actions.hide(post=item.thing)
    _tell(item.thing, "hidden")


@transaction.atomic
def keep(*, item: ReviewItem, version: int, moderator: User) -> None:
    """Leave a reported post as it is. Raises Overtaken."""
    _decide(item, version, moderator, Decision.Code.KEPT)


def report(
    *, thing: Any, reporter: User | None, reason: str, note: str, contact: str, submission_key: uuid.UUID
) -> Report:
    """Report a post or a member. The same `submission_key` again returns the same report."""
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
            harm = HARM[Report.Reason(reason)]
            entry = {"rule": "report", "level": harm, "words": made.get_reason_display(), "spans": []}
            add_reasons(thing, [entry], harm, text_changed=False)
    except IntegrityError:
        return Report.objects.get(submission_key=submission_key)
    return made


def _decide(item: ReviewItem, version: int, moderator: User, code: str, *, rule: str = "", words: str = "") -> Decision:
    """Close `item` if it is still open at `version`, and write the log."""
    now = timezone.now()
    as_seen = ReviewItem.objects.open().filter(pk=item.pk, version=version)
    closed = {"state": ReviewItem.State.CLOSED, "closed_at": now, "claimed_by": None, "claimed_until": None}
    if not as_seen.update(**closed, version=F("version") + 1):
        raise Overtaken
    thing = item.thing
    made = Decision.objects.create(
        item=item,
        moderator=moderator,
        code=code,
        rule=rule,
        item_version=version,
        target_kind=key_of(thing),
        target_id=thing.pk,
    )
    if words:
        Words.objects.create(decision=made, to_author=words)
    outcome = Report.State.DISMISSED if code in (Decision.Code.APPROVED, Decision.Code.KEPT) else Report.State.UPHELD
    Report.objects.about(thing).filter(state=Report.State.OPEN).update(state=outcome)
    return made


def _tell(post: Post, kind: str) -> None:
    if post.author_id is not None:
        notifications.actions.notify([post.author_id], kind=kind, subject=(post.kind, post.pk))
