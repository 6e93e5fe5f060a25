"""Pages by key, in both directions: page 10,000 costs the same as page 1, and nothing is counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet


@dataclass(frozen=True)
class Page:
    """One page of a list: its items, newest first; the cursors of the older and the newer page, empty where there is
    none; and whether it is the first."""

    items: Sequence[Any]
    next_cursor: str
    is_first: bool
    previous_cursor: str = ""


def place(asked: Mapping[str, str]) -> dict[str, str]:
    """Where in a list an address points: the `after` and `before` of its query."""
    return {"after": asked.get("after", ""), "before": asked.get("before", "")}


def keyset(queryset: QuerySet[Any], *, after: str = "", before: str = "", by: str, size: int) -> Page:
    """The `size` newest rows by the time or day column `by` that come after the cursor `after`, or the nearest that
    come before the cursor `before`; the first page if both are malformed."""
    rows = list(beside(queryset, after=after, before=before, by=by)[: size + 1])
    return page(rows, after=after, before=before, by=by, size=size)


def beside(queryset: QuerySet[Any], *, after: str = "", before: str = "", by: str, key: str = "pk") -> QuerySet[Any]:
    """What comes after the cursor, newest first, or before it, oldest first; everything if it is malformed.

    `key` settles ties of `by`.
    """
    # The leading comparison is what lets the index seek; the OR only breaks ties.
    if where := _parse(after):
        moment, pk = _comparable(queryset, by, where)
        older = queryset.filter(**{f"{by}__lte": moment}).filter(Q(**{f"{by}__lt": moment}) | Q(**{f"{key}__lt": pk}))
        return older.order_by(f"-{by}", f"-{key}")
    if where := _parse(before):
        moment, pk = _comparable(queryset, by, where)
        newer = queryset.filter(**{f"{by}__gte": moment}).filter(Q(**{f"{by}__gt": moment}) | Q(**{f"{key}__gt": pk}))
        return newer.order_by(by, key)
    return queryset.order_by(f"-{by}", f"-{key}")


def goes_back(*, after: str, before: str) -> bool:
    """Whether rows come oldest first, because the page before a cursor is asked for."""
    return _parse(after) is None and _parse(before) is not None


def page(rows: Sequence[Any], *, after: str = "", before: str = "", by: str, size: int, key: str = "pk") -> Page:
    """A page out of the rows beside a cursor: `size` of them, and one that tells that there are more."""
    items = rows[:size]
    more = len(rows) > size
    if goes_back(after=after, before=before):
        items = items[::-1]
        # What the cursor stands for comes next, unless it has gone meanwhile.
        older = cursor(items[-1], by, key) if items else ""
        return Page(items, older, is_first=not more, previous_cursor=cursor(items[0], by, key) if more else "")
    is_first = _parse(after) is None
    return Page(
        items,
        cursor(items[-1], by, key) if more else "",
        is_first=is_first,
        previous_cursor=cursor(items[0], by, key) if items and not is_first else "",
    )


def cursor(row: Any, by: str, key: str = "pk") -> str:
    """`<time>-<id>`: microseconds since 1970 in UTC, then the key."""
    value = getattr(row, by)
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(tzinfo=UTC))
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{(since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds}-{getattr(row, key)}"


def _comparable(queryset: QuerySet[Any], by: str, where: tuple[datetime, int]) -> tuple[Any, int]:
    moment, pk = where
    return moment if isinstance(queryset.model._meta.get_field(by), DateTimeField) else moment.date(), pk


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
