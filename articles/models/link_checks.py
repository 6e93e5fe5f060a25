"""What became of the links from articles to other sites when the worker last asked."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone


class LinkCheck(models.Model):
    """A link out of a text that readers have. `status` is the last answer, 0 where there was none."""

    # A page may be away for a night: dead is what did not answer so often, a day between two times.
    DEAD_AFTER = 3
    AGAIN = timedelta(days=30)
    AGAIN_IF_IT_FAILED = timedelta(days=1)

    url = models.CharField(max_length=500, unique=True)
    status = models.PositiveSmallIntegerField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    next_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False),
                name="link_check_fails_since_a_moment",
            )
        ]

    def __str__(self) -> str:
        return self.url
