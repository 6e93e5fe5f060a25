"""Who helps at once, as pages show it: the support lines, remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.core.cache import cache

from core.countries import COUNTRIES
from core.support import Line, Numbers, Panel, Purpose
from moderation.details import details_in
from moderation.distress import Kind, kinds_in
from moderation.models import SupportLine

KEY = "support_lines"
# In seconds; a correction is seen at once.
REMEMBERED = 60
_COLUMNS = ("country", "kind", "name", "number", "hours", "languages", "page", "checked_on")
_Kind = SupportLine.Kind
# By panel, in their order: the kinds of distress that it answers, each with the kinds of lines that are for it.
PANELS = {
    "emergency": {Kind.EMERGENCY: ()},
    "crisis": {Kind.SELF_HARM: (_Kind.CRISIS,)},
    "hurt": {Kind.CHILD: (_Kind.CHILD, _Kind.ABUSE), Kind.ABUSE: (_Kind.ABUSE, _Kind.CHILD)},
    "harm": {Kind.HARM: (_Kind.CRISIS,)},
}


def numbers(country: str) -> Numbers:
    """All that is shown for a country."""
    by_kind = _of(country)
    others = [
        Purpose(kind.label, sorted(by_kind[kind], key=lambda line: not line.is_fresh))
        for kind in _Kind
        if kind != _Kind.EMERGENCY and by_kind[kind]
    ]
    return Numbers(by_kind[_Kind.EMERGENCY], others)


def emergency_numbers() -> Mapping[str, Sequence[Line]]:
    """Those of every country that we know of."""
    found = {country: [line for line in lines if line.kind == _Kind.EMERGENCY] for country, lines in _lines().items()}
    return {country: lines for country, lines in found.items() if lines}


def panels(text: str, *, country: str, is_guessed: bool, is_reply: bool) -> Sequence[Panel]:
    """What to say at once to whoever wrote `text`."""
    kinds = kinds_in(text, is_reply=is_reply)
    if not kinds:
        return ()
    names = [name for name, answered in PANELS.items() if not answered.keys().isdisjoint(kinds)]
    # Whom to call is the same, and "I want to kill myself" is often both: nobody in despair is called a danger.
    if "crisis" in names and "harm" in names:
        names.remove("harm")
    return [panel(name, country, is_guessed=is_guessed, kinds=kinds) for name in names]


def panel(name: str, country: str, *, is_guessed: bool, kinds: Collection[Kind]) -> Panel:
    """One of PANELS, with the lines of a country for these kinds of distress."""
    by_kind = _of(country)
    answered = PANELS[name]
    purposes = dict.fromkeys(purpose for kind in answered if kind in kinds for purpose in answered[kind])
    lines = [line for purpose in purposes for line in by_kind[purpose]]
    return Panel(
        kind=name,
        country=str(COUNTRIES.get(country, "")),
        is_guessed=is_guessed,
        emergency=by_kind[_Kind.EMERGENCY],
        lines=[line for line in lines if line.is_fresh],
        unchecked=[line for line in lines if not line.is_fresh],
    )


def is_kept_off_mail(text: str) -> bool:
    """Whether somebody is being hurt: whoever hurts them may read their mail."""
    return not {Kind.ABUSE, Kind.CHILD}.isdisjoint(kinds_in(text))


def is_private(text: str) -> bool:
    """Whether it tells of somebody in danger, or has personal details."""
    return bool(kinds_in(text) or details_in(text))


def forget() -> None:
    """Look the lines up anew: one was corrected."""
    cache.delete(KEY)


def _of(country: str) -> dict[str, list[Line]]:
    by_kind: dict[str, list[Line]] = defaultdict(list)
    for line in _lines().get(country, ()):
        by_kind[line.kind].append(line)
    return by_kind


def _lines() -> dict[str, list[Line]]:
    remembered = cache.get(KEY)
    if remembered is None:
        remembered = list(SupportLine.objects.shown().in_order().values_list(*_COLUMNS))
        cache.set(KEY, remembered, REMEMBERED)
    stale_before = SupportLine.stale_before()
    by_country: dict[str, list[Line]] = defaultdict(list)
    for country, *words, checked_on in remembered:
        by_country[country].append(Line(*words, checked_on=checked_on, is_fresh=_is_fresh(checked_on, stale_before)))
    return by_country


def _is_fresh(checked_on: date | None, stale_before: date) -> bool:
    return checked_on is not None and checked_on >= stale_before
