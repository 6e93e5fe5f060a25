"""Pictures that a moderator took for pictures of abuse."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from moderation.models.items import ReviewItem
from uploads.models import Upload


class Quarantine(models.Model):
    """A picture in quarantine: on which item it was found, and by whom. Only administrators know of it."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, related_name="+")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"quarantine {self.pk}"

    @property
    def is_nameless(self) -> bool:
        """Whether it was found in a post without a name on it: then nothing here says whose it is."""
        return getattr(self.item.thing, "alias", None) is not None
