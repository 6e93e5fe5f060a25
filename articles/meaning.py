"""Which words of a medical text carry its meaning, so that whoever changes one needs a reviewer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

# What such a word is called.
KINDS = {
    "number": _("a number"),
    "unit": _("a unit or a time"),
    "medicine": _("a medicine or a treatment"),
    "condition": _("a condition, a symptom or who it is about"),
    "turn": _("a word that turns the meaning"),
    "join": _("a word that joins others"),
    "subject": _("what this article is about"),
    "sign": _("a sign or an abbreviation"),
}
# Of a word that begins or ends so, what it is.
_BEGINS, _ENDS = "begins", "ends"
# Signs that only set off words. Every other one says something.
FORM = frozenset(".,;:!…'’‘\"“”„()[]-‐‑–—*_")
# Bounded, so that a row of signs takes no time.
_NUMBER = r"[^\w\s]{0,20}\d(?:[\d.,:/×^–-]*\d)?"
_TOKEN = re.compile(rf"{_NUMBER}|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")


@dataclass(frozen=True)
class Token:
    """A word, a number or a sign. `kind`: which meaning it carries, one of `KINDS`; empty if none by itself."""

    text: str
    kind: str = ""

    @property
    def is_form(self) -> bool:
        return not self.kind and all(sign in FORM for sign in self.text)


def tokens(text: str, *, subject: frozenset[str] = frozenset()) -> list[Token]:
    """`subject`: what else carries meaning here, in small letters."""
    return [_token(found, subject) for found in _TOKEN.findall(unicodedata.normalize("NFKC", text))]


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text))
    return [word.casefold() for word in found if word[0].isalpha()]


def unseen(text: str) -> list[str]:
    """Signs that nobody sees, which could make a word look like another."""
    return [
        sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn", "Cs") and sign not in "\n\r\t"
    ]


def _token(text: str, subject: frozenset[str]) -> Token:
    word = text.casefold().replace("’", "'")
    if any(unicodedata.category(sign)[0] == "N" for sign in text):
        return Token(text, "number")
    if not text[0].isalpha():
        # A question is no statement, and a sign such as % or < is part of a value.
        return Token(text) if text in FORM else Token(text, "turn" if text == "?" else "sign")
    if kind := _kind(word):
        return Token(word, kind)
    if word in subject or word.removesuffix("s") in subject:
        return Token(word, "subject")
    if (len(text) > 1 and text.isupper()) or not _is_latin(text):
        return Token(text, "sign")
    return Token(word)


@cache
def _kind(word: str) -> str:
    lists = _lists()
    for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("'s")):
        if form in lists:
            return lists[form]
    if word.endswith(("n't", "nt")) and word.removesuffix("t").removesuffix("'").removesuffix("n") in lists:
        return "turn"
    if any(form.endswith(_affixes()[_ENDS]) for form in (word, word.removesuffix("s"))) or (
        len(word) > 6 and word.startswith(_affixes()[_BEGINS])
    ):
        return "condition"
    return ""


def _is_latin(word: str) -> bool:
    return all(
        sign.isascii() or unicodedata.combining(sign) for sign in unicodedata.normalize("NFKD", word) if sign != "’"
    )


@cache
def _sections() -> Mapping[str, tuple[str, ...]]:
    sections: dict[str, list[str]] = {}
    for line in (Path(__file__).parent / "rules_data" / "meaning.txt").read_text().splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif line and not line.startswith("#"):
            sections.setdefault(name, []).extend(unicodedata.normalize("NFKC", line).split())
    return {name: tuple(listed) for name, listed in sections.items()}


@cache
def _lists() -> Mapping[str, str]:
    return {word: name for name, listed in _sections().items() if name in KINDS for word in reversed(listed)}


@cache
def _affixes() -> Mapping[str, tuple[str, ...]]:
    return {name: listed for name, listed in _sections().items() if name in (_BEGINS, _ENDS)}
