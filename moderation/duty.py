"""Who is on duty now, when somebody is next, and what holds until then. Hours and rules are remembered for a minute."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from moderation.models import DutyHours, NightRules

HOURS, RULES = "duty_hours", "night_rules"
# In seconds; a change is seen at once.
REMEMBERED = 60
DAY = timedelta(days=1)
Span = tuple[time, time]


@dataclass(frozen=True)
class Hours:
    """One moderator's hours on one day of the week."""

    moderator_id: int
    name: str
    zone: str
    weekday: int
    begins: time
    ends: time

    def around(self, now: datetime) -> list[tuple[datetime, datetime]]:
        """When they begin and end, from the day before `now` until a week after it, in order."""
        here = now.astimezone(_zone(self.zone))
        days = (here.date() + timedelta(days=days) for days in range(-1, 8))
        return [
            (
                datetime.combine(day, self.begins, here.tzinfo),
                datetime.combine(day if self.ends > self.begins else day + DAY, self.ends, here.tzinfo),
            )
            for day in days
            if day.weekday() == self.weekday
        ]


@dataclass(frozen=True)
class Duty:
    """Who is on duty, each with until when, and when somebody is next; None where no hours are known."""

    on: Mapping[int, tuple[str, datetime]]
    next_at: datetime | None
    is_known: bool

    @property
    def nobody(self) -> bool:
        """Whether it is known that nobody is; without any hours it is not."""
        return self.is_known and not self.on


def duty(now: datetime | None = None) -> Duty:
    now = now or timezone.now()
    hours = _hours()
    spans = [(one, begins, ends) for one in hours for begins, ends in one.around(now)]
    on: dict[int, tuple[str, datetime]] = {}
    for one, begins, ends in spans:
        if begins <= now < ends:
            on[one.moderator_id] = (one.name, ends)
    next_at = min((begins for _one, begins, _ends in spans if begins > now), default=None)
    return Duty(on=on, next_at=next_at, is_known=bool(hours))


def asleep_until() -> datetime | None:
    """When somebody is on duty again, while nobody is; None where somebody is, or nobody can say."""
    now = duty()
    return now.next_at if now.nobody else None


def is_slow() -> bool:
    """Whether everything by members who are not trusted waits now."""
    return _rules()[0] and duty().nobody


def takes_no_threads() -> bool:
    """Whether new questions cannot be posted now."""
    return _rules()[1] and duty().nobody


@transaction.atomic
def choose_hours(*, moderator: User, spans: Mapping[int, Span]) -> None:
    """When a moderator is on duty from now on: by day of the week, 0 is Monday, from when until when."""
    DutyHours.objects.filter(moderator=moderator).delete()
    DutyHours.objects.bulk_create(
        DutyHours(moderator=moderator, weekday=weekday, begins=begins, ends=ends)
        for weekday, (begins, ends) in spans.items()
    )
    transaction.on_commit(lambda: cache.delete(HOURS))


@transaction.atomic
def choose_rules(*, rules: NightRules) -> None:
    """What holds from now on while nobody is on duty."""
    rules.pk = NightRules.ONLY
    rules.save()
    transaction.on_commit(lambda: cache.delete(RULES))


def _hours() -> Sequence[Hours]:
    remembered = cache.get(HOURS)
    if remembered is None:
        rows = DutyHours.objects.filter(moderator__is_active=True, moderator__is_moderator=True)
        remembered = [
            Hours(one.moderator_id, one.moderator.name, one.moderator.time_zone, one.weekday, one.begins, one.ends)
            for one in rows.select_related("moderator")
        ]
        cache.set(HOURS, remembered, REMEMBERED)
    return list(remembered)


def _rules() -> tuple[bool, bool]:
    remembered = cache.get(RULES)
    if remembered is None:
        remembered = NightRules.objects.values_list("is_slow", "no_new_threads").first() or (False, False)
        cache.set(RULES, remembered, REMEMBERED)
    is_slow, takes_no_threads = remembered
    return is_slow, takes_no_threads


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return zoneinfo.ZoneInfo("UTC")
