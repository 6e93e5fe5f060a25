"""What reviewers said of a revision."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.kept import Kept
from articles.models.review_links import ReviewLink
from articles.models.revisions import Revision


class SignOff(Kept):
    """A reviewer's yes to one revision, by their account or by a link. `line` is printed as it was when signed."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="sign_off")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.OneToOneField(ReviewLink, on_delete=models.PROTECT, null=True, blank=True, related_name="sign_off")
    # As somebody who came by a link gave it: where it can be looked up depends on the country.
    registration = models.CharField(max_length=60, blank=True, default="", db_default="")
    revision_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    line = models.CharField(max_length=250)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision_author=None) | Q(reviewer=None) | ~Q(reviewer=F("revision_author")),
                name="sign_off_is_never_by_the_author",
            ),
            models.CheckConstraint(
                condition=Q(reviewer__isnull=False, link=None, registration="")
                | (Q(reviewer=None, link__isnull=False) & ~Q(registration="")),
                name="sign_off_is_by_an_account_or_a_link",
            ),
        ]

    def __str__(self) -> str:
        return self.line
