"""Numbers of health records, insurances, identities, cards and accounts: known by form and check digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stdnum import iban, luhn
from stdnum.au import tfn
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ca import bc_phn, sin
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.es import dni, nie
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gb import nhs
from stdnum.ie import pps
from stdnum.in_ import aadhaar
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.us import ssn
from stdnum.za import idnr as za_idnr

# So many that look like one are checked.
AT_MOST = 200
# How far before a number the word may stand that says what it is.
BEFORE = 40


class Form:
    """How a number is written; whether its check digits hold; and the word without which it could be anything."""

    def __init__(self, written: str, holds: Callable[[str], bool] | None = None, *, said: str = "") -> None:
        self.written = re.compile(rf"(?<![\w+])(?<!\d[.,-])(?:{written})(?!\w|[.-]\d)")
        self.holds = holds
        self.said = re.compile(said, re.IGNORECASE) if said else None

    def found(self, text: str) -> Iterator[tuple[int, int]]:
        for count, found in enumerate(self.written.finditer(text)):
            if count == AT_MOST:
                return
            is_named = self.said is None or self.said.search(text, max(found.start() - BEFORE, 0), found.start())
            if is_named and (self.holds is None or self.holds(found[0])):
                yield found.span()


def _is_card(written: str) -> bool:
    """Of the payment networks' ranges, with the length that goes with them, and Luhn's digit."""
    digits = re.sub(r"\D", "", written)
    ranges = (
        r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|6\d{15}|35\d{14}"
    )
    return re.fullmatch(ranges, digits) is not None and luhn.is_valid(digits)


def _is_kvnr(written: str) -> bool:
    """The German insured person's number: a letter counts as two digits, and every second one twice."""
    digits = f"{ord(written[0]) - 64:02d}{written[1:]}"
    products = [int(digit) * (1 + place % 2) for place, digit in enumerate(digits[:-1])]
    return sum(product // 10 + product % 10 for product in products) % 10 == int(digits[-1])


def _is_australian_medicare(written: str) -> bool:
    digits = [int(digit) for digit in re.sub(r"\D", "", written)]
    return sum(w * d for w, d in zip((1, 3, 7, 9, 1, 3, 7, 9), digits, strict=False)) % 10 == digits[8]


def _is_health_identifier(written: str) -> bool:
    return luhn.is_valid(re.sub(r"\D", "", written))


_PAYMENTS = (
    Form(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?", iban.is_valid),
    Form(r"\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,7})?", _is_card),
    Form(r"\d{2}-\d{2}-\d{2}", said=r"sort code"),
    Form(r"\d{8,12}", said=r"\b(?:account|acct)(?: number| no\b| num\b| is|:)"),
)

# The letters of a Medicare number in the United States
_MBI = "[AC-HJ-KM-NP-RT-Y]"
_RECORDS = (
    # Told by their form alone
    Form(r"(?<!\+\d[ -])[4-79]\d{2}[ -]?\d{3}[ -]?\d{4}", nhs.is_valid),
    Form(r"\d{3}-\d{2}-\d{4}", ssn.is_valid),
    Form(r"(?![DFIQUV])[A-Z](?![DFIOQUV])[A-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"),
    Form(rf"[1-9]{_MBI}[{_MBI[1:-1]}\d]\d-?{_MBI}[{_MBI[1:-1]}\d]\d-?{_MBI}{{2}}\d{{2}}"),
    Form(r"8003 ?6\d{3} ?\d{4} ?\d{4}", _is_health_identifier),
    Form(r"[A-Z]\d{9}", _is_kvnr),
    Form(r"[12] ?\d{2} ?\d{2} ?[\dAB]{2} ?\d{3} ?\d{3} ?\d{2}", nir.is_valid),
    Form(r"756\.?\d{4}\.?\d{4}\.?\d{2}", ahv.is_valid),
    Form(r"\d{8}-?[A-Z]", dni.is_valid),
    Form(r"[XYZ]-?\d{7}-?[A-Z]", nie.is_valid),
    Form(r"\d{7}[A-W][A-IW]?", pps.is_valid),
    Form(r"[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]", codicefiscale.is_valid),
    Form(r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d", curp.is_valid),
    Form(r"\d{6}[-+A]\d{3}[\dA-Y]", hetu.is_valid),
    Form(r"(?:\d{2})?\d{6}[-+]\d{4}", personnummer.is_valid),
    Form(r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", nn.is_valid),
    Form(r"\d{3}\.\d{3}\.\d{3}-\d{2}", cpf.is_valid),
    Form(r"\d{6}-[1-8]\d{6}", rrn.is_valid),
    Form(r"[2-9]\d{3} \d{4} \d{4}", aadhaar.is_valid),
    Form(r"\d{6} ?\d{4} ?\d{2} ?\d", za_idnr.is_valid),
    # Plain digits: only beside their name
    Form(r"\d{3}[ -]?\d{3}[ -]?\d{4}", said=r"\bnhs (?:number|no\.?|num)"),
    Form(r"[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]", said=r"\b(?:national insurance|ni|nino)\b"),
    Form(r"\d{3}[ -]?\d{2}[ -]?\d{4}", said=r"\b(?:ssn|social security|social)\b"),
    Form(r"\d{3}[ -]?\d{3}[ -]?\d{3}", sin.is_valid, said=r"\b(?:sin|social insurance)\b"),
    Form(r"\d{4}[ -]?\d{3}[ -]?\d{3}", bc_phn.is_valid, said=r"\b(?:phn|health|care ?card)\b"),
    Form(r"[2-6]\d{3} ?\d{5} ?\d{1,2}", _is_australian_medicare, said=r"\bmedicare\b"),
    Form(r"\d{3} ?\d{3} ?\d{2,3}", tfn.is_valid, said=r"\b(?:tfn|tax file)\b"),
    Form(r"\d{9}", bsn.is_valid, said=r"\b(?:bsn|burgerservicenummer)\b"),
    Form(r"\d{2} ?\d{3} ?\d{3} ?\d{3}", idnr.is_valid, said=r"\b(?:steuer-?id|tax id|idnr)\b"),
    Form(r"\d{11}", pesel.is_valid, said=r"\bpesel\b"),
    Form(r"\d{6} ?\d{5}", fodselsnummer.is_valid, said=r"\b(?:f[øo]dselsnummer|personnummer)\b"),
    Form(r"\d{4} ?\d{4} ?\d{4}", aadhaar.is_valid, said=r"\ba+dh?aar\b"),
    Form(r"\d{6}-?\d{4}", said=r"\b(?:cpr|chi)\b"),
    Form(r"[A-HJ-NP-Z]{3}(?:\d{4}|\d{2}[A-HJ-NP-Z]{2})", said=r"\bnhi\b"),
)
# Numbers that somebody gives without a digit to check: "hospital number: A-123456", "my policy no is ...".
_NAMED = re.compile(
    r"\b(?:mrn|chi|nhi|nhs|passport|hospital|patient|medical record|health (?:record|card|insurance)|case|chart|"
    r"insurance|policy|medicare|medicaid|member(?:ship)?|subscriber|insured|national insurance|"
    r"driv(?:er['’]?s|ing) licen[cs]e|identity)(?: card)? ?(?P<says>(?:number|no\b\.?|num\b|id\b|#)?)"
    r"(?: is| was)? ?(?P<sign>[:#=]?) ?"
    r"(?P<number>(?=[\w-]{0,12}\d)[a-z0-9]{1,20}(?:[ -](?=[a-z]{0,3}\d)[a-z0-9]{1,12}){0,4})(?!\w)",
    re.IGNORECASE,
)
_NAME_ENOUGH = re.compile(r"mrn|passport|driv", re.IGNORECASE)


def payments(text: str) -> Iterator[tuple[int, int]]:
    for form in _PAYMENTS:
        yield from form.found(text)


def records(text: str) -> Iterator[tuple[int, int]]:
    for form in _RECORDS:
        yield from form.found(text)
    for found in _NAMED.finditer(text):
        is_named = found["says"] or found["sign"] or _NAME_ENOUGH.match(found[0])
        if is_named and sum(letter.isdigit() for letter in found["number"]) >= 5:
            yield found.span("number")
