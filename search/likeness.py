"""How much two texts ask the same: by an embedder, or by the letters of their words where there is none."""

from __future__ import annotations

import math
from collections import Counter

from search import embedder, words

LETTERS = 3


def between(one: str, other: str) -> float:
    """From 0 to 1. Two texts without words have nothing in common."""
    maker = embedder.current()
    if maker:
        first, second = maker.embed([one, other])
        return max(0.0, float(first @ second))
    return _cosine(_pieces(one), _pieces(other))


def _pieces(text: str) -> Counter[str]:
    """Each three letters in a row of the words that count, with the gap before a word: forgives endings and slips."""
    spaced = (f" {text[word.start : word.end].casefold()} " for word in words.read(text))
    return Counter(word[start : start + LETTERS] for word in spaced for start in range(len(word) - LETTERS + 1))


def _cosine(one: Counter[str], other: Counter[str]) -> float:
    together = sum(count * other[piece] for piece, count in one.items())
    lengths = [math.sqrt(sum(count * count for count in pieces.values())) for pieces in (one, other)]
    return together / (lengths[0] * lengths[1]) if together else 0.0
