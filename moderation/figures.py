"""What happened at the desk, counted by day from the log, the items and the reports: numbers, nobody and no text.

Names of what is counted, their parts with colons between:

    received                  texts that members sent: posts, and changes of posts
    held                      of these, how many came to wait for a moderator
    decided:<code>:<rule>     decisions; the rule is empty where none was broken
    waited:<harm>:<minutes>   first decisions on an item, by its harm and the whole minutes it had waited
    right:<rule>, wrong:<rule>   first decisions on what a screener held: changed, sent back or rejected; or approved as
                              it was. A text that two screeners held counts for both
    reported:<reason>         reports
    settled:<state>           reports that were settled, by what came of them
    appealed                  appeals that were made

A day is one of the time zone of the site. A finished one is counted once and kept (`sweep`): what happens to its rows
later, such as a report that is open again, belongs to the day on which it happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone

from forum.models import Edit
from moderation.models import REPORT, Appeal, DayFigures, Decision, Report, ReviewItem

Code = Decision.Code
# Which decisions on a held text say that there was something to stop at.
RIGHT = (Code.EDITED, Code.RETURNED, Code.REJECTED)
# Why an item waits that no screener stopped at.
BY_PEOPLE = (REPORT, "again", "changed", "undone")
# After midnight a decision of the day before may still be on its way into the database.
GRACE = timedelta(minutes=1)
# How many days one round of the worker counts, where it is behind.
DAYS_A_ROUND = 31


@dataclass(frozen=True)
class Figures:
    """Counts by name, of one day or of many together."""

    counts: Counter[str] = field(default_factory=Counter)

    def many(self, *name: str) -> int:
        """How many there are of what is called so, with all that is finer."""
        return sum(count for _rest, count in self._under(name))

    def by(self, *name: str) -> Counter[str]:
        """The same by the part of the name that follows."""
        found: Counter[str] = Counter()
        for rest, count in self._under(name):
            found[rest.partition(":")[0]] += count
        return found

    def minutes(self, harms: Iterable[int]) -> Counter[int]:
        """How many items of such harm were first decided after so many whole minutes."""
        found: Counter[int] = Counter()
        for harm in harms:
            found.update({int(minutes): count for minutes, count in self.by("waited", str(harm)).items()})
        return found

    def _under(self, name: tuple[str, ...]) -> Iterator[tuple[str, int]]:
        whole = ":".join(name)
        for key, count in self.counts.items():
            if key == whole or key.startswith(f"{whole}:"):
                yield key[len(whole) + 1 :], count


def together(days: Iterable[Figures]) -> Figures:
    counts: Counter[str] = Counter()
    for figures in days:
        counts.update(figures.counts)
    return Figures(counts)


def quantile(minutes: Counter[int], share: float) -> int | None:
    """The smallest number of minutes within which at least this share of items was decided; None without any."""
    needed, seen = share * minutes.total(), 0
    for one in sorted(minutes):
        seen += minutes[one]
        if seen >= needed:
            return one
    return None


def today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def midnight(day: date) -> datetime:
    """When a day of the site begins."""
    return datetime.combine(day, time(), timezone.get_default_timezone())


def kept(since: date, until: date) -> dict[date, Figures]:
    """Those of the days from `since` to before `until` that are counted, in order."""
    days = DayFigures.objects.filter(day__gte=since, day__lt=until).order_by("day")
    return {day: Figures(Counter(counts)) for day, counts in days.values_list("day", "counts")}


def count(day: date) -> Figures:
    """What happened on `day`, as far as it is over; each statement reads along an index what is of that day."""
    begins, ends = midnight(day), midnight(day + timedelta(days=1))
    made = Decision.objects.filter(made_at__gte=begins, made_at__lt=ends)
    counts = Counter(
        received=Edit.objects.filter(created_at__gte=begins, created_at__lt=ends, by_moderator=False).count(),
        held=_held(begins, ends).count(),
        appealed=Appeal.objects.filter(made_at__gte=begins, made_at__lt=ends).count(),
    )
    for code, rule, many in made.values_list("code", "rule").annotate(many=Count("pk")):
        counts[f"decided:{code}:{rule}"] += many
    reported = Report.objects.filter(created_at__gte=begins, created_at__lt=ends)
    for reason, many in reported.values_list("reason").annotate(many=Count("pk")):
        counts[f"reported:{reason}"] += many
    settled = Report.objects.filter(settled_at__gte=begins, settled_at__lt=ends)
    for state, many in settled.values_list("state").annotate(many=Count("pk")):
        counts[f"settled:{state}"] += many
    for code, waited, harm, rules in _first(made):
        counts[f"waited:{harm}:{waited // timedelta(minutes=1)}"] += 1
        counts.update(_judged(Code(code), rules))
    return Figures(counts)


def sweep() -> int:
    """Count the finished days that are not counted yet, the oldest first. Returns how many that were."""
    last = DayFigures.objects.order_by("-day").values_list("day", flat=True).first()
    day = last + timedelta(days=1) if last else _first_day()
    finished = (timezone.now() - GRACE).astimezone(timezone.get_default_timezone()).date()
    done = 0
    while day is not None and day < finished and done < DAYS_A_ROUND:
        DayFigures.objects.get_or_create(day=day, defaults={"counts": count(day).counts})
        day += timedelta(days=1)
        done += 1
    return done


def _first_day() -> date | None:
    """Of the first text that anybody sent."""
    first: datetime | None = Edit.objects.aggregate(first=Min("created_at"))["first"]
    return first.astimezone(timezone.get_default_timezone()).date() if first else None


def _held(begins: datetime, ends: datetime) -> QuerySet[ReviewItem]:
    opened: QuerySet[ReviewItem] = ReviewItem.objects.filter(opened_at__gte=begins, opened_at__lt=ends)
    return opened.exclude(rules__in=["", f" {REPORT} "])


def _first(made: QuerySet[Decision]) -> Iterator[tuple[str, timedelta, int, str]]:
    """Of those that are the first on something that waited: code, how long it had, its harm and its rules."""
    earlier = Decision.objects.filter(item=OuterRef("item"), item_version__lt=OuterRef("item_version"))
    first = made.exclude(Exists(earlier)).exclude(item__rules="").exclude(code=Code.UNDONE)
    for code, at, opened_at, harm, rules in first.values_list(
        "code", "made_at", "item__opened_at", "item__harm", "item__rules"
    ).iterator():
        yield code, max(at - opened_at, timedelta()), harm, rules


def _judged(code: Code, rules: str) -> Counter[str]:
    """Whether the screeners were right to hold it, for each of them; nothing where no text was decided on."""
    if code not in (Code.APPROVED, *RIGHT):
        return Counter()
    verdict = "right" if code in RIGHT else "wrong"
    return Counter(f"{verdict}:{rule}" for rule in rules.split() if rule not in BY_PEOPLE)
