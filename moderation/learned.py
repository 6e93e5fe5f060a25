"""How much a text reads like those of people in danger: the part of the screener that was learned from texts.

Its weights are made by `bin/learn_distress.py`; why there is a second part beside the rules: ADR 17.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log2
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from moderation.reading import plain_words
from moderation.rule_set import LEARNED, Found, How, Kind
from moderation.tuned import tuned

WEIGHTS = Path(__file__).parent / "rules_data" / "learned.npz"
# Words, pairs and the like are known by a number only, so that no word can be read from the weights.
BUCKETS, KIND_BUCKETS = 2**16, 2**14
# Of so few words there is nothing around what a rule found that could make it harmless.
FEW_WORDS = 15
# Fewer say nothing but what a rule knows.
FEWEST_WORDS = 8
# So far below what is enough a reply is harmless even if a rule found something: helpers name what they warn of.
PLAINLY_HARMLESS = -1.5
# Each time a text is twice as long again it must say more to be enough: by chance alone a long one says more.
LONG_FROM, MORE = 60, 1.5
# Of a long text the tuned embedder, which takes a while, reads so many words: those that say most.
PIECE, STEP = 64, 32
SHORTEST = 20

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_ENDING = 4


class Learned:
    """Weights, read from a file: see `bin/learn_distress.py`."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        with np.load(path) as stored:
            self.version = int(stored["version"])
            self._words: NDArray[Any] = stored["words"] * np.float32(stored["words_scale"])
            self._kinds: NDArray[Any] = stored["kinds"] * stored["kinds_scale"][:, None]
            self._beside: NDArray[Any] = stored["beside"]
            self._kinds_beside: NDArray[Any] = stored["kinds_beside"]
            self.enough = dict(zip((False, True), map(float, stored["enough"]), strict=True))

    def level(self, text: str, found: Sequence[Found] = (), *, is_reply: bool = False) -> float:
        """The logarithm of the odds that a text tells of danger. `found`: what the rules found in it."""
        return self._level(read(text), is_reply) + float(beside_words(found, is_reply=is_reply) @ self._beside)

    def kind(self, text: str, *, is_reply: bool = False) -> Kind:
        """Of which kind of danger a text reads most."""
        numbers = features(read(text), is_reply=is_reply)
        levels = self._kinds[:, numbers % KIND_BUCKETS].sum(axis=1) * scale(len(numbers)) + self._kinds_beside
        return list(Kind)[int(levels.argmax())]

    def span(self, text: str, *, is_reply: bool = False) -> tuple[int, int]:
        """The sentence that says most."""
        return max(sentences(text), key=lambda span: self._level(read(text[slice(*span)]), is_reply))

    def telling(self, text: str, *, is_reply: bool = False) -> tuple[int, int]:
        """The piece that says most."""
        places = [written.span() for written in _WORD.finditer(text)] or [(0, len(text))]
        starts = range(0, max(len(places) - (PIECE - STEP), 1), STEP)
        spans = [(places[start][0], places[min(start + PIECE, len(places)) - 1][1]) for start in starts]
        return max(spans, key=lambda span: self._level(read(text[slice(*span)]), is_reply)) if spans[1:] else spans[0]

    def _level(self, words: Sequence[str], is_reply: bool) -> float:
        numbers = features(words, is_reply=is_reply)
        return float(self._words[numbers].sum() * scale(len(numbers)))


@lru_cache(maxsize=1)
def learned() -> Learned:
    return Learned()


def weighed(found: Sequence[Found], text: str, *, is_reply: bool) -> list[Found]:
    """What the rules found in a text, without what is only hinted at where it reads harmless, and what they missed.

    The tuned embedder is asked where there is one and words alone do not say that it is harmless.
    """
    part, vectors = learned(), tuned()
    count = len(_WORD.findall(text))
    level = part.level(text, found, is_reply=is_reply)
    said = None
    asked = count >= FEWEST_WORDS and (is_reply or not _says_plainly(found))
    if vectors and asked and vectors.has_to_read(level, is_reply=is_reply):
        said = vectors.read(text, part.telling(text, is_reply=is_reply), is_reply=is_reply)
    if vectors and said:
        above = vectors.above(level, said, is_reply=is_reply)
    else:
        above = level - part.enough[is_reply]
    if above < MORE * log2(max(1, count / LONG_FROM)) or (count < FEWEST_WORDS and not found):
        drops = {How.SIGN, How.RULE} if is_reply and above < PLAINLY_HARMLESS else {How.SIGN}
        return [here for here in found if count < FEW_WORDS or here.how not in drops]
    if found:
        return list(found)
    if said:
        return [Found(said.kind, LEARNED, next(span for span in sentences(text) if span[1] > said.place), How.LEARNED)]
    kind, span = part.kind(text, is_reply=is_reply), part.span(text, is_reply=is_reply)
    return [Found(kind, LEARNED, span, How.LEARNED)]


def _says_plainly(found: Sequence[Found]) -> bool:
    return any(here.how != How.SIGN for here in found)


def sentences(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text are."""
    spans = [
        (part.end() - len(part[0].lstrip()), part.start() + len(part[0].rstrip()))
        for part in _SENTENCE.finditer(text)
        if part[0].strip()
    ]
    return spans or [(0, len(text))]


def read(text: str) -> list[str]:
    """The words of a text as they are weighed."""
    return [word for written in _WORD.findall(text) for word in plain_words(written)]


def features(words: Sequence[str], *, is_reply: bool) -> NDArray[np.int64]:
    """The numbers of what is weighed: words, two in a row, two with one between, beginnings and endings."""
    return np.fromiter({crc32(piece.encode()) % BUCKETS for piece in _pieces(words, is_reply)}, np.int64)


def scale(count: int) -> float:
    """What each of so many features counts: a long text does not weigh more for being long."""
    return float(1 / np.sqrt(max(count, SHORTEST)))


def beside_words(found: Sequence[Found], *, is_reply: bool) -> NDArray[Any]:
    """What is weighed beside the words: whether it is a reply, and what the rules found in it."""
    hows = {here.how for here in found}
    several = len({here.kind for here in found}) > 1
    return np.array([1, is_reply, How.RULE in hows or How.SITE in hows, How.SIGN in hows, several], np.float32)


def _pieces(words: Sequence[str], is_reply: bool) -> Iterator[str]:
    yield from words
    yield from map(" ".join, pairwise(words))
    yield from map("  ".join, zip(words, words[2:], strict=False))
    for word in words:
        if len(word) > _ENDING:
            yield f"{word[:_ENDING]}*"
            yield f"*{word[-_ENDING:]}"
    if is_reply:
        yield from (f"reply {word}" for word in words)
