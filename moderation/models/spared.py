"""What a moderator asked not to be shown, and until when they take a break."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Spared(models.Model):
    """A class of distressing items (moderation.order.DISTRESSING) that is left out of one moderator's queue."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="spared")
    distress = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moderator", "distress"], name="spared_of_a_class_once"),
            models.CheckConstraint(condition=~models.Q(distress=""), name="spared_of_something"),
        ]

    def __str__(self) -> str:
        return f"spared of {self.distress}"


class Break(models.Model):
    """A moderator has stepped away: until then what alerts moderators goes to the others."""

    moderator = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="break_taken"
    )
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"break of {self.moderator_id}"
