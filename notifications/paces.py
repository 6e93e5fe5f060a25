"""When a mail is due: at once, or at a fixed hour of somebody's own day or week."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from accounts.models import User
from notifications.kinds import Matter
from notifications.models import Preference

Pace = Preference.Pace
HOUR = time(8)
MONDAY = 0


def due_at(pace: str, *, now: datetime, zone: ZoneInfo | None) -> datetime | None:
    """The moment for the mail; None for never. At once waits a little, so that a burst becomes one mail."""
    if pace == Pace.NEVER:
        return None
    if pace == Pace.NOW:
        return now + settings.MAILS_WAIT
    here = now.astimezone(zone or UTC)
    days = 7 - here.weekday() + MONDAY if pace == Pace.WEEKLY and here.weekday() != MONDAY else 0
    due = _at_hour(here, days)
    return due if due > now else _at_hour(here, 7 if pace == Pace.WEEKLY else 1)


def _at_hour(here: datetime, days: int) -> datetime:
    return datetime.combine(here.date() + timedelta(days=days), HOUR, here.tzinfo).astimezone(UTC)


def paces(people: Collection[int], matter: Matter) -> dict[int, str]:
    """What those of `people` chose who chose something."""
    chosen = Preference.objects.filter(member__in=people, matter=matter)
    return dict(chosen.values_list("member_id", "pace"))


def chosen_by(user: User) -> dict[Matter, str]:
    """What somebody chose for each matter, and what holds where they chose nothing."""
    chosen = dict(Preference.objects.filter(member=user).values_list("matter", "pace"))
    return {matter: chosen.get(matter.value, Pace.NOW) for matter in Matter}
