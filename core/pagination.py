"""Pages by key: page 10,000 costs the same as page 1, and nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet


@dataclass(frozen=True)
class Page:
    """One page of a list: its items, the cursor of the next page (empty on the last), and whether it is the first."""

    items: Sequence[Any]
    next_cursor: str
    is_first: bool


def keyset(queryset: QuerySet[Any], *, after: str, by: str, size: int) -> Page:
    """The `size` newest rows by the time or day column `by` that come after the cursor; the first page if malformed."""
    return page(list(following(queryset, after=after, by=by)[: size + 1]), after=after, by=by, size=size)


def following(queryset: QuerySet[Any], *, after: str, by: str) -> QuerySet[Any]:
    """What comes after the cursor, newest first; everything if it is malformed."""
    if place := _parse(after):
        moment, pk = place
        at = moment if isinstance(queryset.model._meta.get_field(by), DateTimeField) else moment.date()
        # The leading `<=` is what lets the index seek; the OR only breaks ties.
        queryset = queryset.filter(**{f"{by}__lte": at}).filter(Q(**{f"{by}__lt": at}) | Q(pk__lt=pk))
    return queryset.order_by(f"-{by}", "-pk")


def page(rows: Sequence[Any], *, after: str, by: str, size: int) -> Page:
    """A page out of the rows that follow the cursor `after`: `size` of them, and one that tells that there are more."""
    items = rows[:size]
    return Page(items, cursor(items[-1], by) if len(rows) > size else "", is_first=_parse(after) is None)


def cursor(row: Any, by: str) -> str:
    """`<time>-<id>`: microseconds since 1970 in UTC, then the key."""
    value = getattr(row, by)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(tzinfo=UTC))
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{(since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds}-{row.pk}"


def _parse(after: str) -> tuple[datetime, int] | None:
    time, dash, pk = after.partition("-")
    if not (dash and time.isascii() and time.isdigit() and pk.isascii() and pk.isdigit()):
        return None
    if len(time) > 17 or len(pk) > 18:
        return None
    microseconds = int(time)
    try:
        moment = datetime.fromtimestamp(microseconds // 1_000_000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment.replace(microsecond=microseconds % 1_000_000), int(pk)
