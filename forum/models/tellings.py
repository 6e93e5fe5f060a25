"""Whom the worker still has to tell of something: the followers, some at a time."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils import timezone

from forum.models.posts import Post
from forum.models.prompts import Prompt
from forum.models.questions import Question
from forum.models.replies import Answer
from forum.models.targets import exactly_one

POSTS = ("question", "answer")
TOLD = (*POSTS, "prompt")


class TellingQuerySet(models.QuerySet[Any]):
    def about(self, post: Post) -> Self:
        return self.filter(**{post.kind: post}) if post.kind in POSTS else self.none()

    def due(self) -> Self:
        return self.filter(next_at__lte=timezone.now()).order_by("next_at", "pk")


class Telling(models.Model):
    """A post, or that there is an article about a question, of which those who follow it are being told, in the order
    of their ids. The row goes when all are."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, null=True, related_name="telling")
    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, null=True, related_name="telling")
    prompt = models.OneToOneField(Prompt, on_delete=models.CASCADE, null=True, related_name="telling")
    # The id of the last member who was told.
    told_up_to = models.BigIntegerField(default=0)
    # When it may be taken up. Whoever takes it up puts this off, so that nobody else does, and it is taken up again if
    # they die.
    next_at = models.DateTimeField(default=timezone.now)
    # In vain, since the last members were told.
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = TellingQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=exactly_one(TOLD), name="telling_is_of_exactly_one")]
        indexes = [models.Index(fields=["next_at"], name="telling_next")]

    def __str__(self) -> str:
        return f"telling {self.pk}"

    @property
    def thing(self) -> Any:
        return self.question or self.answer or self.prompt
