"""What an editor may want to look at in a text again: how hard it reads, what alarms, what readers would call it.

Nothing here keeps a text from anybody. All of it is about English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import HELP_PARTS, Revision
from articles.rendering import points
from core import markdown
from core.text import excerpt
from search import synonyms, words

# Of words: with fewer, a reading level says nothing.
FEWEST = 100
# As school years of the United States; the child is five years older. What is meant for everybody stays below.
HARD = 9
LONG_SENTENCE = 25
# Of each kind, so that the list can be read; and characters of what is quoted.
MOST, QUOTED = 5, 90

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_SOURCE = re.compile(r"\[\^\d+\]")
_ALARMING = re.compile(
    r"\b(?:cancers?|tumou?rs?|strokes?|heart attacks?|sepsis|meningitis|paraly\w+|life-threatening|fatal|deadly|deaths?"
    r"|die[sd]?|dying|ha?emorrhages?|blindness|coma|seizures?|overdoses?|suicid\w+|aneurysms?|blood clots?|poisoning"
    r"|organ failure|amputat\w+)\b",
    re.IGNORECASE,
)
_NEXT_STEP = re.compile(
    r"\b(?:call|phone|ring|see (?:a|an|your|the)|talk(?:ing)? to|speak to|tell (?:a|your|the)|ask (?:a|your|the|for)"
    r"|go to|get help|contact|visit|do not wait|emergency number|emergency department|ambulance|112|999|911"
    r"|make an appointment)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Notes:
    """What was noticed of one kind, under the name that editors read."""

    label: str
    sentences: Sequence[str]


def notes_on(text: Revision) -> list[Notes]:
    """What is noticed in the words of `text`, by kind; kinds without anything are left out."""
    found = [
        Notes(_("How it reads"), _reading(text)),
        Notes(_("Long sentences"), list(_long_sentences(text))),
        Notes(_("Alarming, and nothing to do about it"), list(_alarming(text))),
        Notes(_("Everyday words"), list(_everyday_words(text))),
    ]
    return [notes for notes in found if notes.sentences]


def school_year(text: str) -> float | None:
    """The school year in which a text reads well; None if it is too short to tell.

    The index of M. Coleman and T. L. Liau, "A computer readability formula designed for machine scoring", Journal of
    Applied Psychology 60 (1975): 0.0588 L - 0.296 S - 15.8, with L letters and S sentences to 100 words. It counts
    no syllables, which needs a dictionary.
    """
    found = _WORD.findall(text)
    if len(found) < FEWEST:
        return None
    letters = sum(map(str.isalnum, "".join(found)))
    sentences = sum(1 for _sentence in _sentences(text))
    return 0.0588 * letters / len(found) * 100 - 0.296 * sentences / len(found) * 100 - 15.8


# Each kind


def _reading(text: Revision) -> list[str]:
    year = school_year(_said(text))
    if year is None:
        return []
    age = max(round(year) + 5, 6)
    if year > HARD:
        return [_("It reads like a text for people of %d years or more. Shorter sentences and words help.") % age]
    return [_("It reads well from about %d years on.") % age]


def _long_sentences(text: Revision) -> Iterator[str]:
    long = [sentence for sentence in _sentences(_said(text)) if len(_WORD.findall(sentence)) > LONG_SENTENCE]
    for sentence in long[:MOST]:
        yield _("%(count)d words: “%(sentence)s”") % {
            "count": len(_WORD.findall(sentence)),
            "sentence": excerpt(sentence.strip(), QUOTED),
        }
    if len(long) > MOST:
        yield _("And %d more.") % (len(long) - MOST)


def _alarming(text: Revision) -> Iterator[str]:
    """Sections that name something dreadful and no step that a reader could take."""
    if any(points(getattr(text, part)) for part in HELP_PARTS):
        sections = _sections(text.body)
    else:
        sections = [_said(text)]
    found = 0
    for section in sections:
        alarm = _ALARMING.search(section)
        if alarm is None or _NEXT_STEP.search(section):
            continue
        found += 1
        if found <= MOST:
            yield _("“%(word)s” stands in a part that says no next step: “%(part)s”") % {
                "word": alarm[0],
                "part": excerpt(section.strip(), QUOTED),
            }


def _everyday_words(text: Revision) -> Iterator[str]:
    """Other wordings of what the title and the headings name, which the article says nowhere."""
    if not text.lay_words.strip():
        yield _("There are none yet. What would somebody type who looks for this?")
    named = "\n".join([text.title, *(heading["text"] for heading in text.contents)])
    said = set(words.stems("\n".join([_said(text), text.title, text.lay_words])))
    others = [other for other in synonyms.known(words.stems(named)) if not set(other.stems) <= said]
    if others:
        yield _("People also say: %s.") % ", ".join(f"“{other.wording}”" for other in others[:MOST])


# Parts


def _said(text: Revision) -> str:
    parts = [text.standfirst, *points(text.key_points), markdown.plain(text.body)]
    parts += [point for part in HELP_PARTS for point in points(getattr(text, part))]
    return _SOURCE.sub("", "\n".join(parts))


def _sections(body: str) -> list[str]:
    """The text under each heading, and what stands before the first."""
    return [_SOURCE.sub("", markdown.plain(part)) for part in re.split(r"(?m)^#{1,6} ", body)]


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (found[0] for found in _SENTENCE.finditer(line) if _WORD.search(found[0]))
