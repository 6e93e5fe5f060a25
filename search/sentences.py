"""Which sentence of a document is shown for what somebody wrote, and which of its words are marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from search import words
from search.rules import is_quotable

LONGEST = 280
FEWEST_WORDS = 3
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")


@dataclass(frozen=True)
class Part:
    """A piece of a sentence, marked when it is one of the words looked for."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Quote:
    """A sentence and how well it fits; whether it is part of an answer; the section it stands in, if it does."""

    text: str
    score: int
    answers: bool = False
    anchor: str = ""
    section: str = ""


def quotes(
    text: str, weights: Mapping[str, int], *, answers: bool, anchor: str = "", section: str = ""
) -> Iterator[Quote]:
    """The sentences of `text` that may be quoted, each scored by the weights of the words looked for in it."""
    heading = _score(section, weights) // 2
    for sentence in _END.split(text):
        if is_whole(sentence) and is_quotable(sentence):
            yield Quote(sentence.strip(), _score(sentence, weights) + heading, answers, anchor, section)


def is_whole(sentence: str) -> bool:
    """Whether it says something: neither "Yes." nor the beginning of a list."""
    return len(sentence.split()) >= FEWEST_WORDS and not sentence.rstrip().endswith(":")


def best(found: Iterable[Quote]) -> Quote | None:
    """The one that fits best, the earlier of equals."""
    return max(found, key=lambda quote: quote.score, default=None)


def shorten(sentence: str, weights: Collection[str]) -> str:
    """At most about `LONGEST` characters of `sentence`, around the first word looked for."""
    if len(sentence) <= LONGEST:
        return sentence
    first = next((word.start for word in words.read(sentence) if word.stem in weights), 0)
    start = max(0, min(first - LONGEST // 4, len(sentence) - LONGEST))
    piece = sentence[start : start + LONGEST]
    if start + LONGEST < len(sentence):
        piece = (piece.rpartition(" ")[0] or piece) + " …"
    if start:
        piece = "… " + (piece.partition(" ")[2] or piece)
    return piece


def parts(sentence: str, stems: Collection[str]) -> tuple[Part, ...]:
    """`sentence` cut at the words to be marked; joined again it is the same."""
    cut: list[Part] = []
    done = 0
    for word in words.read(sentence):
        if word.stem in stems:
            cut += [Part(sentence[done : word.start], False), Part(sentence[word.start : word.end], True)]
            done = word.end
    return tuple(part for part in [*cut, Part(sentence[done:], False)] if part.text)


def _score(text: str, weights: Mapping[str, int]) -> int:
    return sum(weights.get(stem, 0) for stem in set(words.stems(text)))
