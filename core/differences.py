"""What changed between two texts, word by word, for templates to mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
# Beyond this many words the comparison is made line by line: its time grows with the square of what differs.
WORDS = 4_000


@dataclass(frozen=True)
class Piece:
    """A run of text and what became of it: `same`, `gone` or `new`."""

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in reading order; the same and the new ones together are `new`."""
    split = _words if max(len(old), len(new)) < WORDS * 6 else _lines
    before, after = split(old), split(new)
    pieces: list[Piece] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal":
            pieces.append(Piece(SAME, "".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece(GONE, "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece(NEW, "".join(after[j1:j2])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s]+", text)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
