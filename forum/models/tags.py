"""Tags: words that members give their questions, other words for the same, and what a list by tag goes by."""

from __future__ import annotations

from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import User
from forum.models.questions import Question


class TagQuerySet(models.QuerySet["Tag"]):
    def shown_to(self, user: User | AnonymousUser) -> Self:
        """Those that are on a question which is in that person's lists; of the others nobody learns."""
        shown = "shown_to_members" if user.is_authenticated else "shown_to_all"
        return self.filter(Exists(Tagging.objects.filter(tag=OuterRef("pk"), **{shown: True})))


class Tag(models.Model):
    """A subject finer than a topic. Its slug is what addresses name it by."""

    name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=40, unique=True)
    description = models.CharField(max_length=300, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:tag", args=[self.slug])


class TagSynonym(models.Model):
    """Another word for a tag: who types it gets the tag, and its address leads to that of the tag."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="synonyms")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def _lists() -> list[models.Index]:
    """The lists of forum.lists by tag, for members and for everybody."""
    orders: list[tuple[str, str, dict[str, Any]]] = [
        ("active", "active_at", {}),
        ("new", "published_at", {}),
        ("unanswered", "published_at", {"is_answered": False}),
        ("clinician", "active_at", {"clinician_replied": True}),
    ]
    return [
        models.Index(
            "tag",
            F(by).desc(),
            F("question_id").desc(),
            condition=Q(**{f"shown_to_{audience}": True}, **which),
            name=f"tagged_{name}_{audience}",
        )
        for audience in ("members", "all")
        for name, by, which in orders
    ]


class Tagging(models.Model):
    """One tag on one question. The other columns are copies of the question's, so that a list by tag is one seek.

    They are copied by forum.actions.tagging, nowhere else, in the transaction that changes the question.
    """

    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="taggings")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="taggings")
    topic = models.ForeignKey("articles.Topic", on_delete=models.PROTECT, related_name="+")
    active_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    is_answered = models.BooleanField(default=False)
    clinician_replied = models.BooleanField(default=False)
    shown_to_members = models.BooleanField(default=False)
    shown_to_all = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "tag"], name="tag_is_on_a_question_once"),
            models.CheckConstraint(
                condition=Q(shown_to_all=False) | Q(shown_to_members=True), name="tagging_shown_to_all_is_to_members"
            ),
        ]
        indexes = _lists()

    def __str__(self) -> str:
        return f"tag {self.tag_id} on {self.question_id}"
