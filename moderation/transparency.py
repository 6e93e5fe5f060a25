"""What the moderators did, month by month, as everybody may read it.

Only finished months are told, so that nobody can watch a figure grow by one; each is the sum of the days in
moderation.figures, which are counted from the log. There is no figure over several months, no figure of two features at
once (such as reports by reason and outcome), and no average but the middle of five or more.

A figure under five is told as "fewer than 5", none included. Where a sum is told with its parts, that must not be
undone by subtracting: what is left of the sum for the parts that are told so has to leave each of them every value from
none to four. Of `k` such parts it does when it is at least 4 and at most 4 * (k - 1): whatever the one is, the others
can make up the rest. Else the parts of this sum are not told for this month, and of a sum under five they never are.
All parts are always there, also those that are none, so that how many there are tells nothing. What else is told of a
month cannot be subtracted: what is settled, decided on appeal or approved in a month need not have come in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from moderation import figures, house
from moderation.dashboard import ANY_HARM
from moderation.figures import Figures, quantile
from moderation.models import URGENT, Decision, Report

Code = Decision.Code
# How many months are told, the last first.
MONTHS = 12
# What is fewer is not told exactly.
FEWEST = 5
# Minutes from which on hours are told.
HOURS_FROM = 120


@dataclass(frozen=True)
class Told:
    """A figure as it is told; `parts` are those of a sum, if they are told."""

    name: str | Promise
    said: str
    parts: Sequence[Told] = ()
    # Whether it is a sum whose parts are left out.
    is_whole: bool = False


@dataclass(frozen=True)
class Month:
    first: date
    groups: Sequence[tuple[str | Promise, Sequence[Told]]]


def months() -> list[Month]:
    """The last finished months of which every day is counted, the last one first."""
    this = figures.today().replace(day=1)
    since = this
    for _month in range(MONTHS):
        since = _before(since)
    kept = figures.kept(since, this)
    firsts = sorted({day.replace(day=1) for day in kept}, reverse=True)
    return [
        _month_of(first, figures.together(one for day, one in kept.items() if day.replace(day=1) == first))
        for first in firsts
        if _last_day(first) in kept
    ]


def told(name: str | Promise, count: int) -> Told:
    return Told(name, str(count) if count >= FEWEST else _("fewer than %(fewest)d") % {"fewest": FEWEST})


def sum_of(name: str | Promise, parts: Sequence[tuple[str | Promise, int]]) -> Told:
    """A sum, with its parts where nothing can be worked out from them."""
    counts = [count for _name, count in parts]
    whole = told(name, sum(counts))
    if sum(counts) < FEWEST:
        return whole
    if not is_safe(counts):
        return Told(name, whole.said, is_whole=True)
    return Told(name, whole.said, [told(part, count) for part, count in parts])


def is_safe(counts: Sequence[int]) -> bool:
    """Whether each part under five can still be anything from none to four for who knows the others and the sum."""
    few = [count for count in counts if count < FEWEST]
    most = FEWEST - 1
    return not few or most <= sum(few) <= most * (len(few) - 1)


def _month_of(first: date, sums: Figures) -> Month:
    return Month(
        first,
        [
            (_lazy("What was written"), list(_written(sums))),
            (_lazy("What the moderators decided"), list(_decided(sums))),
            (_lazy("What was reported"), list(_reported(sums))),
            (_lazy("What was done about members"), list(_done(sums))),
            (_lazy("Appeals"), list(_appealed(sums))),
        ],
    )


def _written(sums: Figures) -> Iterator[Told]:
    yield told(_lazy("Posts and changes of posts that members sent"), sums.many("received"))
    yield told(_lazy("Of these held until a moderator had read them"), sums.many("held"))
    yield _wait(_lazy("Until a moderator decided, half of the time within"), sums, ANY_HARM)
    urgent = [harm for harm in ANY_HARM if harm >= URGENT]
    yield _wait(_lazy("Where somebody could come to harm, within"), sums, urgent)


def _decided(sums: Figures) -> Iterator[Told]:
    yield told(_lazy("Approved as it was"), sums.many("decided", Code.APPROVED))
    yield told(_lazy("Approved with words taken out"), sums.many("decided", Code.EDITED))
    yield told(_lazy("Sent back for changes"), sums.many("decided", Code.RETURNED))
    yield sum_of(_lazy("Rejected"), _by_rule(sums, "decided", Code.REJECTED))
    yield sum_of(_lazy("Hidden after it was published"), _by_rule(sums, "decided", Code.HIDDEN))
    yield told(_lazy("Shown again after they were hidden"), sums.many("decided", Code.RESTORED))
    yield told(_lazy("Earlier texts removed for good"), sums.many("decided", Code.REDACTED))
    yield told(_lazy("Looked up who wrote something without their name"), sums.many("decided", Code.REVEALED))
    yield told(_lazy("Decisions that moderators took back themselves"), sums.many("decided", Code.UNDONE))


def _reported(sums: Figures) -> Iterator[Told]:
    yield sum_of(_lazy("Reports"), _by_rule(sums, "reported", of=house.REPORTED))
    for state, name in (
        (Report.State.UPHELD, _lazy("Reports after which something was done")),
        (Report.State.DISMISSED, _lazy("Reports after which it stayed as it was")),
        (Report.State.GONE, _lazy("Reports of what its author then took back")),
    ):
        yield told(name, sums.many("settled", state))


def _done(sums: Figures) -> Iterator[Told]:
    kinds = (
        (_lazy("Warned"), Code.WARNED),
        (_lazy("Posting paused"), Code.SILENCED),
        (_lazy("Account suspended"), Code.SUSPENDED),
    )
    yield sum_of(
        _lazy("Warnings, pauses and suspensions"), [(name, sums.many("decided", code)) for name, code in kinds]
    )
    yield told(_lazy("Ended early"), sums.many("decided", Code.LIFTED))


def _appealed(sums: Figures) -> Iterator[Told]:
    yield told(_lazy("Appeals that were made"), sums.many("appealed"))
    yield told(_lazy("Decisions that were overturned"), sums.many("decided", Code.OVERTURNED))
    yield told(_lazy("Decisions that stayed"), sums.many("decided", Code.CONFIRMED))


def _by_rule(
    sums: Figures, *name: str, of: Mapping[str, house.Rule] = house.REASONS
) -> list[tuple[str | Promise, int]]:
    """Every rule of the house, also those that nobody broke; what was one once counts as something else."""
    found = sums.by(*name)
    found[house.OTHER.code] += sum(count for code, count in found.items() if code not in of)
    return [(rule.title, found[code]) for code, rule in of.items()]


def _wait(name: str | Promise, sums: Figures, harms: Sequence[int]) -> Told:
    minutes = sums.minutes(harms)
    middle = quantile(minutes, 0.5)
    if middle is None or minutes.total() < FEWEST:
        return Told(name, _("too few to say"))
    if middle < HOURS_FROM:
        return Told(name, ngettext("%(count)d minute", "%(count)d minutes", middle) % {"count": middle})
    return Told(name, _("%(count)d hours") % {"count": round(middle / 60)})


def _before(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def _last_day(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
