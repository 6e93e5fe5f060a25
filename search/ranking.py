"""Which documents fit best: words looked up in the postings, weighed by how rare they are, then by what is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When

from search.models import Entry, Posting

# How much one question may cost: words beyond the rarest that fit in the budget are not looked up, and of a word that
# does not fit alone only the documents with the highest weights are.
POSTINGS = 20_000
MOST_WORDS = 40
RARITY_SCALE = 100
# In per cent of the words' score.
BOOSTS = {"reviewed": 10, "helped": 8, "clinician": 5, "answered": 5}
SAME_TOPIC, SAME_ORIGIN = 10, 10
TEXTS = ("body", "sections", "answer")


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
    """A document that holds some of the words: its score, and these words' stems."""

    entry: Entry
    score: int
    stems: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Lookup:
    """The words of one question: how rare each is (rarest, if the index has never seen it), and which are looked up."""

    rarity: dict[str, int]
    chosen: tuple[str, ...]
    is_common: bool = False


def look_up(stems: Iterable[str]) -> Lookup:
    """Weigh `stems`; the rarest first, up to the budget."""
    asked = list(dict.fromkeys(stems))[:MOST_WORDS]
    documents, frequency = _count(asked)
    known = sorted((count, stem) for stem, count in frequency.items() if count)
    chosen: list[str] = []
    spent = 0
    for count, stem in known:
        if chosen and spent + count > POSTINGS:
            break
        chosen.append(stem)
        spent += count
    rarity = {stem: _rarity(frequency.get(stem, 0), documents) for stem in asked}
    return Lookup(rarity, tuple(chosen), is_common=spent >= POSTINGS and len(chosen) == 1)


def rank(lookup: Lookup, *, limit: int, near: Near | None = None, with_stems: bool = True, **only: Any) -> list[Match]:
    """The `limit` documents that fit best, best first, without their texts. `only` are filters on `Entry`."""
    if not lookup.chosen:
        return []
    scored = (
        _postings(lookup)
        .filter(**{f"entry__{name}": value for name, value in only.items()})
        .values("entry_id")
        .annotate(score=Sum(F("weight") * _rarity_of_word(lookup)))
        .order_by("-score", "-entry_id")
        .values_list("entry_id", "score")[:limit]
    )
    scores = dict(scored)
    entries = Entry.objects.defer(*TEXTS).in_bulk(scores)
    matches = {pk: Match(entry, _boosted(entry, scores[pk], near or Near())) for pk, entry in entries.items()}
    if with_stems:
        held = Posting.objects.filter(entry__in=scores, word__in=lookup.rarity)
        for pk, word in held.values_list("entry_id", "word"):
            if pk in matches:
                matches[pk].stems.add(word)
    return sorted(matches.values(), key=lambda match: (match.score, match.entry.pk), reverse=True)


def _postings(lookup: Lookup) -> QuerySet[Posting]:
    postings = Posting.objects.filter(word__in=lookup.chosen)
    if lookup.is_common:
        heaviest = postings.order_by("-weight", "-entry_id").values("pk")[:POSTINGS]
        postings = Posting.objects.filter(pk__in=heaviest)
    return postings


def _rarity_of_word(lookup: Lookup) -> Case:
    # Whole numbers: their sum is the same in whatever order a database adds them up.
    return Case(
        *(When(word=stem, then=Value(lookup.rarity[stem])) for stem in lookup.chosen),
        output_field=IntegerField(),
    )


def _rarity(count: int, documents: int) -> int:
    """The inverse document frequency of BM25, which is never negative."""
    return round(RARITY_SCALE * math.log(1 + (documents - count + 0.5) / (count + 0.5)))


def _boosted(entry: Entry, score: int, near: Near) -> int:
    boost = sum(percent for fact, percent in BOOSTS.items() if getattr(entry, fact))
    boost += SAME_TOPIC * near.is_of_topic(entry) + SAME_ORIGIN * near.is_of_origin(entry)
    return score * (100 + boost) // 100


def _count(stems: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many documents there are, and how many hold each of `stems`; none counted further than the budget."""
    documents = f"SELECT '', COUNT(*) FROM (SELECT 1 FROM {Entry._meta.db_table} LIMIT %s) AS found"
    holding = f"SELECT %s, COUNT(*) FROM (SELECT 1 FROM {Posting._meta.db_table} WHERE word = %s LIMIT %s) AS found"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([documents, *(holding for _ in stems)]),
            [POSTINGS, *(value for stem in stems for value in (stem, stem, POSTINGS))],
        )
        counts = dict(cursor.fetchall())
    return counts.pop(""), counts
