"""Files that people sent: whose they are, where they lie, and whether they may be shown."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Upload(models.Model):
    """One picture, re-encoded by us. `path` is below /media/ and never changes."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="uploads")
    path = models.CharField(max_length=60, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bytes = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    quarantined_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.path
