"""Links by which one person without an account reads one revision, and what reviewers remark on it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.revisions import Revision, name_of

VALID_FOR = timedelta(days=14)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    # A token has 256 random bits, so nothing need slow down who guesses.
    return hashlib.sha256(token.encode()).hexdigest()


def end_of_validity() -> datetime:
    return timezone.now() + VALID_FOR


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    def by_token(self, token: str) -> ReviewLinkQuerySet:
        return self.filter(token_digest=digest(token))

    def with_standing(self) -> ReviewLinkQuerySet:
        """With where the text stands, and none of its words."""
        article = [f"revision__article__{name}" for name in ("state", "withdrawn_on", "live")]
        own = [field.name for field in ReviewLink._meta.local_fields]
        return self.select_related("revision__article", "revision__sign_off").only(
            *own, "revision__article", "revision__number", "revision__author", *article, "revision__sign_off__line",
            "revision__sign_off__signed_at",
        )  # fmt: skip


class ReviewLink(models.Model):
    """An invitation of one person to read one revision and to sign it. Of the token only a digest is kept."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="review_links")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=end_of_validity)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="review_link_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()


class Remark(models.Model):
    """What a reviewer said about a paragraph of a revision, or with an empty `passage` about all of it."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="remarks")
    # The paragraph as it was read; it is found by its words.
    passage = models.TextField(blank=True)
    body = models.TextField(max_length=2000)
    link = models.ForeignKey(ReviewLink, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    dealt_with_at = models.DateTimeField(null=True, blank=True)
    dealt_with_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(link=None) | Q(reviewer=None), name="remark_is_of_one_person"),
            models.CheckConstraint(condition=~Q(body=""), name="remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.body[:60]

    @property
    def made_by(self) -> str:
        return str(self.link) if self.link else name_of(self.reviewer)
