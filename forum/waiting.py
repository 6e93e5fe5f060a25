"""How long a text waits for a moderator, in words: computed, or honestly unknown."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


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
