"""What was done about a member for what they wrote, until when it holds, and what they say against a decision."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation import house
from moderation.models.log import Decision

STEPS = [1, 3, 7, 30]


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def standing(self) -> Self:
        """Neither ended early nor overturned."""
        return self.filter(lifted_at=None)

    def running(self) -> Self:
        """What keeps somebody from something now. What is over by its date needs nobody to end it."""
        unread = Q(kind=Sanction.Kind.WARN, acknowledged_at=None)
        return self.standing().filter(unread | Q(until__gt=timezone.now()))


class Sanction(models.Model):
    """One warning, pause or suspension. Who decided it is in the log alone."""

    class Kind(models.TextChoices):
        WARN = "warn", _("Warn")
        SILENCE = "silence", _("Pause their posting")
        SUSPEND = "suspend", _("Suspend their account")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sanctions")
    # The how many-th of this member: of two at once, one is written.
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    rule = models.CharField(max_length=20, choices=house.CHOICES)
    days = models.PositiveSmallIntegerField(null=True)
    # What it is about: each "question-12" or the like, of what has the name of the member on it.
    evidence = models.JSONField(default=list)
    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="sanction")
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "number"], name="sanctions_of_a_member_are_counted"),
            models.CheckConstraint(
                condition=Q(kind="warn", days=None, until=None)
                # What is compared with nothing is neither true nor false, which the database lets pass.
                | Q(kind__in=["silence", "suspend"], days__isnull=False, until__isnull=False, acknowledged_at=None)
                & Q(days__in=STEPS, until__gt=F("made_at")),
                name="sanction_but_a_warning_ends",
            ),
            models.CheckConstraint(condition=~Q(rule=""), name="sanction_names_its_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_running(self) -> bool:
        if self.lifted_at is not None:
            return False
        return self.acknowledged_at is None if self.until is None else self.until > timezone.now()

    @property
    def house_rule(self) -> house.Rule:
        return house.REASONS[self.rule]


class Appeal(models.Model):
    """What somebody says against a decision, once; another moderator than the one who made it decides.

    Their words are kept until 180 days after that; see moderation.sweeps.
    """

    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="appeal")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(max_length=3000, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    # What came of it, in the log; empty while it waits.
    outcome = models.OneToOneField(
        Decision, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="outcome_of"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(outcome__isnull=False), name="appeal_that_waits_says_something"
            ),
        ]
        indexes = [
            # For moderation.views.appeals: those that wait.
            models.Index(fields=["made_at", "id"], condition=Q(outcome=None), name="appeal_waiting"),
            # What was appealed against on a day.
            models.Index(fields=["made_at"], name="appeal_by_day"),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"

    @property
    def is_upheld(self) -> bool:
        return self.outcome is not None and self.outcome.code == Decision.Code.OVERTURNED
