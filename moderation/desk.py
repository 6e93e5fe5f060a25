"""The desk that the forum talks to: screens texts and keeps one open review item per post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from statistics import median
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from forum.desk import Finding, Submission, Verdict
from forum.models import Post
from forum.models.targets import key_of
from moderation.models import Decision, ReviewItem, Words

# How far back, how many hours around now, and of how many decisions at least a waiting time is told.
LOOKED_AT = timedelta(days=28)
AROUND_NOW = 3
ENOUGH = 5
AT_MOST = 500


def screen(submission: Submission) -> Verdict:
    """Ask every screener of `settings.POST_SCREENERS`; any finding holds the text."""
    return Verdict([finding for look in _screeners() for finding in look(submission)])


@transaction.atomic
def opened(post: Post, findings: Sequence[Finding]) -> None:
    """A text of `post` waits: open its item, or bring the open one up to date with a new version."""
    reasons = [
        {"rule": f.rule, "level": f.level, "words": f.for_moderator, "author": f.for_author, "spans": list(f.spans)}
        for f in findings
    ]
    harm = max((finding.level for finding in findings), default=0)
    add_reasons(post, reasons, harm, text_changed=True)


def changed(post: Post) -> None:
    """Its author changed a published text: what was reported about the old one stays open, on the new version."""
    ReviewItem.objects.about(post).open().update(version=F("version") + 1)


def withdrawn(post: Post) -> None:
    ReviewItem.objects.about(post).open().update(
        state=ReviewItem.State.CLOSED, closed_at=timezone.now(), version=F("version") + 1
    )


def expected_wait() -> timedelta | None:
    """The median wait of what was decided around this hour of the day in the last 28 days; None below five of them."""
    now = timezone.now()
    decided = (
        Decision.objects.filter(made_at__gte=now - LOOKED_AT)
        .order_by("-made_at")
        .values_list("item__opened_at", "made_at")[:AT_MOST]
    )
    waits = [end - start for start, end in decided if _hours_apart(start.hour, now.hour) <= AROUND_NOW]
    return median(waits) if len(waits) >= ENOUGH else None


def words_for_author(post: Post) -> str:
    """What the moderators last wrote to its author; before any decision, why it is held."""
    item = ReviewItem.objects.about(post).open().first()
    if item is not None:
        return " ".join(reason["author"] for reason in item.reasons if reason.get("author"))
    said = Words.objects.filter(decision__target_kind=post.kind, decision__target_id=post.pk)
    return said.order_by("-decision_id").values_list("to_author", flat=True).first() or ""


def add_reasons(thing: Any, reasons: list[dict[str, Any]], harm: int, *, text_changed: bool) -> ReviewItem:
    """The one open item about `thing`, made if there is none, with these reasons. A changed text is a new version."""
    item = _item(thing)
    if text_changed:
        # What the old text was held for is void; what people reported stays.
        kept = [reason for reason in item.reasons if reason["rule"] == "report"]
        item.version = F("version") + 1
    else:
        kept = item.reasons
    item.reasons = kept + reasons
    item.harm = max([harm, *(reason["level"] for reason in item.reasons)])
    item.save(update_fields=["reasons", "harm", "version"])
    item.refresh_from_db()
    return item


def _item(thing: Any) -> ReviewItem:
    open_items = ReviewItem.objects.about(thing).open().select_for_update()
    if item := open_items.first():
        return item
    try:
        with transaction.atomic():
            return ReviewItem.objects.create(**{key_of(thing): thing})
    except IntegrityError:
        return open_items.get()


def _hours_apart(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, 24 - apart)


@cache
def _screeners() -> list[Any]:
    return [import_string(path) for path in settings.POST_SCREENERS]
