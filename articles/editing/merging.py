"""Two editors saved at once: what of it goes together by itself, and what the second one decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from articles.editing.changes import in_words, said_of
from articles.models import Revision
from core.differences import Piece, compare
from core.merging import merge

SETTLE = "settle-"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
# Parts of several lines, of which both can be kept.
LONG = ("standfirst", "key_points", "body", "help_emergency", "help_soon", "help_visit", "lay_words", "pins")


@dataclass(frozen=True)
class Clash:
    """A part that both changed: what they did, and what the form would. `choice` names the field that settles it."""

    label: str
    choice: str
    theirs: Sequence[Piece]
    mine: Sequence[Piece]
    ways: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Merged:
    """`values`: what the form goes on with, by part; `taken`: names of parts in which something of theirs came in;
    `are_sources_theirs`: whether they changed the list that numbers in the text refer to."""

    values: Mapping[str, Any]
    taken: Sequence[str]
    clashes: Sequence[Clash]
    are_sources_theirs: bool


def put_together(names: Sequence[str], *, base: Revision, theirs: Revision, mine: Mapping[str, Any]) -> Merged:
    """`mine` is what the form says of each of `names`, rows of other tables as such, sources as a list."""
    values: dict[str, Any] = {}
    taken: list[str] = []
    clashes: list[Clash] = []
    parts = said_of(theirs)
    for name in names:
        before, their, my = getattr(base, name), getattr(theirs, name), mine[name]
        if their in (before, my):
            continue
        label = parts[name][0]
        together = their if my == before else _together(name, before, my, their)
        if together is not None:
            values[name] = together
            taken.append(label)
        else:
            clashes.append(_clash(name, label, before, my, their))
    return Merged(values, taken, clashes, are_sources_theirs=base.sources != theirs.sources)


def settled(name: str, choice: str, *, theirs: Revision, mine: Any) -> Any:
    """What becomes of a part in which two texts clashed."""
    their = getattr(theirs, name)
    if choice == THEIRS:
        return their
    if choice == BOTH and name in LONG and their not in mine:
        return f"{mine}\n\n{their}" if name == "body" else f"{mine}\n{their}"
    return mine


def _together(name: str, before: Any, my: Any, their: Any) -> str | None:
    if name not in LONG:
        return None
    together = merge(f"{before}\n", f"{my}\n", f"{their}\n")
    return None if together is None else together.rstrip("\n")


def _clash(name: str, label: str, before: Any, my: Any, their: Any) -> Clash:
    words_before, my_words, their_words = (_words(name, value) for value in (before, my, their))
    ways = [(MINE, _("Mine")), (THEIRS, _("Theirs"))]
    if name in LONG:
        ways.append((BOTH, _("Both: mine, and theirs below it")))
    return Clash(label, SETTLE + name, compare(words_before, their_words), compare(words_before, my_words), ways)


def _words(name: str, value: Any) -> str:
    if name == "sources":
        return in_words(value)
    return "" if value is None else str(value)


def as_typed(value: Any) -> str:
    """A value as the field of a form has it."""
    return str(value.pk) if isinstance(value, Model) else ("" if value is None else str(value))


def choice_in(form: forms.BaseForm, name: str) -> str:
    return str(form.data.get(SETTLE + name, MINE))
