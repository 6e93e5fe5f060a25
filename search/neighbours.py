"""What is near a document: found by the worker and kept in rows, so that a page reads it in one statement.

Whatever comes, goes or changes is due (`search/due.py`, in the transaction that changes it). Its neighbours are then
found anew, and so are those of all who list it and of all whom it lists now; these tell nobody else, so it ends. When
nothing is due, everybody's list was made after the last change of each that is on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from search import due, embedder, likeness, sources
from search.candidates import TEXTS, Lookup, look_up
from search.models import Due, Entry, Neighbour
from search.ranking import Match, Near, named, rank

# So many of a kind are kept for everybody, of the best that are looked at; and at most so many of them in all.
FOR_EVERYBODY, IN_ALL, LOOKED_AT = 8, 16, 60
# Of the body of a question, so many characters are compared with its title.
BEGINNING = 300
# What was read of another when it was put on a list.
_READ = (
    "words_hash", "topic", "origin", "audience", "answers_count", "helped", "clinician", "reviewed", "vector_place",
)  # fmt: skip


def settle(key: int, taken_until: datetime) -> bool:
    """Find and keep the neighbours of the entry `key`, which is due and was taken until then; whether that is done.

    It is not when it was marked again meanwhile, or when something on its list is not any more what it was. Killed at
    any point, it is due again at `taken_until`.
    """
    entry = Entry.objects.filter(pk=key).first()
    found = near(entry) if entry else []
    taken = Due.objects.filter(entry=key, due_at=taken_until)
    with transaction.atomic():
        # Held until the list is written: nobody else writes this list, and no older one over a newer.
        mark = taken.select_for_update().first()
        if mark is None:
            return False
        Neighbour.objects.filter(entry=key).delete()
        Neighbour.objects.bulk_create(found)
    if mark.has_changed:
        listed_by = Neighbour.objects.filter(other=key).values_list("entry", flat=True)
        for other in sorted({*listed_by, *(one.other_id for one in found)}):
            due.again(other)
    if entry is None:
        Neighbour.objects.filter(other=key).delete()
    if not _are_as_read(found):
        due.again(key)
        return False
    return bool(taken.delete()[0])


def near(entry: Entry) -> list[Neighbour]:
    """The neighbours of `entry`, of each kind the nearest first, not saved."""
    lookup = look_up(sorted(named(entry)))
    found: list[Neighbour] = []
    for kind in sorted(sources.registered()):
        kept = _kept(_matches(entry, lookup, kind))
        alike = _likeness(entry, kept) if entry.kind == kind == "question" else {}
        for place, match in enumerate(kept, start=1):
            value = alike.get(match.entry.pk, 0.0)
            found.append(
                Neighbour(
                    entry=entry,
                    other=match.entry,
                    kind=kind,
                    place=place,
                    likeness=round(100 * min(1.0, value)),
                    sameness=likeness.sameness(value),
                )
            )
    return found


def wording(entry: Entry) -> str:
    """What of a document is embedded and compared: what it asks, not all that it tells."""
    return worded(entry.kind, entry.title, entry.body)


def worded(kind: str, title: str, body: str) -> str:
    return title if kind == "article" else f"{title}\n{body[:BEGINNING]}".strip()


def _matches(entry: Entry, lookup: Lookup, kind: str) -> list[Match]:
    """Others of this kind that name one of its subjects and are worded a little like it, or are worded much like it."""
    ranked = rank(lookup, limit=LOOKED_AT, near=Near(entry.topic, entry.origin), like=entry, kind=kind)
    subjects = lookup.strong.keys()
    others = [match for match in ranked if match.entry.pk != entry.pk]
    # Where there are vectors, what has none yet waits for its own.
    least = likeness.ALIKE if any(match.likeness for match in others) else 0.0
    return [
        match
        for match in others
        if match.likeness >= likeness.VERY_ALIKE or (named(match.entry) & subjects and match.likeness >= least)
    ]


def _kept(matches: Sequence[Match]) -> list[Match]:
    """Enough for everybody, with what members find among them."""
    kept: list[Match] = []
    for match in matches:
        if len(kept) >= IN_ALL or sum(one.entry.audience == Entry.Audience.ALL for one in kept) >= FOR_EVERYBODY:
            break
        kept.append(match)
    return kept


def _likeness(entry: Entry, matches: Sequence[Match]) -> dict[int, float]:
    """How much these ask the same as `entry`, by key: by their vectors, or by letters where nothing embeds."""
    if embedder.current():
        return {match.entry.pk: match.likeness for match in matches}
    others = list(Entry.objects.only("kind", "title", "body").filter(pk__in=[match.entry.pk for match in matches]))
    alike = likeness.to_each(wording(entry), [wording(other) for other in others])
    return {other.pk: value for other, value in zip(others, alike, strict=True)}


def _are_as_read(found: Sequence[Neighbour]) -> bool:
    now = Entry.objects.defer(*TEXTS).in_bulk([one.other_id for one in found])
    return all(one.other_id in now and _as_read(now[one.other_id]) == _as_read(one.other) for one in found)


def _as_read(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in _READ)
