"""Age: whoever writes that they are younger than we may take in is answered kindly, by a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from forum.desk import Finding, Submission

LEVEL = 1
# Younger children do not write here; smaller numbers are mostly something else.
YOUNGEST = 8
# How old the youngest in a class are: "year 8" in Britain and Australia, "8th grade" in America.
YEAR, GRADE = 4, 5
# The age at which a school is left.
SCHOOLS = {"primary": 11, "elementary": 11, "junior": 11, "middle": 14}

_WORDS = "eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen".split()
_N = rf"(?P<n>\d{{1,2}}|{'|'.join(_WORDS)})"
# Not what somebody else is quoted with.
_I_AM = r"(?<![\"“‘'’\w])i(?: am|['’]?m)\b"
_SOFTLY = r"(?: (?:only|just|currently|still|like|actually|barely|literally|a|an|about|around|aged))*"
_NEARLY = r"(?P<nearly>(?:almost|nearly|turning|about to (?:be|turn)|going to be|gonna be|not (?:even|yet)|under) )?"
_OLD = r"(?:[ -]?(?:years?|yrs?)[ -]old|[ ]years of age|[ -]?y[./]?o|[ ]?[fm]|[ -]?yrs)\b"
# What follows an age that stands alone. "I'm 14 weeks", "I'm 12 stone" and "I'm 9 out of 10" are no ages.
_ALONE = (
    r"(?= ?(?:[;!?)(\n]|\Z|[.,](?! ?\d)|[-–—] )"
    r"| (?:and(?! a half| \d)|but|so|now|too|still|only|just|atm|btw|right now|female|male|girl|boy|guy|with|turning|"
    r"who|because|cuz|bc|please|pls|idk|my|i|going on|next|soon|tomorrow|this)\b)"
)
_PAST = "was|had|used|took|got|did|went|were|started"
_AGES = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_I_AM}{_SOFTLY} {_NEARLY}{_N}(?:{_OLD}|{_ALONE})",
        rf"\bas an? {_N}(?:[ -]years?[ -]old|[ -]?yo)\b(?![^.\n]{{0,30}}\b(?:{_PAST})\b)",
        rf"(?<!\w)(?:i|me) ?[,(\[] ?{_N} ?(?:f|m|nb|female|male|girl|boy|y/?o)?[)\],]",
        rf"\bmy age is {_N}\b",
        rf"\bi (?:have |['’]?ve )?(?:only )?(?:just|recently) turned {_N}\b",
        rf"(?:\A|\n|[.!?] ){_N}(?: ?[fm]|[ -]years?[ -]old (?:girl|boy|female|male|guy)) here\b",
    )
]
# Without any of these a text says nothing of the kind, and most do.
_ANY = re.compile(rf"\d|\b(?:{'|'.join(_WORDS)})\b|school", re.IGNORECASE)
_CLASS = re.compile(
    rf"{_I_AM}{_SOFTLY} (?:in |starting |going into )?(?:the )?(?:(?:year|yr) ?(?P<year>\d{{1,2}})|"
    r"(?P<grade>\d{1,2})(?:st|nd|rd|th) grade(?:r)?|grade (?P<also_grade>\d{1,2})|(?P<school>primary|elementary|junior|"
    r"middle) school)\b(?! (?:of(?! school)|after|since|post|teacher))",
    re.IGNORECASE,
)


def screen(submission: Submission) -> Sequence[Finding]:
    text = f"{submission.title}\n{submission.body}"
    spans = too_young(text)
    if not spans or submission.author.is_moderator:
        return ()
    age = {"age": settings.MINIMUM_AGE}
    return [
        Finding(
            rule="age",
            level=LEVEL,
            for_author=_(
                "You write that you are younger than %(age)d, and Askwell is for people from %(age)d on. You have done "
                "nothing wrong by asking. A moderator reads it first. Who can help you now, also without your parents, "
                "is under “If you are under %(age)d” at the foot of every page."
            )
            % age,
            for_moderator=_("Seems to be younger than %(age)d") % age,
            spans=spans,
        )
    ]


def too_young(text: str) -> list[tuple[int, int]]:
    """Where the writer says that they are younger than we may take in."""
    return [span for age, span in ages_of_writer(text) if YOUNGEST <= age < settings.MINIMUM_AGE]


def ages_of_writer(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """How old, at the least, the writer says they are, and where. "My daughter is 14" says nothing about that."""
    if not _ANY.search(text):
        return
    for form in _AGES:
        for found in form.finditer(text):
            said = found["n"].lower()
            age = int(said) if said.isdigit() else _WORDS.index(said) + YOUNGEST
            yield age - bool(found.groupdict().get("nearly")), found.span()
    for found in _CLASS.finditer(text):
        if school := found["school"]:
            yield SCHOOLS[school.lower()], found.span()
        elif year := found["year"]:
            yield int(year) + YEAR, found.span()
        else:
            yield int(found["grade"] or found["also_grade"]) + GRADE, found.span()
