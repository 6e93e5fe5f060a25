"""The telephone numbers of people who help at once, and what each said before it was corrected."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Upper
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.countries import COUNTRIES


class SupportLineQuerySet(models.QuerySet["SupportLine"]):
    def shown(self) -> SupportLineQuerySet:
        return self.filter(withdrawn_at=None)

    def to_check(self) -> SupportLineQuerySet:
        """Shown, but checked by nobody, or too long ago."""
        return self.shown().filter(Q(checked_on=None) | Q(checked_on__lt=SupportLine.stale_before()))

    def in_order(self) -> SupportLineQuerySet:
        return self.order_by("country", "kind", "id")


class SupportLine(models.Model):
    """A number that somebody in need can call. Shown by itself only while its check is fresh."""

    class Kind(models.TextChoices):
        EMERGENCY = "emergency", _("Emergency number")
        CRISIS = "crisis", _("Somebody to talk to, at once")
        ABUSE = "abuse", _("If somebody hurts you or keeps you in fear")
        CHILD = "child", _("For children and young people, and whoever worries about one")
        ADVICE = "advice", _("Medical advice that is needed soon, but is no emergency")

    FRESH_FOR = timedelta(days=180)

    country = models.CharField(_("Country"), max_length=2)
    kind = models.CharField(_("What it is for"), max_length=10, choices=Kind)
    name = models.CharField(_("Who answers"), max_length=100)
    number = models.CharField(
        _("Number"), max_length=30, validators=[RegexValidator(r"^\+?[0-9][0-9 ()-]*\Z", _("Write it in digits."))]
    )
    hours = models.CharField(_("When"), max_length=100, blank=True)
    languages = models.CharField(_("Languages"), max_length=100, blank=True)
    page = models.URLField(_("Their own page"), blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SupportLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["country", "kind", "number"], name="support_line_is_there_once"),
            models.CheckConstraint(
                condition=Q(country=Upper(F("country"))) & Exact(Length("country"), 2),
                name="support_line_has_a_country",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["emergency", "crisis", "abuse", "child", "advice"]),
                name="support_line_has_a_kind",
            ),
            models.CheckConstraint(condition=~Q(number="") & ~Q(name=""), name="support_line_can_be_called"),
            models.CheckConstraint(
                condition=Q(checked_by=None) | Q(checked_on__isnull=False), name="support_line_checked_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.number}"

    @classmethod
    def stale_before(cls) -> date:
        return timezone.localdate() - cls.FRESH_FOR

    @property
    def is_fresh(self) -> bool:
        return self.checked_on is not None and self.checked_on >= self.stale_before()

    @property
    def country_name(self) -> str:
        return str(COUNTRIES.get(self.country, self.country))

    # What a correction changes, and what is kept of it as it was.
    WORDS = ("country", "kind", "name", "number", "hours", "languages", "page")

    @property
    def words(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.WORDS}


class LineRecord(models.Model):
    """One change of a support line: who made it, when, and what the line said before. Never changed."""

    line = models.ForeignKey(SupportLine, on_delete=models.CASCADE, related_name="records")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    # The words of a SupportLine, with `checked_on`; empty for a new line.
    before: Any = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.line_id} {self.made_at}"
