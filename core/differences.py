"""What changed between two texts, word by word, for templates to mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SAME, GONE, NEW = "same", "gone", "new"
# How many words may differ before the comparison is made line by line, and lines before the texts are shown whole. Its
# time grows with the length of the texts times this, and pages that everybody can open compare.
MOST = 400


@dataclass(frozen=True)
class Piece:
    """A run of text and what became of it: `same`, `gone` or `new`."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; the same and the new ones together are `new`."""
    for split in (_words, _lines):
        before, after = split(old), split(new)
        if (kept := _kept(before, after)) is not None:
            return _pieces(before, after, _readable(before, after, kept))
    return _pieces([old], [new], [])


def shortened(pieces: Sequence[Piece], *, around: int) -> list[Piece]:
    """Of what is the same, only about `around` characters beside what is not."""
    short: list[Piece] = []
    for place, piece in enumerate(pieces):
        text = piece.text
        before = around if place > 0 else 0
        after = around if place < len(pieces) - 1 else 0
        if piece.kind == SAME and len(text) > before + after + around:
            text = f"{text[:before]} … {text[len(text) - after :]}"
        short.append(Piece(piece.kind, text))
    return short


def _pieces(before: Sequence[str], after: Sequence[str], kept: Sequence[tuple[int, int]]) -> list[Piece]:
    """`kept` are the places (in the one, in the other) of what both have."""
    pieces: list[Piece] = []
    same: list[str] = []
    x = y = 0
    for i, j in [*kept, (len(before), len(after))]:
        if i > x or j > y:
            _add(pieces, SAME, same)
            _add(pieces, GONE, before[x:i])
            _add(pieces, NEW, after[y:j])
            same = []
        same += after[j : j + 1]
        x, y = i + 1, j + 1
    _add(pieces, SAME, same)
    return pieces


def _add(pieces: list[Piece], kind: str, run: Sequence[str]) -> None:
    if run:
        pieces.append(Piece(kind, "".join(run)))


def _readable(before: Sequence[str], after: Sequence[str], kept: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the spaces that happen to stand between changed words in both; those behind a change stay."""
    words: list[tuple[int, int]] = []
    run: list[tuple[int, int]] = []
    x = y = 0
    for i, j in [*kept, (len(before), len(after))]:
        if i > x or j > y:
            is_between = run != [] and run[0] != (0, 0) and all(before[at].isspace() for at, _ in run)
            words += [] if is_between else run
            run = []
        run += [(i, j)] if i < len(before) and j < len(after) else []
        x, y = i + 1, j + 1
    words += run
    readable: list[tuple[int, int]] = []
    x = y = 0
    for i, j in [*words, (len(before), len(after))]:
        if i > x and j > y and before[i - 1] == after[j - 1] and before[i - 1].isspace():
            readable.append((i - 1, j - 1))
        readable += [(i, j)] if i < len(before) and j < len(after) else []
        x, y = i + 1, j + 1
    return readable


def _kept(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]] | None:
    """The places of a longest common subsequence; None if more than MOST have to go or come.

    The greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986): of each number of
    steps, how far one gets on each diagonal.
    """
    n, m = len(before), len(after)
    if abs(n - m) > MOST:
        return None
    furthest = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(MOST + 1):
        trail.append(furthest.copy())
        for k in range(-steps, steps + 1, 2):
            down = k == -steps or (k != steps and furthest[k - 1] < furthest[k + 1])
            x = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < n and y < m and before[x] == after[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if x >= n and y >= m:
                return _back(trail, n, m)
    return None


def _back(trail: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """From the ends of both texts along `trail` to their beginnings."""
    kept: list[tuple[int, int]] = []
    for steps in range(len(trail) - 1, -1, -1):
        furthest, k = trail[steps], x - y
        down = k == -steps or (k != steps and furthest[k - 1] < furthest[k + 1])
        before_x = furthest[k + 1] if down else furthest[k - 1]
        before_y = before_x - (k + 1 if down else k - 1)
        while x > max(before_x, 0) and y > max(before_y, 0):
            x, y = x - 1, y - 1
            kept.append((x, y))
        x, y = before_x, before_y
    return kept[::-1]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
