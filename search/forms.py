"""What may be asked of the search page. Nothing is refused: what cannot be understood counts as not said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from core.text import clean

LONGEST = 200
KINDS = {"article": _("Articles"), "question": _("Questions")}
PERIODS = {"month": _("Last 30 days"), "year": _("Last 12 months")}
AGES = {"month": timedelta(days=30), "year": timedelta(days=365)}
_SLUG = re.compile(r"[a-z0-9_-]{1,60}")


@dataclass(frozen=True)
class Asked:
    """The address of a search page, understood."""

    q: str = ""
    kind: str = ""
    topic: str = ""
    answered: bool = False
    since: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.kind or self.topic or self.answered or self.since)

    @property
    def address(self) -> str:
        return self.but()

    def but(self, **changes: str) -> str:
        """The query string of the same search with these changes, from its first page."""
        said = {
            "q": self.q,
            "kind": self.kind,
            "topic": self.topic,
            "answered": "1" if self.answered else "",
            "since": self.since,
        }
        return urlencode({name: value for name, value in (said | changes).items() if value})


def read(parameters: Mapping[str, str]) -> Asked:
    said = {name: parameters.get(name, "") for name in ("q", "kind", "topic", "answered", "since", "after")}
    return Asked(
        q=" ".join(clean(said["q"][: LONGEST * 4]).split())[:LONGEST].strip(),
        kind=said["kind"] if said["kind"] in KINDS else "",
        topic=said["topic"] if _SLUG.fullmatch(said["topic"]) else "",
        answered=said["answered"] == "1",
        since=said["since"] if said["since"] in PERIODS else "",
        after=said["after"][:40],
    )
