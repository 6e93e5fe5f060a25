"""What moderators write down for each other about a member or a post."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.models import Post
from forum.models.targets import Target, TargetQuerySet, exactly_one


class NoteQuerySet(TargetQuerySet):
    def beside(self, thing: Any) -> Self:
        """For whoever looks at a post or a member: about it, and about whose name is on it. Of the author of what has
        no name on it nothing, as that would tell who it is."""
        about = self.about(thing)
        if isinstance(thing, Post) and thing.alias is None and thing.author_id is not None:
            about = about | self.filter(member=thing.author_id)
        return about.select_related("writer", "member").order_by("-pk")


class Note(Target):
    """Some words about one post or member, for moderators only; kept for 180 days, see moderation.sweeps."""

    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notes_written")
    text = models.TextField(max_length=1000)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="note_is_about_exactly_one"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
