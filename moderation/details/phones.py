"""Phone numbers of any country, as people write them. The lines of public bodies are nobody's own number."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

# So many runs of digits of one text are looked at, and so many of them in the plans of all countries.
AT_MOST, AT_MOST_EVERYWHERE = 60, 3
# Where a national number is tried before the other countries.
NEAR = "GB US IE AU NZ ZA IN DE FR NL BE AT CH IT ES PT SE FI NG KE PK BD PH MY JP BR MX IL TR PL EG".split()
EVERYWHERE = sorted(set(phonenumbers.SUPPORTED_REGIONS) - set(NEAR))
# Numbers that organisations have, never a person at home: free lines, and those at one price from everywhere. Where
# the country is not said, these are known by how they begin.
OF_ORGANISATIONS = {
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.UAN,
}
_OF_ORGANISATIONS = re.compile(
    r"0(?:800|808|508|300|303|330|333|345|844|845)\d*|1?8(?:00|88|77|66|55|44|33)\d{7}|1(?:800|300|860)\d{6,7}|[89]00\d{6}"
)
_FREE_IN_JAPAN = re.compile(r"0(?:120|570)[ -]")
# Well-known lines of public bodies and charities that have ordinary numbers, with the country's code and without signs.
PUBLISHED = frozenset(
    {
        # Poisons: Dublin, Berlin, Bonn, Freiburg, Göttingen, Mainz, Munich, Vienna, Zürich, Paris, Brussels
        "35318092166",
        "493019240",
        "4922819240",
        "4976119240",
        "4955119240",
        "49613119240",
        "498919240",
        "4314064343",
        "41442515151",
        "33140054848",
        "3270245245",
        # Somebody to talk to: Aasra, Sneha, iCall and Vandrevala in India; Hong Kong, Tokyo, Kuala Lumpur, Manila,
        # Nairobi
        "919820466726",
        "919152987821",
        "919999666555",
        "912227546669",
        "914424640050",
        "85228960000",
        "85223892222",
        "81357740992",
        "60376272929",
        "639178998727",
        "254722178177",
        # Spain, Italy, Portugal, France, Norway, Denmark, Finland; to write to, Papyrus in Britain
        "34717003717",
        "390223272327",
        "351213544545",
        "33972394050",
        "33145394000",
        "4722400040",
        "4570201201",
        "358925250111",
        "447860039967",
        # The Forced Marriage Unit in London
        "442070080151",
        # Lifeline, South Africa
        "27861322322",
    }
)

_BETWEEN = r"[ \u00a0().\u2010-\u2014/-]{0,3}"
_RUN = re.compile(rf"(?<![\w/#+-])(?<!\d[.,])(?:\+ ?)?\(?\d(?:{_BETWEEN}\d){{6,16}}(?![\w/]|[.,-]\d)")
_INTERNATIONAL = re.compile(r"\+|00[1-9]|011[ .-][1-9]")
_NORTH_AMERICAN = re.compile(r"(?:1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}")
# Belongs to no place, so that stories can use it.
_OF_STORIES = re.compile(r"(?:1[ .-]?)?(?:\(?555|\(?[2-9]\d\d\)?[ .-]{1,2}555\b)")
# (11) 91234-5678, 98765 43210, 2125550123
_WRITTEN_AS_PHONE = re.compile(r"\(\d{2,4}\) ?\d{3,5}[ -]?\d{3,5}|[6-9]\d{4} \d{5}|[2-9]\d\d[2-9]\d{6}")
_VALUES = re.compile(r"0\.|\d{1,3}\.\d(?!\d)|(?:(?:[01]\d|2[0-3])[0-5]\d[ -]+){2,}(?:[01]\d|2[0-3])[0-5]\d$")

# In digits: of a line, and of a country's code.
SHORTEST, LONGEST_CODE = 5, 3
# What stands before a number says what it is.
BEFORE = 45
_CALL = re.compile(
    r"\b(?:call(?:ing)?|text|ring|phone|tel|telephone|mob|mobile|cell(?:phone)?|whats ?app|viber|fax|contact|reach|sms|"
    r"message|dial|signal|wechat|zalo|ph)\b\.?[^.!?\n]{0,30}\Z",
    re.IGNORECASE,
)
_CALL_ME = re.compile(
    r"\b(?:(?:call|text|ring|phone|dial|contact|reach|message|msg|whats ?app|sms|find|get|try|add) me"
    r"|my (?:\w+ ){0,2}(?:number|no\.?|phone|mobile|mob|cell|tel|whats ?app|landline|viber|digits|#))"
    r"\b\.?[^.!?\n]{0,24}\Z",
    re.IGNORECASE,
)


def numbers(text: str, published: Collection[str] = PUBLISHED) -> Iterator[tuple[int, int]]:
    """Where the phone number of a person stands. `published`: lines that are everybody's, as in PUBLISHED."""
    everywhere = AT_MOST_EVERYWHERE
    for count, run in enumerate(_RUN.finditer(text)):
        if count == AT_MOST:
            return
        written, before = run[0], text[max(run.start() - BEFORE, 0) : run.start()]
        if _VALUES.match(written) or is_published(written, published):
            continue
        if _INTERNATIONAL.match(written) and _is_international(written):
            is_phone = True
        elif written.startswith("+") or _FREE_IN_JAPAN.match(written) or _OF_ORGANISATIONS.fullmatch(_digits(written)):
            is_phone = False
        elif _CALL_ME.search(before):
            is_phone = True
        else:
            is_called = bool(_CALL.search(before))
            is_phone = _is_of_stories(written) or (
                (is_called or _is_written_as_phone(written)) and _is_in_plans(written, NEAR)
            )
            if not is_phone and is_called and everywhere:
                everywhere -= 1
                is_phone = _is_in_plans(written, EVERYWHERE)
        if is_phone:
            yield run.span()


def is_published(written: str, published: Collection[str] = PUBLISHED) -> bool:
    """Whether this is one of the `published` lines; each with or without its country's code."""
    said = _digits(written).lstrip("0")
    for line in published:
        short, long = sorted((said, _digits(line).lstrip("0")), key=len)
        if len(short) >= SHORTEST and long.endswith(short) and len(long) - len(short) <= LONGEST_CODE:
            return True
    return False


def _is_written_as_phone(written: str) -> bool:
    """Whether it has the form of a national number, and of little else."""
    if _digits(written).startswith("0") and len(_digits(written)) >= 9:
        return True
    return any(form.fullmatch(written) for form in (_NORTH_AMERICAN, _WRITTEN_AS_PHONE))


def _is_of_stories(written: str) -> bool:
    return _OF_STORIES.match(written) is not None and _NORTH_AMERICAN.fullmatch(written) is not None


def _is_international(written: str) -> bool:
    number = _parsed("+" + re.sub(r"^(?:00|011)", "", _digits(written)), None)
    if number is None or not phonenumbers.is_possible_number(number):
        return False
    return phonenumbers.number_type(number) not in OF_ORGANISATIONS


def _is_in_plans(written: str, regions: Collection[str]) -> bool:
    """Whether it is the number of a person in one of these countries."""
    for region in regions:
        number = _parsed(written, region)
        if number is None or not phonenumbers.is_valid_number_for_region(number, region):
            continue
        if phonenumbers.number_type(number) not in OF_ORGANISATIONS:
            return True
    return False


def _parsed(written: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return None


def _digits(written: str) -> str:
    return re.sub(r"\D", "", written)
