"""In which order files come in, so that each link in them leads to what is there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar


class Arriving:
    """A file on its way in."""

    slugs: Sequence[str]  # by which it will be known, that of now first
    named: frozenset[str]  # what it leads to


A = TypeVar("A", bound=Arriving)


def in_turn(arriving: Sequence[A]) -> Iterator[list[A]]:
    """One after the other, those first that others lead to; together those that lead to each other in a ring."""
    owner = {slug: one.slugs[0] for one in arriving for slug in one.slugs}
    needs = {id(one): {owner[name] for name in one.named if name in owner} - {one.slugs[0]} for one in arriving}
    waiting = list(arriving)
    while waiting:
        to_come = {one.slugs[0] for one in waiting}
        ready = [one for one in waiting if not needs[id(one)] & to_come]
        groups = [[one] for one in ready] or [_rings(waiting, needs)]
        yield from groups
        done = {id(one) for group in groups for one in group}
        waiting = [one for one in waiting if id(one) not in done]


def _rings(waiting: Sequence[A], needs: Mapping[int, set[str]]) -> list[A]:
    """Those that are left once nothing stands at the end of a way."""
    left = list(waiting)
    while True:
        needed = {slug for one in left for slug in needs[id(one)]}
        still = [one for one in left if one.slugs[0] in needed]
        if len(still) == len(left):
            return left
        left = still
