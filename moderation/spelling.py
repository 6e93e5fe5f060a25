"""Words of distress as people mistype them: one letter too many, too few, wrong or swapped, or hidden behind a sign."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

# Shorter words become other words too easily.
SHORTEST = 5


class Speller:
    """Knows a few words. Those that follow a minus are right as they are, near as they may be to another."""

    def __init__(self, words: Iterable[str]) -> None:
        words = list(words)
        self.right = {word.lstrip("-") for word in words}
        self.known = [word for word in words if not word.startswith("-")]
        self._by_rest: dict[str, str] = {}
        for word in self.known:
            for rest in (word, *_with_one_less(word)):
                self._by_rest.setdefault(rest, word)
        self.corrected = lru_cache(maxsize=20_000)(self._corrected)

    def _corrected(self, word: str) -> str:
        """The known word that this one is meant to be, or itself."""
        if "*" in word:
            hidden = re.compile("[a-z]+".join(map(re.escape, re.split(r"\*+", word))))
            return next(filter(hidden.fullmatch, self.known), word)
        if len(word) < SHORTEST or word in self.right or not word.isalpha():
            return word
        for rest in (word, *_with_one_less(word)):
            known = self._by_rest.get(rest)
            if known and known[0] == word[0] and abs(len(known) - len(word)) <= 1 and _is_near(known, word):
                return known
        return word


def _with_one_less(word: str) -> list[str]:
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))] if len(word) >= SHORTEST else []


def _is_near(one: str, other: str) -> bool:
    """Whether one letter, or two neighbours that changed places, make the difference."""
    if len(one) > len(other):
        one, other = other, one
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    rest_one, rest_other = one[at:], other[at:]
    return rest_one[1:] == rest_other[1:] or (rest_one[:2] == rest_other[:2][::-1] and rest_one[2:] == rest_other[2:])
