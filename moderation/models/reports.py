"""What people say breaks a rule."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Target
from forum.models.targets import TargetQuerySet, exactly_one
from moderation import house


class ReportQuerySet(TargetQuerySet):
    def against(self, user: User) -> Self:
        """Of them or of what they wrote; not what turned out to be nothing."""
        about = Q(member=user) | Q(question__author=user) | Q(answer__author=user) | Q(comment__author=user)
        return self.of_breaches().filter(about, reporter__isnull=False).exclude(state=Report.State.DISMISSED)

    def of_breaches(self) -> Self:
        """Those that say that a rule is broken: not those by people who worry about somebody."""
        return self.exclude(reason=house.WORRIED.code)


class Report(Target):
    """Somebody, signed in or not, says that a post or a member breaks a rule, or that they worry about its author."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        UPHELD = "upheld", _("Something was done")
        DISMISSED = "dismissed", _("Looked at; it stays")
        GONE = "gone", _("Taken back by its author before anybody decided")

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports_made"
    )
    reason = models.CharField(max_length=20, choices=house.REPORTED_CHOICES)
    # What the reporter wrote is kept for 180 days; see moderation.sweeps.
    note = models.TextField(max_length=1000, blank=True)
    contact = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Not the words are what it is about, or not only.
    is_about_picture = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    submission_key = models.UUIDField(unique=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=exactly_one(), name="report_is_about_exactly_one")]
        indexes = [
            # What was reported, and settled, on a day.
            models.Index(fields=["created_at"], name="report_by_day"),
            models.Index(fields=["settled_at"], name="report_settled_by_day", condition=Q(settled_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def rule(self) -> house.Rule:
        return house.REPORTED[self.reason]

    @property
    def is_worry(self) -> bool:
        return self.reason == house.WORRIED.code

    @property
    def outcome(self) -> str:
        """What its reporter reads of it; of somebody they worry about, only that a moderator has read it."""
        if self.is_worry and self.state in (self.State.UPHELD, self.State.DISMISSED):
            return _("A moderator has read it. Thank you for looking after somebody.")
        return self.get_state_display()
