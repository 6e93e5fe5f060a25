"""Which documents fit best: by their words, by how alike they are worded, then by what is known of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from search import candidates, embedder, vectors, words
from search.candidates import TEXTS, Lookup
from search.index import MOST
from search.models import Entry
from search.synonyms import Other

# Of the score, what the words say; the rest is how alike it is worded (the cosine). Chosen with `make bench-search`.
WORDS_SAY = 0.2
SCALE = 1_000_000
# Without vectors, a title of which every word was asked for adds so much to the score of a document; and what a word
# counts in that which everybody writes.
WHOLE_TITLE, WEAK_IN_TITLE = 0.5, 0.4
# In per cent of the score.
BOOSTS = {"reviewed": 10, "helped": 8, "clinician": 5, "answered": 5}
SAME_TOPIC, SAME_ORIGIN = 10, 10


@dataclass(frozen=True)
class Near:
    """Where somebody asks from: documents of the same topic or origin are a little nearer."""

    topic: str = ""
    origin: int | None = None

    def is_near(self, entry: Entry) -> bool:
        return self.is_of_topic(entry) or self.is_of_origin(entry)

    def is_of_topic(self, entry: Entry) -> bool:
        return self.topic != "" and entry.topic == self.topic

    def is_of_origin(self, entry: Entry) -> bool:
        return self.origin is not None and entry.origin == self.origin


@dataclass
class Match:
    """A document that was found, and why: the stems of the words in common, and how alike it is worded (a cosine).

    `synonyms` are other wordings of what was asked that it has.
    """

    entry: Entry
    score: int
    stems: set[str] = field(default_factory=set)
    synonyms: list[Other] = field(default_factory=list)
    likeness: float = 0.0


def named(entry: Entry) -> set[str]:
    """The words for what a document is about."""
    return set(words.stems(f"{entry.title}\n{entry.synonyms}"))


def rank(
    lookup: Lookup,
    *,
    limit: int,
    near: Near | None = None,
    wording: str = "",
    like: Entry | None = None,
    **only: Any,
) -> list[Match]:
    """The `limit` documents that fit best, best first, without their texts. `only` are filters on `Entry`.

    With an embedder, those worded like `wording`, if it is not empty, or like the document `like` are found too.
    """
    entries = candidates.by_words(lookup, limit, only)
    alike = _Alike.to_entry(like) if like else _Alike.to(wording)
    if alike:
        entries |= alike.candidates(limit, only, known=entries.keys())
    if not entries:
        return []
    held = candidates.held(entries.keys(), lookup.known)
    others = {pk: [other for other in lookup.synonyms if held.get(pk, {}).keys() >= {*other.stems}] for pk in entries}
    by_words = {pk: _by_words(lookup, held.get(pk, {}), others[pk]) for pk in entries}
    likeness = alike.to_entries(entries.values()) if alike else {}
    # Between what the best has and what a document made of these words alone would have.
    full = math.sqrt((max(by_words.values()) or 1) * (sum(lookup.known.values()) * MOST // 2 or 1))
    matches = []
    for pk, entry in entries.items():
        score = by_words[pk]
        if alike:
            score = round(SCALE * (WORDS_SAY * score / full + (1 - WORDS_SAY) * max(0.0, likeness.get(pk, 0.0))))
        else:
            score = round(score * (1 + WHOLE_TITLE * _asked_of(entry.title, lookup)))
        stems = held.get(pk, {}).keys()
        matches.append(
            Match(
                entry,
                _boosted(entry, score, near or Near()),
                {stem for stem in stems if stem in lookup.rarity},
                others[pk],
                likeness.get(pk, 0.0),
            )
        )
    return sorted(matches, key=lambda match: (match.score, match.entry.pk), reverse=True)[:limit]


class _Alike:
    """What is worded like a text, by the vectors there are."""

    def __init__(self, file: vectors.File, vector: NDArray[Any]) -> None:
        self.file, self.vector = file, vector

    @classmethod
    def to(cls, wording: str) -> _Alike | None:
        maker = embedder.current() if wording else None
        file = vectors.opened(maker.name, maker.size) if maker else None
        return cls(file, maker.embed([wording])[0]) if maker and file and len(file.rows) else None

    @classmethod
    def to_entry(cls, entry: Entry) -> _Alike | None:
        """By the vector that the worker made of it; None while there is none."""
        place = entry.vector_place
        maker = embedder.current() if place is not None else None
        file = vectors.opened(maker.name, maker.size) if maker else None
        if file is None or place is None or not file.holds(place, entry.pk):
            return None
        return cls(file, file.vector(place))

    def candidates(self, limit: int, only: dict[str, Any], known: Collection[int]) -> dict[int, Entry]:
        places = {key: place for place, key, _ in self.file.nearest(self.vector, limit) if key not in known}
        found = Entry.objects.filter(pk__in=places, **only).defer(*TEXTS)
        return {entry.pk: entry for entry in found if entry.vector_place == places[entry.pk]}

    def to_entries(self, entries: Collection[Entry]) -> dict[int, float]:
        have = [entry for entry in entries if entry.vector_place is not None]
        # Not those of a file that another state of the database wrote, as after a backup was put back.
        there = [entry for entry in have if self.file.holds(entry.vector_place or 0, entry.pk)]
        cosines = self.file.cosines([entry.vector_place or 0 for entry in there], self.vector)
        return {entry.pk: cosine for entry, cosine in zip(there, cosines.tolist(), strict=True)}


def _by_words(lookup: Lookup, held: dict[str, int], others: Sequence[Other]) -> int:
    """What the words of a document say for it; half a phrase that was not asked for says nothing."""
    count = lookup.rarity.keys() | {stem for other in others for stem in other.stems}
    return sum(lookup.weights[stem] * weight for stem, weight in held.items() if stem in count)


def _asked_of(title: str, lookup: Lookup) -> float:
    """Which part of the words of `title` was asked for, from 0 to 1."""
    parts = {stem: WEAK_IN_TITLE if words.is_weak(stem) else 1.0 for stem in words.stems(title)}
    asked = sum(part for stem, part in parts.items() if stem in lookup.rarity)
    return asked / sum(parts.values()) if parts else 0.0


def _boosted(entry: Entry, score: int, near: Near) -> int:
    boost = sum(percent for fact, percent in BOOSTS.items() if getattr(entry, fact))
    boost += SAME_TOPIC * near.is_of_topic(entry) + SAME_ORIGIN * near.is_of_origin(entry)
    return score * (100 + boost) // 100
