"""What became of what was suggested, counted by day and document. Who its reader was, and what they typed, is nowhere.

Each document that is offered comes with a token, signed and good for a day, which tells of one showing of it and of
nothing else. A row that the token alone leads to keeps for that day what was done, so that each thing counts once; the
numbers of the day are all that stays. Opened: its link was followed, as far as the browser told us. Answered: its
reader said that it answers their question. Posted: and then sent that same form all the same, within the day. Refused:
its reader pressed “None of these”.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import TruncWeek
from django.utils import timezone

from search.hits import Hit
from search.models import Suggestion, SuggestionDay

SALT = "suggestion"
KEPT_FOR = timedelta(days=1)
# Nobody is shown more at once, nor says so of more before they post; what is longer is no list of ours.
MOST, LONGEST = 9, 2_000
# What editors are shown: so many weeks, and of so many days so many documents.
WEEKS, DOCUMENTS_OF, DOCUMENTS = 12, timedelta(days=28), 25
# In seconds.
ADDED_UP_EVERY = 3600
KEY = "tallies"
_SUMS = {what: models.Sum(what, default=0) for what in ("opened", "answered", "posted", "refused")}


def tokens(hits: Sequence[Hit]) -> list[str]:
    """One for each of `hits`, which are shown together."""
    showing = secrets.token_urlsafe(9)
    return [signing.dumps([showing, hit.kind, hit.object_id], salt=SALT) for hit in hits]


def opened(token: str) -> None:
    _count([token], "opened")


def answers(token: str) -> None:
    """Its reader says that this answers it. Doing it twice does nothing, here and below."""
    _count([token], "answered")


def posted_anyway(said: str) -> None:
    """Who said so of these tokens, with spaces between, has sent the form after all."""
    _count(said[:LONGEST].split()[:MOST], "posted")


def refused(offered: str) -> None:
    """None of these, tokens with spaces between, is what its reader looks for."""
    _count(offered[:LONGEST].split()[:MOST], "refused")


@dataclass(frozen=True)
class Outcome:
    """What became of suggestions in some days. Who said “This answers it” in the last day may still post."""

    opened: int = 0
    answered: int = 0
    posted: int = 0
    refused: int = 0

    @property
    def settled(self) -> int:
        """How many said that it answers their question, and did not post it within a day."""
        return self.answered - self.posted


@dataclass(frozen=True)
class Totals:
    """`weeks`: (first day, what became of all) with the newest week first. Of documents by (kind, object id), those
    that settled most and those refused most, of the last `DOCUMENTS_OF` days."""

    weeks: Sequence[tuple[date, Outcome]]
    settling: Sequence[tuple[tuple[str, int], Outcome]]
    refused: Sequence[tuple[tuple[str, int], Outcome]]


def totals() -> Totals:
    """What editors are shown; added up once an hour."""
    return cache.get_or_set(KEY, _add_up, ADDED_UP_EVERY)  # type: ignore[return-value]


def _add_up() -> Totals:
    today = timezone.localdate()
    some = SuggestionDay.objects.filter(day__gt=today - timedelta(weeks=WEEKS)).order_by()
    weeks = some.annotate(week=TruncWeek("day")).values("week").annotate(**_SUMS).order_by("-week")
    recent = SuggestionDay.objects.filter(day__gt=today - DOCUMENTS_OF).values("kind", "object_id").annotate(**_SUMS)
    settling = recent.filter(answered__gt=F("posted")).order_by(F("posted") - F("answered"), "kind", "object_id")
    refused = recent.filter(refused__gt=0).order_by("-refused", "kind", "object_id")
    return Totals(
        [(row["week"], _outcome(row)) for row in weeks],
        [((row["kind"], row["object_id"]), _outcome(row)) for row in settling[:DOCUMENTS]],
        [((row["kind"], row["object_id"]), _outcome(row)) for row in refused[:DOCUMENTS]],
    )


def _outcome(row: Any) -> Outcome:
    return Outcome(**{what: row[what] for what in _SUMS})


def forget() -> int:
    """What nobody can add to any more goes; the numbers stay. Returns how many rows."""
    return Suggestion.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _count(some: Iterable[str], what: str) -> None:
    # Always in the same order, so that no two wait for each other.
    for showing, kind, object_id in sorted(filter(None, map(_read, set(some)))):
        _count_one(showing, kind, object_id, what)


@transaction.atomic
def _count_one(showing: str, kind: str, object_id: int, what: str) -> None:
    key = {"showing": showing, "kind": kind, "object_id": object_id}
    mine = Suggestion.objects.filter(**key)
    if what == "posted":
        mine = mine.filter(answered=True)
    else:
        Suggestion.objects.bulk_create([Suggestion(**key, day=timezone.localdate())], ignore_conflicts=True)
    if not mine.filter(**{what: False}).update(**{what: True}):
        return
    # Of the day of the showing, so that none was posted of which nobody said so.
    day = mine.values_list("day", flat=True).get()
    total = {"day": day, "kind": kind, "object_id": object_id}
    SuggestionDay.objects.bulk_create([SuggestionDay(**total)], ignore_conflicts=True)
    SuggestionDay.objects.filter(**total).update(**{what: F(what) + 1})


def _read(token: str) -> tuple[str, str, int] | None:
    try:
        showing, kind, object_id = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    return showing, kind, object_id
