"""What a rule answers: yes, or no with the sentence that the person is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Ruling:
    """True when allowed; when refused, `sentence` says why."""

    sentence: str | Promise = ""

    def __bool__(self) -> bool:
        return not self.sentence


class Refused(PermissionDenied):
    """A refusal whose text is the sentence to show."""


ALLOWED = Ruling()


def refused(sentence: str | Promise) -> Ruling:
    return Ruling(sentence)


def require(ruling: Ruling) -> None:
    """Raise `Refused` with the ruling's sentence unless it allows."""
    if not ruling:
        raise Refused(str(ruling.sentence))
