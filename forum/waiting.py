"""How long a text waits for a moderator, in words: computed, or honestly unknown."""

from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forum.desk import desk

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def expected(user: User | AnonymousUser) -> str:
    """How long a text of theirs waits now, in one sentence: until somebody is there again, else as long as usually."""
    until = desk().asleep_until()
    return in_words(desk().expected_wait()) if until is None else until_morning(until, is_own=user.is_authenticated)


def until_morning(until: datetime, *, is_own: bool) -> str:
    """`is_own`: the times of a page are those of its reader."""
    here = timezone.localtime(until + HOUR - timedelta(microseconds=1)).replace(minute=0)
    time = {"time": f"{here:%H:%M}", "zone": timezone.get_current_timezone_name(), "day": date_format(here, "l")}
    if here.date() > timezone.localdate() + DAY:
        return _("Moderators are asleep now; we expect to read this by %(day)s, about %(time)s (%(zone)s).") % time
    if is_own:
        return _("Moderators are asleep now; we expect to read this by about %(time)s your time.") % time
    return _("Moderators are asleep now; we expect to read this by about %(time)s (%(zone)s).") % time


def in_words(wait: timedelta | None) -> str:
    """One sentence; a duration is rounded up, so that it is kept more often than not."""
    if wait is None:
        return _("We cannot say how long that takes: too few were read lately to tell.")
    if wait <= HOUR:
        return _("At this time of day that usually takes less than an hour.")
    if wait <= DAY:
        hours = -(-wait // HOUR)
        return ngettext(
            "At this time of day that usually takes about %(count)d hour.",
            "At this time of day that usually takes about %(count)d hours.",
            hours,
        ) % {"count": hours}
    days = -(-wait // DAY)
    return ngettext(
        "At the moment that usually takes about %(count)d day.",
        "At the moment that usually takes about %(count)d days.",
        days,
    ) % {"count": days}
