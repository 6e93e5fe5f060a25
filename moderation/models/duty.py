"""When moderators are on duty, whom they were told of urgent items, and what holds while none of them is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models.items import ReviewItem


class DutyHours(models.Model):
    """On one day of each week a moderator is on duty, in their own time zone. One that ends before it begins ends on
    the next day."""

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moderator", "weekday"], name="duty_is_once_a_day"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="duty_is_on_a_day_of_the_week"),
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="duty_takes_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins}-{self.ends}"


class Alert(models.Model):
    """An urgent item that nobody has taken up, and who was told so far. Each step is taken once."""

    class Told(models.IntegerChoices):
        NOBODY = 0
        ON_DUTY = 1
        EVERYBODY = 2
        AUTHOR = 3

    item = models.OneToOneField(ReviewItem, on_delete=models.CASCADE, related_name="alert")
    since = models.DateTimeField(default=timezone.now)
    told = models.PositiveSmallIntegerField(choices=Told, default=Told.NOBODY)
    # Decided: what was told is taken back.
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(told__lte=3), name="alert_has_three_steps")]

    def __str__(self) -> str:
        return f"alert {self.item_id}"


class NightRules(models.Model):
    """What holds while no moderator is on duty. One row, off until somebody switches it on."""

    ONLY = 1

    is_slow = models.BooleanField(
        _("Slow mode"),
        default=False,
        help_text=_("While nobody is on duty, everything by members who are not trusted waits for a moderator."),
    )
    no_new_threads = models.BooleanField(
        _("No new threads tonight"),
        default=False,
        help_text=_("While nobody is on duty, new questions by members are kept as drafts and cannot be posted."),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("while nobody is on duty")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="night_rules_are_one_row")]

    def __str__(self) -> str:
        return str(_("While nobody is on duty"))
