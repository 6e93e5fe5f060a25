"""What points at one post, or at a member: exactly one of four nullable keys is set."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Answer, Comment, Post, Question

POSTS = ("question", "answer", "comment")
KEYS = (*POSTS, "member")


def exactly_one(keys: tuple[str, ...] = KEYS) -> Q:
    """A condition that is true when one of `keys` is set and the others are null."""
    condition = Q()
    for key in keys:
        condition |= Q(**{f"{other}__isnull": other != key for other in keys})
    return condition


def key_of(thing: Any) -> str:
    """Which of the keys points at `thing`."""
    return thing.kind if isinstance(thing, Post) else "member"


class TargetQuerySet(models.QuerySet[Any]):
    def about(self, thing: Any) -> Self:
        return self.filter(**{key_of(thing): thing})


class Target(models.Model):
    """Inherited by what may be about a question, an answer, a comment or a member."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="about_%(class)ss"
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def thing(self) -> Any:
        return self.question or self.answer or self.comment or self.member


class Edit(models.Model):
    """One text of one post: what is up, what waits for a moderator, and what was there before."""

    class State(models.TextChoices):
        LIVE = "live", _("Shown")
        HELD = "held", _("Waiting for a moderator")
        RETURNED = "returned", _("Back with its author")
        SUPERSEDED = "superseded", _("Replaced by a newer text")
        REDACTED = "redacted", _("Taken out for ever")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, related_name="edits")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="edits")
    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, null=True, related_name="edits")
    state = models.CharField(max_length=10, choices=State)
    title = models.CharField(max_length=150, blank=True)
    body = models.TextField(blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_moderator = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(POSTS), name="edit_is_of_exactly_one_post"),
            models.CheckConstraint(
                condition=~Q(state="redacted") | Q(title="", body=""), name="edit_redacted_has_no_text"
            ),
            *(
                models.UniqueConstraint(
                    fields=[post], condition=Q(state=state), name=f"edit_of_{post}_is_{state}_at_most_once"
                )
                for post in POSTS
                for state in ("live", "held")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} text {self.pk}"

    @property
    def thing(self) -> Any:
        return self.question or self.answer or self.comment
