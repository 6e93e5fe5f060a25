"""How a document that was found is shown: its kind in words, the sentence that fits, and why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import words
from search.models import Entry
from search.ranking import Match
from search.sentences import LONGEST, Part, Quote, best, parts, quotes, shorten


@dataclass(frozen=True)
class Hit:
    """`matched` are words as they were typed; `also_called` is another word for the same that the page uses.

    `sentence` is empty where none may stand alone, and `stands_on` says what it rests on, if it answers anything.
    """

    kind: str
    object_id: int
    url: str
    title: str
    published_at: datetime
    topic: str = ""
    topic_name: str = ""
    section: str = ""
    sentence: str = ""
    parts: Sequence[Part] = ()
    stands_on: str = ""
    matched: Sequence[str] = ()
    also_called: str = ""
    answers_count: int = 0
    helped: bool = False
    clinician: bool = False
    reviewed: bool = False
    emergency: bool = False

    @property
    def label(self) -> str:
        """The kind in words, with what is known of it."""
        if self.kind == "article":
            return _("Reviewed article") if self.reviewed else _("Article")
        answers = ngettext("%(count)d answer", "%(count)d answers", self.answers_count) % {"count": self.answers_count}
        said = [_("Question"), answers if self.answers_count else _("no answers yet")]
        if self.helped:
            said.append(_("helped the asker"))
        return " · ".join(said)


def plain(entry: Entry) -> Hit:
    """`entry` without a sentence, for lists."""
    return Hit(**_facts(entry))


def with_snippet(match: Match, rarity: Mapping[str, int], asked: Mapping[str, str]) -> Hit:
    """For the search page: the sentence that fits best, wherever it stands, cut if it is long."""
    entry = match.entry
    return _hit(match, best([*quotes(entry.answer, rarity, answers=True), *_text(entry, rarity)]), rarity, asked)


def with_answer(match: Match, rarity: Mapping[str, int], asked: Mapping[str, str]) -> Hit:
    """For a suggestion: a whole sentence that may answer. Of an article any, of a question only of its answer."""
    entry = match.entry
    # Among sentences without any of the words, one that speaks of what the title names.
    named = [stem for stem in words.stems(entry.title) if not words.is_weak(stem)]
    wanted = dict.fromkeys(named, 1) | {stem: 10 * weight for stem, weight in rarity.items()}
    found = [*quotes(entry.answer, wanted, answers=True), *(_text(entry, wanted) if entry.kind == "article" else ())]
    return _hit(match, best(quote for quote in found if len(quote.text) <= LONGEST), rarity, asked)


def with_section(match: Match, rarity: Mapping[str, int], asked: Mapping[str, str]) -> Hit | None:
    """For the article that somebody has just read: the section on what its title does not name; None without one."""
    title = set(words.stems(match.entry.title))
    new = {stem: weight for stem, weight in rarity.items() if stem not in title}
    found = best(quote for quote in _text(match.entry, new) if quote.anchor and len(quote.text) <= LONGEST)
    return _hit(match, found, rarity, asked) if found and found.score else None


def texts_of(entry: Entry) -> list[str]:
    """All that is looked through, piece by piece."""
    sections = (text for section in entry.sections for text in (section["title"], section["text"]))
    return [entry.title, *entry.synonyms.splitlines(), entry.answer, entry.body, *sections]


def _text(entry: Entry, rarity: Mapping[str, int]) -> Iterator[Quote]:
    answers = entry.kind == "article"
    yield from quotes(entry.body, rarity, answers=answers)
    for section in entry.sections:
        yield from quotes(section["text"], rarity, answers=answers, anchor=section["anchor"], section=section["title"])


def _hit(match: Match, quote: Quote | None, rarity: Mapping[str, int], asked: Mapping[str, str]) -> Hit:
    entry = match.entry
    matched, also_called = _why(match, rarity, asked)
    facts = _facts(entry) | {"matched": matched, "also_called": also_called}
    if quote is None:
        return Hit(**facts)
    sentence = shorten(quote.text, rarity)
    return Hit(
        **facts
        | {
            "url": f"{entry.url}#{quote.anchor}" if quote.anchor else entry.url,
            "section": quote.section,
            "sentence": sentence,
            "parts": parts(sentence, asked),
            "stands_on": entry.stands_on if quote.answers else "",
        }
    )


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        name: getattr(entry, name)
        for name in (
            "kind", "object_id", "url", "title", "published_at", "topic", "topic_name",
            "answers_count", "helped", "clinician", "reviewed", "emergency",
        )
    }  # fmt: skip


def _why(match: Match, rarity: Mapping[str, int], asked: Mapping[str, str]) -> tuple[list[str], str]:
    """The words that led here, as they were typed, and how it is called here: what is called so, else all in common."""
    text = _all_of(match.entry) if match.synonyms else ""
    for other in match.synonyms:
        if re.search(rf"(?<!\w){re.escape(other.wording)}s?(?!\w)", text, re.IGNORECASE):
            return [written for stem, written in asked.items() if stem in other.said], other.wording
    led = (match.stems & rarity.keys()) | {stem for other in match.synonyms for stem in other.said}
    return [written for stem, written in asked.items() if stem in led], ""


def _all_of(entry: Entry) -> str:
    return "\n".join([entry.title, entry.answer, entry.body, *(section["text"] for section in entry.sections)])
