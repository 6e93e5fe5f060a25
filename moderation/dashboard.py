"""How the desk is doing, for moderators: what waits, and the last 28 days. Nothing about any one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moderation import figures, plots
from moderation.figures import Figures, quantile
from moderation.models import Decision, ReviewItem
from moderation.wording import name_of

Code = Decision.Code
# Today among them.
DAYS = 28
# The classes of harm, the worst first, and how far each goes on the scale of moderation.order.
CLASSES: Sequence[tuple[str | Promise, Sequence[int]]] = (
    (_("Somebody may be in danger"), (5,)),
    (_("It could hurt somebody"), (4,)),
    (_("Personal details, links, unkindness"), (2, 3)),
    (_("The rest"), (0, 1)),
)
ANY_HARM = tuple(harm for _words, harms in CLASSES for harm in harms)


@dataclass(frozen=True)
class Wait:
    """Of one class of harm: minutes until the first decision, of the middle one and of 95 in 100; None without any."""

    words: str | Promise
    waiting: int
    decided: int
    median: int | None
    p95: int | None


@dataclass(frozen=True)
class Precision:
    """Of one screener rule: what it held, and how much of it was approved as it was."""

    name: str
    held: int
    as_it_was: int

    @property
    def share(self) -> int:
        """Of what it held, where there was something to stop at, in per cent."""
        return per_cent(self.held - self.as_it_was, self.held) or 0


@dataclass(frozen=True)
class Dashboard:
    waiting: int
    oldest: datetime | None
    waits: Sequence[Wait]
    received: int
    held: int
    appeals_decided: int
    overturned: int
    precision: Sequence[Precision]
    decided: plots.Plot
    medians: plots.Plot

    @property
    def share_held(self) -> int | None:
        return per_cent(self.held, self.received)

    @property
    def share_overturned(self) -> int | None:
        return per_cent(self.overturned, self.appeals_decided)


def dashboard() -> Dashboard:
    """What is kept of the finished days, and today as it is now."""
    today = figures.today()
    since = today - timedelta(days=DAYS - 1)
    days = dict.fromkeys((since + timedelta(days=number) for number in range(DAYS)), Figures())
    days |= figures.kept(since, today)
    days[today] = figures.count(today)
    sums = figures.together(days.values())
    by_harm = _waiting()
    return Dashboard(
        waiting=sum(count for count, _oldest in by_harm.values()),
        oldest=min((oldest for _count, oldest in by_harm.values()), default=None),
        waits=[_wait(words, harms, sums, by_harm) for words, harms in CLASSES],
        received=sums.many("received"),
        held=sums.many("held"),
        appeals_decided=sums.many("decided", Code.OVERTURNED) + sums.many("decided", Code.CONFIRMED),
        overturned=sums.many("decided", Code.OVERTURNED),
        precision=_precision(sums),
        decided=plots.bars({day: one.many("decided") for day, one in days.items()}),
        medians=plots.bars({day: quantile(one.minutes(ANY_HARM), 0.5) for day, one in days.items()}),
    )


def per_cent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _waiting() -> dict[int, tuple[int, datetime]]:
    """What waits now, by harm: how many, and since when the oldest does."""
    items = ReviewItem.objects.open().order_by().values_list("harm")
    return {harm: (many, oldest) for harm, many, oldest in items.annotate(many=Count("pk"), oldest=Min("opened_at"))}


def _wait(words: str | Promise, harms: Sequence[int], sums: Figures, by_harm: dict[int, tuple[int, datetime]]) -> Wait:
    minutes = sums.minutes(harms)
    waiting = sum(by_harm[harm][0] for harm in harms if harm in by_harm)
    return Wait(words, waiting, minutes.total(), quantile(minutes, 0.5), quantile(minutes, 0.95))


def _precision(sums: Figures) -> list[Precision]:
    """What held most is first."""
    right, wrong = sums.by("right"), sums.by("wrong")
    found = [Precision(name_of(rule), right[rule] + wrong[rule], wrong[rule]) for rule in {*right, *wrong}]
    return sorted(found, key=lambda one: (-one.held, one.name))
