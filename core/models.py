"""Bookkeeping that belongs to no room: parked forms and counted limits. No foreign keys here."""

from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """A form that was filled in but could not be sent yet. It belongs to a browser (signed cookie) or to a member."""

    browser = models.UUIDField(null=True)
    owner_id = models.BigIntegerField(null=True)
    form = models.CharField(max_length=200)
    fields = models.JSONField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
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
