"""What points at one post, or at a member: exactly one of four nullable keys is set."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models.posts import Post
from forum.models.questions import Question
from forum.models.replies import Answer, Comment

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


class EditQuerySet(TargetQuerySet):
    def listed(self) -> Self:
        """For the public history: what has been public, and still may be read or was taken out for ever."""
        return self.filter(listed_at__isnull=False)

    def with_thread(self) -> Self:
        return self.select_related("question", "answer__question", "comment__question", "comment__answer")


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
    # Of a question: its tags as they were typed, with commas between. They become rows when the text is published.
    tags = models.CharField(max_length=220, blank=True)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_moderator = models.BooleanField(default=False)
    # Why it was changed, in the editor's words; public with the history.
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Since when it is in the public history; empty for what never was public, and for what was replaced within minutes.
    listed_at = models.DateTimeField(null=True, blank=True)

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(POSTS), name="edit_is_of_exactly_one_post"),
            models.CheckConstraint(
                condition=~Q(state="redacted") | Q(title="", body="", reason=""), name="edit_redacted_has_no_text"
            ),
            *(
                models.UniqueConstraint(
                    fields=[post], condition=Q(state=state), name=f"edit_of_{post}_is_{state}_at_most_once"
                )
                for post in POSTS
                for state in ("live", "held")
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["held", "returned"]) | Q(listed_at=None), name="edit_listed_was_public"
            ),
        ]
        indexes = [
            # The public history of a post, newest first.
            models.Index(
                post,
                F("listed_at").desc(),
                F("id").desc(),
                condition=Q(listed_at__isnull=False),
                name=f"edit_of_{post}",
            )
            for post in POSTS
        ] + [
            # What was sent on a day.
            models.Index(fields=["created_at"], name="edit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.state} text {self.pk}"

    @property
    def words(self) -> str:
        """All that it says."""
        return "\n\n".join(filter(None, (self.title, self.body, self.tags)))

    @property
    def thing(self) -> Any:
        return self.question or self.answer or self.comment
