"""Which words are looked up, how much each weighs, and which documents have the most of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from search import synonyms, words
from search.models import Entry, Frequency, Posting
from search.synonyms import Other, Pair

# How much one question may cost: postings are read rarest word first; of the word that is too common for what is left,
# only the documents with the highest weights are.
POSTINGS = 20_000
# Of these, so many for one word that was not written, but means the same.
POSTINGS_OF_SYNONYM = 2_000
MOST_WORDS = 100
RARITY_SCALE = 100
# A word that everybody writes, and another word for the same, against one that was written; and what repeating it adds.
WEAK, SYNONYM, REPEATED = 0.7, 0.4, 0.7
# So many are looked at first. Filters that leave too few of them are tried on all.
FIRST = 400
# Of these, so many times what is wanted are fetched at once, to see which pass the filters; then in larger steps.
LOOKED_THROUGH, AT_ONCE = 4, 2_000
TEXTS = ("body", "sections", "answer")


@dataclass(frozen=True)
class Lookup:
    """The words of one question.

    `rarity` is of each word that was asked with (highest, if the index has never seen it). `weights` are of these and
    of those in `synonyms`, and `chosen` are looked up: (stem, how many postings) each.
    """

    rarity: dict[str, int]
    weights: dict[str, int]
    chosen: tuple[tuple[str, int], ...]
    known: dict[str, int] = field(default_factory=dict)
    synonyms: Sequence[Other] = ()

    @property
    def strong(self) -> dict[str, int]:
        """The rarity of those that tell of a subject."""
        return {stem: rarity for stem, rarity in self.rarity.items() if not words.is_weak(stem)}


def look_up(stems: Iterable[str], *, tried: Iterable[Pair] = ()) -> Lookup:
    """Weigh `stems`, as often as they were written; the rarest first, up to the budget. For `tried` see `synonyms`."""
    in_order = list(stems)
    written = Counter(dict(Counter(in_order).most_common(MOST_WORDS)))
    found = synonyms.known(in_order, tried=tried)
    others = dict.fromkeys(stem for other in found for stem in other.stems if stem not in written)
    documents, frequency = _count([*written, *others])
    rarity = {stem: _rarity(frequency[stem], documents) for stem in (*written, *others)}
    weights = {
        stem: round(rarity[stem] * times**REPEATED * (WEAK if words.is_weak(stem) else 1))
        for stem, times in written.items()
    } | {stem: round(rarity[stem] * SYNONYM) for stem in others}
    chosen: list[tuple[str, int]] = []
    left = POSTINGS
    for count, stem in sorted((frequency[stem], stem) for stem in weights if frequency[stem]):
        if left <= 0:
            break
        read = min(count, left, POSTINGS_OF_SYNONYM if stem in others else POSTINGS)
        chosen.append((stem, read))
        left -= read
    return Lookup(
        rarity={stem: rarity[stem] for stem in written},
        weights=weights,
        chosen=tuple(chosen),
        known={stem: weight for stem, weight in weights.items() if frequency[stem]},
        synonyms=found,
    )


def by_words(lookup: Lookup, limit: int, only: dict[str, Any]) -> dict[int, Entry]:
    """At least `limit` documents with the most of these words, if there are as many, without their texts. `only` are
    filters on `Entry`."""
    if not lookup.chosen:
        return {}
    first = max(FIRST, limit)
    keys = best(lookup, first)
    found = _entries(keys, limit, only)
    if len(found) < limit and len(keys) == first:
        found |= _entries(best(lookup, POSTINGS)[first:], limit - len(found), only)
    return found


def _entries(rest: list[int], limit: int, only: dict[str, Any]) -> dict[int, Entry]:
    """The first `limit` of these that pass, without their texts."""
    found: dict[int, Entry] = {}
    # Mostly nearly all pass.
    together = LOOKED_THROUGH * limit
    while rest and len(found) < limit:
        some = Entry.objects.filter(**only).defer(*TEXTS).in_bulk(rest[:together])
        passed = [key for key in rest[:together] if key in some]
        found |= {key: some[key] for key in passed[: limit - len(found)]}
        rest = rest[together:]
        together = max(together, AT_ONCE)
    return found


def best(lookup: Lookup, limit: int) -> list[int]:
    """Keys of the documents with the highest sums, highest first, as far as the budget reads."""
    # One range of the index a word: comparing each posting with every word would take longer than reading it.
    of_word = (
        f"SELECT * FROM (SELECT entry_id, weight * %s AS part FROM {Posting._meta.db_table} "
        "WHERE word = %s ORDER BY weight DESC, entry_id DESC LIMIT %s) AS one"
    )
    ranges = " UNION ALL ".join(of_word for _ in lookup.chosen)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entry_id FROM ({ranges}) AS every "
            "GROUP BY entry_id ORDER BY SUM(part) DESC, entry_id DESC LIMIT %s",
            [value for stem, count in lookup.chosen for value in (lookup.weights[stem], stem, count)] + [limit],
        )
        return [key for (key,) in cursor.fetchall()]


def held(keys: Collection[int], stems: Collection[str]) -> dict[int, dict[str, int]]:
    """What each of these documents has of these words, and with which weight; nothing of one without any."""
    found: dict[int, dict[str, int]] = {}
    if not keys or not stems:
        return found
    # Always along the index of entries: a database that guesses how common these words are may read all their postings
    # instead, a hundred times as many. What is not the bare column, it cannot look up.
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT entry_id, word, weight FROM {Posting._meta.db_table} "
            f"WHERE entry_id IN ({_places(keys)}) AND word || '' IN ({_places(stems)})",
            [*keys, *stems],
        )
        for key, word, weight in cursor.fetchall():
            found.setdefault(key, {})[word] = weight
    return found


def _places(values: Collection[Any]) -> str:
    return ", ".join("%s" for _ in values)


def _rarity(count: int, documents: int) -> int:
    """The inverse document frequency of BM25, which is never negative."""
    return round(RARITY_SCALE * math.log(1 + max(0, documents - count + 0.5) / (count + 0.5)))


def _count(stems: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many documents there are, and how many hold each of `stems`: as the worker counted, or now, up to a limit."""
    counted = f"SELECT COUNT(*) FROM (SELECT 1 FROM {Posting._meta.db_table} WHERE word = %s LIMIT %s) AS found"
    in_all = f"SELECT COUNT(*) FROM (SELECT 1 FROM {Entry._meta.db_table} LIMIT %s) AS found"
    known = f"SELECT documents FROM {Frequency._meta.db_table} WHERE word = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                [
                    f"SELECT '', COALESCE(({known}), ({in_all}))",
                    *(f"SELECT %s, COALESCE(({known}), ({counted}))" for _ in stems),
                ]
            ),
            ["", POSTINGS, *(value for stem in stems for value in (stem, stem, stem, POSTINGS))],
        )
        counts = dict(cursor.fetchall())
    return counts.pop(""), counts
