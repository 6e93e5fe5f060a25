"""Which sentences may stand alone, outside the page that explains them; who may say which words mean the same."""

from __future__ import annotations

import re

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused


def may_edit(user: User) -> Ruling:
    """Keep the synonyms, and read what readers did not find."""
    if is_editor(user):
        return ALLOWED
    return refused(_("This page is for the editors."))


def is_editor(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and (user.is_editor or user.is_superuser)


def _any(endings: str, *stems: str) -> str:
    """A pattern for each of the words in `stems`, with any of the comma-separated `endings`."""
    ends = "|".join(endings.split(","))
    return f"(?:{'|'.join(' '.join(stems).split())})(?:{ends})"


_NUMBER = (
    r"(?:\d[\d.,/–-]*|half|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|another|extra|several|few|both)"
)
_UNIT = (
    r"(?:mg|mcg|[µμu]g|g|kg|ml|cl|l|iu|mmol|%|(?:milli|micro)?gram(?:me)?s?|millilit(?:er|re)s?|international units?)"
)
_REMEDY = _any(
    ",s,es,ful,fuls",
    "tablet pill capsule caplet lozenge dose drop puff spray patch sachet spoon teaspoon tablespoon ampoule injection",
    "jab suppositorie suppository unit strip packet",
)
_CHANGE = _any(
    ",s,p,ped,ping,d,ed,ing",
    "stop quit skip cease ceas discontinue discontinu halve halv double doubl reduce reduc increase increas miss cut",
)
_TREATMENT = _any(
    ",s",
    "medicine medication med treatment therapy tablet pill drug statin steroid inhaler antibiotic antidepressant",
    "beta-blocker painkiller insulin it them",
)
_DOCTOR = _any(
    ",s",
    r"doctor gp physician clinician nurse pharmacist midwife specialist hospital ambulance clinic appointment",
    r"a\s?&\s?e er 112 999 911 emergency medical",
)
_NEGLECT = (
    r"(?:no need|need ?n[o’']?t|not (?:worth|necessary|needed|need)|never (?:need|have|bother|go|went|saw)|unnecessary"
    r"|(?:do|does|did)(?: not|n[’']?t) (?:need|have|bother|worry|go|call|see|want)"
    r"|without|instead of|rather than|waste|avoid\w*|pointless)"
)

_DANGEROUS_ALONE = re.compile(
    "|".join(
        (
            # A dose, or a count of tablets
            rf"\d\s*{_UNIT}(?!\w)",
            rf"\b{_NUMBER}\b(?:\W+[\w-]+){{0,4}}?\W+{_REMEDY}\b",
            r"\b(?:over)?(?:dose|dosage|dosing)s?\b",
            r"\b(?:tak(?:e|es|en|ing)|took|giv(?:e|es|en|ing)|gave)\b.*\b(?:once|twice|times|every|daily|hourly|each)\b",
            # Ending or changing a treatment
            rf"\b{_CHANGE}\b\W+(?:[\w’']+\W+){{0,3}}?(?:taking|using|{_TREATMENT})\b",
            r"\b(?:com(?:e|es|ing)|came|go(?:es|ing)?|went|get(?:s|ting)?|got|wean\w*|taper\w*|stay\w*)\s(?:\w+\s)?off\b",
            r"\bcold turkey\b",
            # Keeping away from help
            r"\bignor(?:e|es|ed|ing)\b",
            rf"\b{_NEGLECT}\b.*\b{_DOCTOR}\b",
            rf"\b{_DOCTOR}\b.*\b(?:no need|not (?:needed|necessary)|unnecessary|pointless|useless|waste)\b",
            r"\b(?:nothing to worry|(?:do not|don[’']?t) worry)\b",
            r"\b(?:harmless|no harm|nothing serious|not (?:serious|dangerous|an emergency))\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)


def is_quotable(sentence: str) -> bool:
    """Whether `sentence` does no harm alone: it names no dose, ends no treatment, keeps nobody from a doctor.

    Errs on the side of the title only: a harmless sentence lost costs a reader one tap.
    """
    return not _DANGEROUS_ALONE.search(sentence)
