"""
Watched terms: how one is written, and where texts have it.

    fake cure           these words, one after the other, capital or not, whatever stands between them
    tramadol*           a word that begins so
    (buy|order|get)     one of these words, each with * if wished

There are no other signs and no gaps, so that the time to look grows with the words of the text and of the term,
whatever both say.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from moderation.models import WatchedTerm

KEY = "watched-terms"
# In seconds; a change is heeded at once.
REMEMBERED = 600
MOST_WORDS, MOST_CHOICES, LEAST_LETTERS = 8, 20, 3
# Of one term in one text.
MOST_PLACES = 10

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_JOINTS = set("*-.,'’/&_ ")
_PIECE = re.compile(r"\(([^()]*)\)|([^\s()|]+)|(\S)")
_SITE = re.compile(r"(?=.{4,100}\Z)[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")

# For each word of a term, what may stand there; with * at the end, how it begins.
Slots = tuple[frozenset[str], ...]
Span = tuple[int, int]


class Unreadable(ValueError):
    """A term that is not written as terms are; says what to do."""


@dataclass(frozen=True)
class Term:
    """A row as the screener has it."""

    id: int
    term: str
    action: str
    to_author: str


def slots_of(term: str) -> Slots:
    """Raises Unreadable."""
    slots: list[frozenset[str]] = []
    for choices, word, sign in _PIECE.findall(term):
        if sign:
            raise Unreadable(_("Please close each bracket, and use “|” only inside brackets."))
        if word:
            slots += [frozenset({piece}) for piece in _words(word)]
            continue
        said = [_words(choice) for choice in choices.split("|")]
        if any(len(words) != 1 for words in said) or len(said) > MOST_CHOICES:
            raise Unreadable(_("Inside brackets stand single words with “|” between them, at most %d.") % MOST_CHOICES)
        slots.append(frozenset(words[0] for words in said))
    if not 0 < len(slots) <= MOST_WORDS:
        raise Unreadable(_("A term has at least one word, and at most %d.") % MOST_WORDS)
    return tuple(slots)


def site_of(term: str) -> str:
    """The site whose links are blocked. Raises Unreadable."""
    site = term.strip().casefold().removeprefix("www.")
    if not _SITE.fullmatch(site):
        raise Unreadable(_("Please write the name of a site only, such as pills.example."))
    return site


def check(term: str, action: str) -> None:
    """Raises Unreadable, with what to do, if a term cannot be used for that."""
    if action == WatchedTerm.Action.BLOCK_LINK:
        site_of(term)
    else:
        slots_of(term)


def places(terms: Iterable[str], text: str) -> Iterator[tuple[str, Span]]:
    """Each term where `text` has it, at most `MOST_PLACES` times each."""
    found: dict[str, int] = defaultdict(int)
    beginnings = _by_beginning(tuple(terms))
    words = [(_plain(said[0]), said.span()) for said in _WORD.finditer(text)]
    for place, (word, (start, _end)) in enumerate(words):
        for term, slots in beginnings.get(word[:LEAST_LETTERS], ()):
            stretch = words[place : place + len(slots)]
            if found[term] == MOST_PLACES or len(stretch) < len(slots):
                continue
            if all(_fits(word, slot) for (word, _span), slot in zip(stretch, slots, strict=True)):
                found[term] += 1
                yield term, (start, stretch[-1][1][1])


def leads_to(url: str, site: str) -> bool:
    """Whether a link leads to `site` or to what is below it."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".").casefold()
    except ValueError:
        return False
    return host == site or host.endswith(f".{site}")


def named(site: str, text: str) -> list[Span]:
    """Where a text names a site or what is below it, as a link or not. In the path of another site it is not named."""
    written = re.compile(rf"(?:(?<![\w/-])|(?<=//)){re.escape(site)}(?![\w-])(?!\.\w)", re.IGNORECASE)
    return [found.span() for found in islice(written.finditer(text), MOST_PLACES)]


def in_use() -> Sequence[Term]:
    """The terms in use, remembered for a while."""
    rows = cache.get(KEY)
    if rows is None:
        rows = list(WatchedTerm.objects.filter(is_active=True).values_list("pk", "term", "action", "to_author"))
        cache.set(KEY, rows, REMEMBERED)
    return [Term(*row) for row in rows]


@transaction.atomic
def save(term: WatchedTerm) -> None:
    """Store a term; what is sent from now on is looked at with it. Raises Unreadable."""
    check(term.term, term.action)
    term.save()
    transaction.on_commit(lambda: cache.delete(KEY))


@lru_cache(maxsize=8)
def _by_beginning(terms: tuple[str, ...]) -> dict[str, list[tuple[str, Slots]]]:
    """The terms by the first letters that a word needs to begin one of them: few words begin any."""
    beginnings: dict[str, list[tuple[str, Slots]]] = defaultdict(list)
    for term in terms:
        slots = slots_of(term)
        for beginning in {choice.removesuffix("*")[:LEAST_LETTERS] for choice in slots[0]}:
            beginnings[beginning].append((term, slots))
    return dict(beginnings)


def _fits(word: str, slot: frozenset[str]) -> bool:
    return word in slot or any(word.startswith(choice[:-1]) for choice in slot if choice.endswith("*"))


def _words(piece: str) -> list[str]:
    """The plain words of a piece of a term; the last keeps its *."""
    if set(_WORD.sub("", piece)) - _JOINTS:
        raise Unreadable(_("Only words, “*” and brackets with “|” between words mean something here."))
    begins = piece.endswith("*")
    words = [_plain(word) for word in _WORD.findall(piece)]
    if "*" in piece[:-1] or (begins and (not words or len(words[-1]) < LEAST_LETTERS)):
        raise Unreadable(_("“*” stands at the end of a word, behind at least %d letters.") % LEAST_LETTERS)
    return [*words[:-1], words[-1] + "*"] if begins else words


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).replace("’", "'").casefold()
