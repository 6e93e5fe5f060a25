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
from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from search.hits import Hit
from search.models import Suggestion, SuggestionDay

SALT = "suggestion"
KEPT_FOR = timedelta(days=1)
# Nobody is shown more at once, nor says so of more before they post; what is longer is no list of ours.
MOST, LONGEST = 9, 2_000


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


def refusals(since: date) -> list[tuple[str, int, int]]:
    """(kind, object id, times) of what was refused since that day, the most refused first."""
    days = SuggestionDay.objects.filter(day__gte=since, refused__gt=0).values_list("kind", "object_id")
    return list(days.annotate(times=Sum("refused")).order_by("-times", "kind", "object_id"))


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
