"""What moderators often write to authors, kept to be chosen from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation import house


class SavedReply(models.Model):
    """Words to an author, with variables for what differs each time; see moderation.replies."""

    class Use(models.TextChoices):
        CHANGES = "changes", _("Ask for changes")
        EDIT = "edit", _("Edit and approve")
        REJECT = "reject", _("Reject")
        HIDE = "hide", _("Hide it")
        SANCTION = "sanction", _("Warn, pause or suspend")
        LETTER = "letter", _("Write to the author")

    title = models.CharField(max_length=80)
    words = models.TextField(max_length=2000)
    # Each a Use.
    uses: models.JSONField[Any, Collection[str]] = models.JSONField(default=list)
    # The only rule that it fits; empty if it fits any.
    rule = models.CharField(max_length=20, choices=house.CHOICES, blank=True)
    is_active = models.BooleanField(default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "saved replies"
        constraints = [
            models.UniqueConstraint(fields=["title"], name="saved_reply_title_is_unique"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="saved_reply_says_something"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def uses_in_words(self) -> list[str]:
        return [str(use.label) for use in self.Use if use in self.uses]

    @property
    def house_rule(self) -> house.Rule | None:
        return house.REASONS.get(self.rule)
