"""The log of decisions, as moderators search it and senior moderators take it along: ids and codes, never a text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from core.pagination import Page, keyset
from moderation.models import Decision, ReviewItem

SHOWN = 50
# How many rows of a file are in memory at a time.
CHUNK = 500
COLUMNS = ("decision", "made_at", "moderator", "code", "rule", "about", "about_id", "item", "item_version", "undoes")
# A program that opens tables takes what begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def page(moderator: User, asked: Mapping[str, Any], *, after: str = "", before: str = "") -> Page:
    """A page of what was `asked` for (see queue_forms.LogForm), newest first."""
    return keyset(decisions(moderator, asked), after=after, before=before, by="made_at", size=SHOWN)


def decisions(moderator: User, asked: Mapping[str, Any]) -> QuerySet[Decision]:
    """Without what is about this moderator or their own threads, or has the name of somebody on it who blocked or
    reported them: who decided about one's own posts nobody learns. Each with `who`, the handle of who decided."""
    item = ReviewItem.objects.filter(pk=OuterRef("item_id"))
    others = ReviewItem.objects.not_of(moderator).filter(pk=OuterRef("item_id"))
    found = (
        Decision.objects.annotate(
            # Not joined: the log outlives whom and what it names.
            who=Subquery(User.objects.filter(pk=OuterRef("moderator_id")).values("handle")[:1]),
            has_item=Exists(item),
        )
        .select_related("reveal")
        .filter(Q(has_item=False) | Exists(others))
    )
    if who := asked.get("moderator"):
        found = found.filter(moderator=who)
    if code := asked.get("code"):
        found = found.filter(code=code)
    if rule := asked.get("rule"):
        found = found.filter(rule=rule)
    if since := asked.get("since"):
        found = found.filter(made_at__gte=_midnight(since))
    if until := asked.get("until"):
        found = found.filter(made_at__lt=_midnight(until) + timedelta(days=1))
    return found


def table(moderator: User, asked: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The same as rows of a table, newest first, with a first row that names the columns. Times are UTC."""
    yield COLUMNS
    for one in decisions(moderator, asked).order_by("-made_at", "-pk").iterator(chunk_size=CHUNK):
        row = (
            one.pk,
            one.made_at.astimezone(UTC).isoformat(timespec="seconds"),
            one.who or "",
            one.code,
            one.rule or one.why_revealed,
            one.target_kind,
            one.target_id,
            one.item_id,
            one.item_version,
            one.undoes_id or "",
        )
        yield tuple(as_cell(value) for value in row)


def as_cell(value: object) -> str:
    """As no program calculates it."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())
