"""Full birth dates: a day, a month and a year beside a word that says it is one. When an illness began is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)"
_DATE = (
    rf"(?:\d{{1,2}}[./ -]{{1,2}}\d{{1,2}}[./ -]{{1,2}}{_YEAR}|(?:19|20)\d\d[./-]\d{{1,2}}[./-]\d{{1,2}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ .-]{{0,2}}{_MONTH},?[ -]{{0,2}}{_YEAR}"
    rf"|{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? {{1,2}}{_YEAR})(?!\d)"
)
_BIRTH = r"(?:born|birth|birthday|birthdate|d\.? ?o\.? ?b\.?|bday|b-day)"
# Between the two no sentence ends, and nothing else happened on that day.
_ON = r"(?:(?!\b(?:since|until|diagnosed|admitted|surgery|operation|died|seen|started|began)\b)[^.!?;\n\d]){0,40}?"
_SAID = re.compile(
    rf"\b{_BIRTH}(?!\w){_ON}(?P<after>\b{_DATE})|(?P<before>\b{_DATE})(?: is| was)?[ ,(-]{{0,3}}"
    rf"(?:(?:my|his|her|our|their|the)? ?(?:date of )?{_BIRTH}(?!\w))",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[tuple[int, int]]:
    for found in _SAID.finditer(text):
        yield found.span("after" if found["after"] else "before")
