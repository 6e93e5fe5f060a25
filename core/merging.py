"""Two changes of one text, made into one where they are in different lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

# Of lines in all three texts together; what is longer is for a person to put together.
MOST_LINES = 6_000

Edit = tuple[int, int, tuple[str, ...]]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """`base` with the changes of both; None where they touch the same line, or lines beside each other."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    before, ours, others = (text.splitlines(keepends=True) for text in (base, mine, theirs))
    if len(before) + len(ours) + len(others) > MOST_LINES:
        return None
    # What both did alike is one edit.
    edits = sorted({*_edits(before, ours), *_edits(before, others)})
    if any(later[0] <= earlier[1] for earlier, later in pairwise(edits)):
        return None
    merged: list[str] = []
    done = 0
    for start, end, lines in edits:
        merged += [*before[done:start], *lines]
        done = end
    return "".join([*merged, *before[done:]])


def _edits(before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    """Which lines of `before` became which of `after`: first, last and what stands there."""
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield start, end, tuple(after[first:last])
