"""By which words of a text somebody could be found or recognised: where they stand, and what kind of detail each is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.details import births, contacts, numbers, phones, places

Span = tuple[int, int]
# Of each kind. From more details in one text nobody learns more.
AT_MOST = 50


class Kind(models.TextChoices):
    PHONE = "phone", _("a phone number")
    EMAIL = "email", _("an e-mail address")
    ACCOUNT = "account", _("an account or a way to write to somebody elsewhere")
    PLACE = "place", _("a postal address")
    BIRTH = "birth", _("a full birth date")
    RECORD = "record", _("a health, insurance or identity number")
    PAYMENT = "payment", _("a card or bank number")


_DAY = r"(?: 0?[1-9] | [12]\d | 3[01] )"
_UNITS = (
    "mc?gs?|[µu]gs?|ngs?|pgs?|kgs?|grams?|g|mls?|d?l|m?ius?|units?|mmols?|[µu]mols?|nmols?|pmols?|mmhg|bpm|cms?|mms?|"
    "kcals?|cal(?:orie)?s?|lbs?|stones?|oz|cells|copies|tablets?|pills?|capsules?|drops?|puffs?|doses?|mins?|minutes?|"
    "hrs?|hours?|days?|weeks?|wks?|months?|years?|yrs?|times|steps"
)
# What has many digits and says nothing of anybody: addresses of pages, papers and trials, codes, dates, doses and
# values. It is looked at for links and accounts, never for numbers.
IMPERSONAL = re.compile(
    rf"""
    \b (?: https?:// | www\. ) [^\s<>"]{{1,2000}}
    | \b 10\.\d{{4,9}} / [^\s<>"]{{1,300}}
    | \b (?: pm(?:c?id)? | pubmed | pmc | nct | isrctn | doi | isbn(?:-1[03])? | issn | icd(?:-?1[01])?
            | snomed(?:[ ]ct)? | loinc | cas | rxnorm | omim | din | ndc )
        (?: [ ] (?: id | no\.? | number | code ) )? [ :\#]{{0,4}} \d [\w./-]{{0,40}}
    | (?<![\d./-]) (?: {_DAY} ([./-]) {_DAY} \1 (?: (?:19|20)\d\d | \d\d )
                     | (?:19|20)\d\d ([./-]) {_DAY} \2 {_DAY} ) (?! \d | [./-] \d )
    | (?<! \d ) (?<! \d[ ] ) {_DAY} [ ] {_DAY} [ ] (?:19|20)\d\d (?! \d | [ ]\d )
    | (?<![\d/]) \d{{2,3}} [ ]? / [ ]? \d{{2,3}} (?! \d | / )
    | (?<![\w.,-]) \d{{1,9}} (?: [.,] \d{{1,6}} )? [ -]? (?: % | ° | (?: {_UNITS} ) (?! \w ) )
    """,
    re.IGNORECASE | re.VERBOSE,
)

# The kind, what finds it, whether it reads the text without what is impersonal, and what a text without any such detail
# mostly lacks. Of two details in one place the first is meant.
FINDERS: tuple[tuple[Kind, Callable[[str], Iterator[Span]], bool, re.Pattern[str]], ...] = (
    (Kind.EMAIL, contacts.emails, False, re.compile(r"[@＠]|[\[({<] ?at\b|\bdot\b|\bat \w+\.", re.IGNORECASE)),
    (Kind.ACCOUNT, contacts.accounts, False, contacts.NAMED),
    (Kind.BIRTH, births.dates, False, re.compile(r"b[oi]r[nt]|d\W{0,2}o\W{0,2}b|b-?day", re.IGNORECASE)),
    (Kind.PAYMENT, numbers.payments, True, re.compile(r"(?:\d\D*){6}")),
    (Kind.RECORD, numbers.records, True, re.compile(r"(?:\d\D*){5}")),
    (Kind.PHONE, phones.numbers, True, re.compile(r"(?:\d\D*){7}")),
    (Kind.PLACE, places.addresses, True, re.compile(r"\d")),
)


def details_in(text: str) -> list[tuple[Kind, Span]]:
    """The details, at most `AT_MOST` of a kind, in the order of the text; no two overlap."""
    bare = IMPERSONAL.sub(lambda found: "|" * len(found[0]), text) if re.search(r"\d", text) else text
    taken: list[tuple[Kind, Span]] = []
    for kind, find, is_bare, needs in FINDERS:
        read = bare if is_bare else text
        for start, end in islice(find(read), AT_MOST) if needs.search(read) else ():
            if not any(start < last and first < end for _kind, (first, last) in taken):
                taken.append((kind, (start, end)))
    return sorted(taken, key=lambda detail: detail[1])
