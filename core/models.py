"""What belongs to no room: parked forms, counted limits, the bar above every page. No foreign keys here."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """A form that was filled in and is not sent yet. It belongs to a browser (signed cookie) or to a member."""

    browser = models.UUIDField(null=True)
    owner_id = models.BigIntegerField(null=True)
    form = models.CharField(max_length=200)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    # Which open page wrote it last; empty when no script did.
    window = models.CharField(max_length=36, default="", db_default="")

    class Meta:
        indexes = [models.Index("owner_id", F("saved_at").desc(), F("id").desc(), name="draft_newest")]
        constraints = [
            models.UniqueConstraint(fields=["browser", "form"], name="draft_is_one_per_browser_and_form"),
            models.UniqueConstraint(fields=["owner_id", "form"], name="draft_is_one_per_owner_and_form"),
            models.CheckConstraint(
                condition=Q(browser__isnull=True) ^ Q(owner_id__isnull=True), name="draft_has_one_kind_of_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.form


class Limit(models.Model):
    """How often something was done by one key within one window of time."""

    name = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "key", "window"], name="limit_is_one_row_per_window")]

    def __str__(self) -> str:
        return f"{self.name} {self.count}"


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def current(self) -> AnnouncementQuerySet:
        now = timezone.now()
        return (
            self.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now)).order_by("-starts_at", "-pk")
        )


class Announcement(models.Model):
    """A sentence in a bar above every page, for everybody, such as when the site rests. The newest one is shown."""

    text = models.CharField(
        _("Text"), max_length=300, help_text=_("One or two sentences. [Words](/rules/) link there.")
    )
    # Rendered by core.announcements.save().
    html = models.TextField()
    starts_at = models.DateTimeField(_("From"), default=timezone.now)
    ends_at = models.DateTimeField(
        _("Until"), null=True, blank=True, help_text=_("Empty: until a newer one, or until you end it here.")
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="announcement_ends_after_it_begins",
                violation_error_message=_("It would end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.text
