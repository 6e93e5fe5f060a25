"""Who has an article open in the editor now."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import User
from articles.models.articles import Article


class PresenceQuerySet(models.QuerySet["Presence"]):
    def gone(self) -> PresenceQuerySet:
        return self.filter(seen_at__lt=timezone.now() - Presence.LASTS)

    def beside(self, article: Article, editor: User) -> PresenceQuerySet:
        """Who else has it open."""
        here = self.filter(article=article, seen_at__gte=timezone.now() - Presence.LASTS)
        return here.exclude(editor=editor).select_related("editor").order_by("since", "pk")


class Presence(models.Model):
    """An open page says every few seconds that it is there; whoever is silent for a minute has gone."""

    LASTS = timedelta(seconds=60)

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(db_index=True)
    # Whether something is typed that is not saved.
    is_writing = models.BooleanField(default=False)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "editor"], name="presence_is_one_per_article_and_editor")
        ]

    def __str__(self) -> str:
        return f"{self.editor_id} at {self.article_id}"
