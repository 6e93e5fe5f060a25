"""For which reason a senior moderator was shown who wrote something that has no name on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moderation.models.log import Decision


class Reveal(models.Model):
    """Who was shown whose post, and when, is in the log, of which this is a part: never changed and never deleted. Whom
    they were shown is written nowhere. See moderation/triggers.py."""

    class Reason(models.TextChoices):
        """Those that members were told of, in the words beside the box; no others."""

        DANGER = "danger", _("Someone is in danger")
        LAW = "law", _("The law requires it")

    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="reveal")
    reason = models.CharField(max_length=10, choices=Reason)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=["danger", "law"]), name="reveal_has_a_listed_reason")
        ]

    def __str__(self) -> str:
        return f"reveal {self.decision_id}"
