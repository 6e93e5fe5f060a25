"""Which entries are to look for their neighbours again; the worker does it, see `search/neighbours.py`."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from search.models import Due, Entry

AT_ONCE = 1_000


def changed(*keys: int) -> None:
    """These entries came, went, or are not what they were: also those near them look again."""
    for key in keys:
        _mark(key, has_changed=True)


def again(key: int) -> None:
    """This entry looks again, because of what happened to another."""
    _mark(key)


def all_again() -> int:
    """Every entry that is not due anyway. Returns how many there are."""
    count, last = 0, 0
    now = timezone.now()
    while keys := list(Entry.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        Due.objects.bulk_create([Due(entry=key, due_at=now) for key in keys], ignore_conflicts=True)
        count, last = count + len(keys), keys[-1]
    return count


def _mark(key: int, **also: Any) -> None:
    # One row a statement: two at once never wait for each other. `has_changed` stays where it is set.
    Due.objects.bulk_create(
        [Due(entry=key, due_at=timezone.now(), **also)],
        update_conflicts=True,
        unique_fields=["entry"],
        update_fields=["due_at", *also],
    )
