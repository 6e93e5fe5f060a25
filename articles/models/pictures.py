"""Pictures of the library: what each shows, in words, so that it can be found and used again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from uploads.models import Upload


class LibraryPicture(models.Model):
    """What an editor wrote about a picture. `alt` is offered wherever the picture is used; each article has its own."""

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="in_library")
    alt = models.CharField(_("picture in words"), max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="library_picture_is_described")]

    def __str__(self) -> str:
        return self.alt
