"""How much two texts ask the same: by an embedder, or by the letters of their words where there is none."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from search import embedder, words
from search.models import Sameness

LETTERS = 3
# From which likeness on so many of ten pairs of questions ask the same, where half of the pairs only look alike: by an
# embedder, and by letters. The curve is in ADR 16.
EIGHT_OF_TEN, NINE_OF_TEN = (0.71, 0.63), (0.8, 0.8)
# How alike the wording of what shares no subject word must be, by an embedder. To be a result: no pair that asks the
# same is lost. To be suggested or listed beside: of unrelated pairs one in 700 passes.
ALIKE, VERY_ALIKE = 0.3, 0.6
# Of what shares subject words: under the first they are shared by chance, from the second on one of them says enough.
# Read in what 500 real questions were shown of the demo.
UNLIKE, QUITE_ALIKE = 0.35, 0.55


def between(one: str, other: str) -> float:
    """From 0 to 1. Two texts without words have nothing in common."""
    return to_each(one, [other])[0]


def to_each(text: str, others: Sequence[str]) -> list[float]:
    """How much `text` asks the same as each of the others."""
    maker = embedder.current()
    if maker:
        first, *rest = maker.embed([text, *others])
        return [min(1.0, max(0.0, float(first @ other))) for other in rest]
    pieces = _pieces(text)
    return [_cosine(pieces, _pieces(other)) for other in others]


def sameness(likeness: float) -> Sameness:
    """What a likeness by the present measure says."""
    measure = 0 if embedder.current() else 1
    if likeness >= NINE_OF_TEN[measure]:
        return Sameness.PROBABLY
    return Sameness.MAYBE if likeness >= EIGHT_OF_TEN[measure] else Sameness.OTHER


def _pieces(text: str) -> Counter[str]:
    """Each three letters in a row of the words that count, with the gap before a word: forgives endings and slips."""
    spaced = (f" {text[word.start : word.end].casefold()} " for word in words.read(text))
    return Counter(word[start : start + LETTERS] for word in spaced for start in range(len(word) - LETTERS + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    together = sum(count * other[piece] for piece, count in one.items())
    lengths = [math.sqrt(sum(count * count for count in pieces.values())) for pieces in (one, other)]
    return together / (lengths[0] * lengths[1]) if together else 0.0
