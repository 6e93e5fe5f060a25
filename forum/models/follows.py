"""What a member wants to hear of. Nobody else learns of it, and nobody is counted."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models.questions import Question
from forum.models.tags import Tag
from forum.models.targets import exactly_one

FOLLOWED = ("question", "topic", "tag", "article", "person")


class FollowQuerySet(models.QuerySet[Any]):
    def about(self, kind: str, pk: int) -> Self:
        return self.filter(**{f"{kind}_id": pk})


class Follow(models.Model):
    """A member follows a question, a topic, a tag, an article, or what a person writes under their name."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    topic = models.ForeignKey("articles.Topic", on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, null=True, blank=True, related_name="follows")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, null=True, blank=True, related_name="follows"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="followers"
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(FOLLOWED), name="follow_is_of_exactly_one"),
            models.CheckConstraint(
                condition=models.Q(person=None) | ~models.Q(person=models.F("member")), name="follow_is_of_others"
            ),
            *(models.UniqueConstraint(fields=["member", key], name=f"follow_{key}_once") for key in FOLLOWED),
        ]
        indexes = [
            # forum.following: the list of a member's own.
            models.Index("member", models.F("created_at").desc(), models.F("id").desc(), name="follow_newest"),
            # forum.actions.telling: who follows something, some at a time.
            *(
                models.Index(key, "member", condition=models.Q(**{f"{key}__isnull": False}), name=f"follow_of_{key}")
                for key in FOLLOWED
            ),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"

    @property
    def kind(self) -> str:
        return next(key for key in FOLLOWED if getattr(self, f"{key}_id") is not None)

    @property
    def thing(self) -> Any:
        return self.question or self.topic or self.tag or self.article or self.person
