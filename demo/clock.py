"""Demo content has a past: what is done `at(moment)` is written down as if it had happened then."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Self
from unittest.mock import patch

from django.utils import timezone

REAL_NOW = timezone.now


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(moment.timestamp(), tz)

    # Every `timezone.now`, also one that a model keeps as a default, asks this name.
    with patch.object(timezone, "datetime", Clock):
        yield


def hours_ago(hours: float) -> datetime:
    return REAL_NOW() - timedelta(hours=hours)
