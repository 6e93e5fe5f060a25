"""What leads from questions to articles that were written because of them, and back to their answers."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.questions import Question
from forum.models.replies import Answer


class Prompt(models.Model):
    """A question because of which an article was begun. Once readers have that, the question leads to it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="prompts")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="prompts")
    linked_at = models.DateTimeField(default=timezone.now)
    # When readers first had the article, and the worker was left to tell of it.
    announced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["linked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "question"], name="prompt_is_there_once")]

    def __str__(self) -> str:
        return f"prompt {self.pk}"


class SecondLookQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Of answers that still stand and are said to have helped."""
        return self.filter(looked_at=None, answer__shown_to_members=True, answer__helped_at__isnull=False)


class SecondLook(models.Model):
    """An answer that helped somebody, while the article its question leads to has changed: does it still fit?"""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="second_looks")
    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="second_looks")
    asked_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to look at again")
        verbose_name_plural = _("answers to look at again")
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "article"], condition=Q(looked_at=None), name="second_look_waits_once"
            ),
        ]
        indexes = [
            # The editors' list, newest first.
            models.Index(F("asked_at").desc(), F("id").desc(), condition=Q(looked_at=None), name="second_look_waiting"),
        ]

    def __str__(self) -> str:
        return f"second look {self.pk}"
