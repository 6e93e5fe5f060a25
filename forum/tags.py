"""What a tag may be called, and how several are typed: as words with commas between."""

from __future__ import annotations

import re

from django.utils.text import slugify

MOST = 5
SHORTEST, LONGEST = 2, 40
# Letters, digits, and what joins them; no sign that an address is made of.
_NAME = re.compile(r"[^\W_]+(?:[ '’+-]{1,2}[^\W_]+)*\+?")
# "Covid-19", "vitamin B12" and "omega-3" are words, a phone number is none.
_DIGITS = 4


def split(typed: str) -> list[str]:
    """The names in what was typed, each once; two spellings with one slug are one name."""
    names: dict[str, str] = {}
    for part in typed.split(","):
        if name := " ".join(part.split()).removeprefix("#"):
            names.setdefault(slug_of(name) or name, name)
    return list(names.values())


def join(names: list[str]) -> str:
    return ", ".join(names)


def is_name(name: str) -> bool:
    """Whether this can be called a subject: a few letters, and hardly any digits."""
    digits = sum(sign.isdigit() for sign in name)
    return (
        SHORTEST <= len(name) <= LONGEST
        and _NAME.fullmatch(name) is not None
        and digits <= _DIGITS
        and any(sign.isalpha() for sign in name)
        and len(slug_of(name)) >= SHORTEST
    )


def slug_of(name: str) -> str:
    """ASCII, small letters; empty if nothing is left of the name."""
    return slugify(name)[:LONGEST].strip("-_")
