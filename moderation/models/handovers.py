"""Who left an item to whom, and with which words."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from moderation.models.items import ReviewItem


class Handover(models.Model):
    """A moderator leaves an item to the others, or to the senior moderators."""

    # How long what somebody passed on comes to them only when nothing else waits.
    RESTS_FOR = timedelta(hours=12)

    item = models.ForeignKey(ReviewItem, on_delete=models.CASCADE, related_name="handovers")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    to_seniors = models.BooleanField(default=False)
    # For the other moderators; kept for 180 days like all words, see moderation.sweeps.
    note = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["moderator", "item"], name="handover_by_moderator")]

    def __str__(self) -> str:
        return f"handover of {self.item_id}"
