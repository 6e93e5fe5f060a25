"""Two editors saved a text at once: what goes together by itself, and what the second one chooses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from articles.editing.changes import in_words
from core.differences import Piece, compare
from core.merging import merge

SETTLE = "settle-"
MINE, THEIRS, BOTH = "mine", "theirs", "both"
# Parts of several lines, of which both can be kept.
LONG = ("standfirst", "notice", "key_points", "body", "help_emergency", "help_soon", "help_visit", "lay_words", "pins")


@dataclass(frozen=True)
class Clash:
    """A part that both changed: what they did, and what the form would. `choice` names the field that settles it."""

    label: str | Promise
    choice: str
    theirs: Sequence[Piece]
    mine: Sequence[Piece]
    ways: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Merged:
    """`values`: what the form goes on with, by part; `taken`: names of parts in which something of theirs came in;
    `are_sources_theirs`: whether they changed the list that numbers in the text refer to."""

    values: Mapping[str, Any]
    taken: Sequence[str | Promise]
    clashes: Sequence[Clash]
    are_sources_theirs: bool


class MergingForm(forms.BaseForm):
    """A form of a text that is kept in numbered revisions, of which somebody else may have saved one meanwhile.

    Its field `based_on` has the number of the one that it began with.
    """

    # What whoever was slower is told: with `name`, `number` and `time`.
    overtaken: Any
    overtaken_by: Any = None
    merged: Merged | None = None

    def merge(self, said: dict[str, Any], labels: Mapping[str, str | Promise], *, began: Any, latest: Any) -> None:
        """Never write over what somebody saved meanwhile: what goes together is put together, the rest is asked.

        `labels`: the parts of the text, with what editors call them; `began`: the text that the form began with, None
        if nobody knows. What was chosen last time is between the form and that text, whoever saved since.
        """
        for name in [name for name in labels if name in said and began is not None]:
            self.go_on_with(said, name, settled(name, choice_in(self, name), theirs=began, mine=said[name]))
        if began == latest:
            return
        parts = {name: label for name, label in labels.items() if name in said}
        self.overtaken_by = latest
        self.merged = put_together(parts, base=began or latest, theirs=latest, mine=said)
        for name, value in self.merged.values.items():
            self.go_on_with(said, name, value)
        self.show_again("based_on", latest.number)
        when = date_format(timezone.localtime(latest.created_at), "j F, H:i")
        self.add_error(None, self.overtaken % {"name": latest.written_by, "number": latest.number, "time": when})

    def go_on_with(self, said: dict[str, Any], name: str, value: Any) -> None:
        if value == said[name]:
            return
        said[name] = value
        self.show_again(name, as_typed(value))
        if isinstance(value, str):
            # Two texts together may be more than one may be.
            try:
                said[name] = self.fields[name].clean(value)
            except forms.ValidationError as error:
                self.add_error(name, error)

    def show_again(self, name: str, value: object) -> None:
        self.data = self.data.copy()
        self.data[name] = value


def put_together(labels: Mapping[str, str | Promise], *, base: Any, theirs: Any, mine: Mapping[str, Any]) -> Merged:
    """`mine` is what the form says of each part, rows of other tables as such, sources as a list."""
    values: dict[str, Any] = {}
    taken: list[str | Promise] = []
    clashes: list[Clash] = []
    for name, label in labels.items():
        before, their, my = getattr(base, name), getattr(theirs, name), mine[name]
        if their in (before, my):
            continue
        together = their if my == before else _together(name, before, my, their)
        if together is not None:
            values[name] = together
            taken.append(label)
        else:
            clashes.append(_clash(name, label, before, my, their))
    are_sources_theirs = "sources" in labels and base.sources != theirs.sources
    return Merged(values, taken, clashes, are_sources_theirs)


def settled(name: str, choice: str, *, theirs: Any, mine: Any) -> Any:
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


def _clash(name: str, label: str | Promise, before: Any, my: Any, their: Any) -> Clash:
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
