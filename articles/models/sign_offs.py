"""What reviewers said of a revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.kept import Kept
from articles.models.revisions import Revision


class SignOff(Kept):
    """A reviewer's yes to one revision. `line` is printed to readers as it was when signed."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="sign_off")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    line = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision_author=None) | ~Q(reviewer=F("revision_author")),
                name="sign_off_is_never_by_the_author",
            ),
        ]

    def __str__(self) -> str:
        return self.line
