"""Which words mean the same as others: what somebody says, and how it is called here.

Pairs are rows (`search.models.Synonym`). They are heeded when somebody looks, and no document is indexed anew for them.
A pair counts both ways and leads one step: what it adds leads no further, so pairs may form circles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import uuid4

from django.core.cache import cache
from django.db import transaction

from search import words
from search.models import Synonym

KEY = "synonyms"
# In seconds. Where processes share a cache, a change counts at once; where not, each looks again after so long.
REMEMBERED = 60
# Words that search looks for: of a side of a pair; and how much all pairs together add to one search.
MOST_WORDS, MOST_ADDED, MOST_WORDS_ADDED = 5, 8, 16

Pair = tuple[str, str]
Stems = tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another wording of something that was asked, as its pair has it; the stems it has, and those it stands for.

    A document has it if it holds every stem.
    """

    wording: str
    stems: Stems
    said: Stems


class Lexicon:
    """Pairs, ready to be looked up."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._others: dict[Stems, dict[Stems, str]] = {}
        for pair in pairs:
            for said, called in (pair, pair[::-1]):
                one, other = tuple(words.stems(said)), tuple(words.stems(called))
                if one and other and one != other:
                    self._others.setdefault(one, {}).setdefault(other, called)

    def known(self, stems: Sequence[str]) -> Iterator[Other]:
        """What is said otherwise of `stems`, in their order; of phrases that begin in one place the longest counts."""
        place = 0
        while place < len(stems):
            for length in range(MOST_WORDS, 0, -1):
                said = tuple(stems[place : place + length])
                if len(said) == length and said in self._others:
                    yield from (Other(wording, other, said) for other, wording in self._others[said].items())
                    place += length - 1
                    break
            place += 1


def known(stems: Sequence[str], *, tried: Iterable[Pair] = ()) -> list[Other]:
    """Other wordings of what somebody asked with, in the order in which they asked; `tried` are pairs not yet saved."""
    asked = set(stems)
    found: dict[Stems, Other] = {}
    added: set[str] = set()
    # What is only tried comes first, so that nothing takes its room.
    for lexicon in (Lexicon(tried), current()):
        for other in lexicon.known(stems):
            new = set(other.stems) - asked - added
            if not new or other.stems in found:
                continue
            if len(found) == MOST_ADDED or len(added) + len(new) > MOST_WORDS_ADDED:
                return list(found.values())
            found[other.stems] = other
            added |= new
    return list(found.values())


def current() -> Lexicon:
    """The pairs that count on this site now."""
    return _lexicon(cache.get_or_set(KEY, lambda: uuid4().hex, REMEMBERED))


@lru_cache(maxsize=1)
def _lexicon(stamp: str) -> Lexicon:
    """The pairs as they are when a process first meets this stamp: a change gives out another one."""
    return Lexicon(Synonym.objects.filter(is_active=True).order_by("pk").values_list("said", "called"))


@transaction.atomic
def save(pair: Synonym) -> None:
    """Keep a pair, new or changed. Whoever searches from now on finds with it, or without it if it is out of use."""
    pair.save()
    transaction.on_commit(lambda: cache.delete(KEY))
