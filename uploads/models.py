"""Files that people sent: whose they are, where they lie, and whether they may be shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone


class UploadQuerySet(models.QuerySet["Upload"]):
    def shown(self) -> UploadQuerySet:
        return self.filter(quarantined_at=None)

    def of_the_library(self) -> UploadQuerySet:
        """What was sent for articles and pages of the site; never what somebody sent for a post, who may write there
        without their name, also if they are an editor."""
        return self.shown().filter(is_of_library=True)


class Upload(models.Model):
    """One picture, re-encoded by us. `path` is below /media/, tells its size, and never changes."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="uploads")
    path = models.CharField(max_length=60, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    # It stays when whoever sent it goes: see `uploads.privacy.erase`.
    is_of_library = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)
    quarantined_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0, height__gt=0, bytes__gt=0), name="upload_is_not_empty")
        ]

    def __str__(self) -> str:
        return self.path

    def get_absolute_url(self) -> str:
        return reverse("media", args=[self.path])
