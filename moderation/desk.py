"""The desk that the forum talks to: screens texts and keeps one open review item per post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from forum.desk import Finding, Submission, Verdict
from forum.models import Edit, Post
from forum.models.targets import key_of
from moderation.models import Decision, Report, ReviewItem, Words

# How far back, how many hours around now, and of how many decisions at least a waiting time is told.
LOOKED_AT = timedelta(days=28)
AROUND_NOW = 3
ENOUGH = 5
AT_MOST = 500


def screen(submission: Submission) -> Verdict:
    """Ask every screener of `settings.POST_SCREENERS`; any finding holds the text."""
    screeners = [import_string(path) for path in settings.POST_SCREENERS]
    return Verdict([finding for look in screeners for finding in look(submission)])


@transaction.atomic
def opened(post: Post, findings: Sequence[Finding]) -> None:
    """A text of `post` waits: open its item, or bring the open one up to date. What people reported stays."""
    item = item_about(post)
    put_reasons(item, item.reported + [_reason(finding) for finding in [*_history(post, findings), *findings]])


@transaction.atomic
def changed(post: Post) -> None:
    """Its author changed a published text: nothing waits any more, but what was reported is looked at once more."""
    item = ReviewItem.objects.about(post).open().select_for_update().first()
    if item is None:
        return
    if item.reported:
        put_reasons(item, item.reported)
    else:
        _close(item)


@transaction.atomic
def withdrawn(post: Post) -> None:
    """Its author took the post back: there is nothing to decide."""
    for item in ReviewItem.objects.about(post).open().select_for_update():
        _close(item)
    Report.objects.about(post).filter(state=Report.State.OPEN).update(state=Report.State.GONE)


def expected_wait() -> timedelta | None:
    """The median wait of texts sent around this hour of the day, over the last 28 days; None below five of them."""
    now = timezone.now()
    decided = (
        Decision.objects.filter(made_at__gte=now - LOOKED_AT)
        .exclude(code__in=(Decision.Code.KEPT, Decision.Code.HIDDEN))
        .order_by("-made_at")
        .values_list("item__opened_at", "made_at")[:AT_MOST]
    )
    waits = [end - start for start, end in decided if _hours_apart(start.hour, now.hour) <= AROUND_NOW]
    return median(waits) if len(waits) >= ENOUGH else None


def words_for_author(post: Post) -> str:
    """Why a text of `post` waits; where none does, what the last decision about it said to its author."""
    item = ReviewItem.objects.about(post).open().first()
    if item is not None and item.held_for:
        return " ".join(reason["author"] for reason in item.held_for if reason["author"])
    last = Decision.objects.filter(target_kind=post.kind, target_id=post.pk).order_by("-id").values("pk")[:1]
    return Words.objects.filter(decision__in=last).values_list("to_author", flat=True).first() or ""


def last_decided(post: Post) -> Edit | None:
    """The last text of `post` that was put up or sent back: what a waiting one is compared with."""
    decided: Edit | None = (
        Edit.objects.about(post).filter(state__in=(Edit.State.LIVE, Edit.State.RETURNED)).order_by("-id").first()
    )
    return decided


def item_about(thing: Any) -> ReviewItem:
    """The one open item about `thing`, locked; made if there is none."""
    open_items = ReviewItem.objects.about(thing).open().select_for_update()
    if item := open_items.first():
        return item
    try:
        with transaction.atomic():
            # Version 0 has been seen by nobody: whoever asked for the item now says why.
            return ReviewItem.objects.create(**{key_of(thing): thing}, version=0)
    except IntegrityError:
        return open_items.get()


def put_reasons(item: ReviewItem, reasons: list[dict[str, Any]]) -> None:
    """Say anew why a locked item waits: a new version of it, which nobody has decided on."""
    item.reasons = reasons
    item.harm = max((reason["level"] for reason in reasons), default=0)
    item.version += 1
    item.save(update_fields=["reasons", "harm", "version"])


def _history(post: Post, findings: Sequence[Finding]) -> list[Finding]:
    """Why a text waits that was looked at before, or that no screener stopped at."""
    if (last := last_decided(post)) and last.state == Edit.State.RETURNED:
        author = _("You were asked for changes before, so a moderator reads it once more.")
        return [Finding("again", 0, for_author=author, for_moderator=_("Sent again after changes"))]
    if not findings:
        return [Finding("changed", 0, for_author="", for_moderator=_("Changed while it waited"))]
    return []


def _reason(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "words": finding.for_moderator,
        "author": finding.for_author,
        "spans": list(finding.spans),
    }


def _close(item: ReviewItem) -> None:
    item.state, item.closed_at = ReviewItem.State.CLOSED, timezone.now()
    item.claimed_by = item.claimed_until = None
    item.version += 1
    item.save(update_fields=["state", "closed_at", "claimed_by", "claimed_until", "version"])


def _hours_apart(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, 24 - apart)
