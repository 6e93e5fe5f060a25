"""The port to whoever keeps the telephone numbers of people who help at once. Named in `settings.SUPPORT`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise

from core import countries

# Nobody writes more before they look up; of a longer text the rest is not looked at.
LOOKED_AT = 25_000


@dataclass(frozen=True)
class Line:
    """A number to call. `is_fresh`: one of us has checked it, on `checked_on`, and not too long ago."""

    kind: str
    name: str
    number: str
    hours: str
    languages: str
    page: str
    checked_on: date | None
    is_fresh: bool

    @property
    def dial(self) -> str:
        """As a telephone takes it."""
        return re.sub(r"[^0-9+]", "", self.number)


@dataclass(frozen=True)
class Purpose:
    """What numbers other than those for emergencies are for, in words, and the numbers; fresh ones first."""

    words: str | Promise
    lines: Sequence[Line]


@dataclass(frozen=True)
class Numbers:
    """What there is in one country. Only below an emergency number is anything shown that is not fresh."""

    emergency: Sequence[Line]
    others: Sequence[Purpose]


@dataclass(frozen=True)
class Panel:
    """What is said to somebody whose words tell of distress, and whom they can call.

    `kind` is one of emergency, crisis, hurt, harm. `unchecked` numbers stand below those for emergencies only.
    """

    kind: str
    country: str
    is_guessed: bool
    emergency: Sequence[Line]
    lines: Sequence[Line]
    unchecked: Sequence[Line]


class Support(Protocol):
    def numbers(self, country: str) -> Numbers:
        """All that is shown for a country."""

    def emergency_numbers(self) -> Mapping[str, Sequence[Line]]:
        """Those of every country that we know of."""

    def panels(self, text: str, *, country: str, is_guessed: bool, is_reply: bool) -> Sequence[Panel]:
        """What to say at once to whoever wrote `text`; mostly nothing. Nothing of it is stored."""

    def is_kept_off_mail(self, text: str) -> bool:
        """Whether a mail about `text` could put its author in danger, should somebody else read it."""

    def is_private(self, text: str) -> bool:
        """Whether `text` tells of somebody in danger, or has details by which somebody could be found: not even how
        often it was written is kept."""


def desk() -> Support:
    return cast(Support, import_module(settings.SUPPORT))


def panels_for(request: HttpRequest, text: str, *, is_reply: bool = False) -> Sequence[Panel]:
    """What to say at once to whoever is writing `text` on a page. Nothing is stored of it, nor that it was shown."""
    if not text.strip():
        return ()
    country, is_guessed = countries.of(request)
    return desk().panels(text[:LOOKED_AT], country=country, is_guessed=is_guessed, is_reply=is_reply)
