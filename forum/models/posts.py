"""What questions, answers and comments have in common. Rows are never deleted: a removed post stays as a tombstone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.models import MarkdownxField

from accounts.mentions import addresses, mentioned
from accounts.models import Distance, User
from core import markdown


@dataclass(frozen=True)
class Byline:
    """Who a post is by, as everybody may know it."""

    name: str
    url: str = ""
    initial: str = ""
    detail: str = ""
    is_anonymous: bool = False


class PostQuerySet(models.QuerySet[Any]):
    def shown_to(self, user: User | AnonymousUser) -> Self:
        """For lists, counts and feeds: exactly what is public, or exactly what members see."""
        return self.filter(shown_to_members=True) if user.is_authenticated else self.filter(shown_to_all=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """For fetching one post: what is shown to them, their own, and, for moderators, everything."""
        if not user.is_authenticated:
            return self.filter(shown_to_all=True)
        if user.is_moderator:
            return self.all()
        return self.filter(Q(shown_to_members=True) | self.own(user))

    def own(self, user: User) -> Q:
        return Q(author=user)

    def with_distance(self, user: User | AnonymousUser) -> Self:
        """For a `user` who is a member with `is_folded`, whether they keep its author at a distance, and `keeps_off`,
        whether its author has blocked them. Neither is ever true of what has no name on it: that would tell whose it
        is."""
        if not user.is_authenticated:
            return self
        mine = Distance.objects.filter(member=user, other=OuterRef("author"))
        blocks = Distance.objects.blocks().filter(member=OuterRef("author"), other=user)
        return self.annotate(
            is_folded=Q(alias=None) & Q(Exists(mine)),
            keeps_off=Q(alias=None) & Q(Exists(blocks)),
        )

    def to_be_put_back(self) -> Self:
        """What its author took back, and may still put back."""
        since = timezone.now() - Post.PUT_BACK_WITHIN
        return self.filter(status=Post.Status.REMOVED, removed_by=Post.Remover.AUTHOR, removed_at__gt=since)


class Post(models.Model):
    """What questions, answers and comments have in common."""

    class Status(models.TextChoices):
        PENDING = "pending", gettext_lazy("Waiting for a moderator")
        RETURNED = "returned", gettext_lazy("Back with its author")
        PUBLISHED = "published", gettext_lazy("Published")
        HIDDEN = "hidden", gettext_lazy("Hidden by the moderators")
        REMOVED = "removed", gettext_lazy("Removed")

    class Remover(models.TextChoices):
        NOBODY = "", gettext_lazy("Not removed")
        AUTHOR = "author", gettext_lazy("Its author")
        MODERATORS = "moderators", gettext_lazy("The moderators")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="%(class)ss"
    )
    # Empty, or the number of an anonymous member in this thread; the asker's is 1.
    alias = models.PositiveSmallIntegerField(null=True, blank=True)
    body = MarkdownxField(blank=True)
    body_html = models.TextField(blank=True)
    rendered_with = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    removed_by = models.CharField(max_length=10, choices=Remover, default=Remover.NOBODY, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    # When its author or the moderators took it away; for a while its author may undo that.
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission_key = models.UUIDField(default=uuid.uuid4)
    # Derived from its own status and everything above it by forum.actions.visibility.reveal(), nowhere else.
    shown_to_members = models.BooleanField(default=False)
    shown_to_all = models.BooleanField(default=False)

    objects = PostQuerySet.as_manager()

    kind: str
    question: Any
    question_id: Any
    # The level of the highest heading in its body: it follows from the headings of the page around it.
    top_heading: int | None = 3
    # Of a post that was fetched `with_distance`.
    is_folded: bool = False
    keeps_off: bool = False
    # Of a post that was just written: what its author is told although it need not wait.
    warning: str = ""

    class Meta:
        abstract = True

    @classmethod
    def shared_constraints(cls, name: str) -> list[models.BaseConstraint]:
        return [
            models.UniqueConstraint(fields=["author", "submission_key"], name=f"{name}_is_submitted_once"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name=f"{name}_published_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(shown_to_members=False) | Q(status="published"), name=f"{name}_shown_is_published"
            ),
            models.CheckConstraint(
                condition=Q(shown_to_all=False) | Q(shown_to_members=True), name=f"{name}_shown_to_all_is_to_members"
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | ~Q(removed_by=""), name=f"{name}_removed_says_by_whom"
            ),
            models.CheckConstraint(condition=Q(alias=None) | Q(alias__gt=0), name=f"{name}_alias_counts_from_one"),
        ]

    @classmethod
    def index_of_taken_down(cls, name: str) -> models.Index:
        """Of few rows, for what its author may still put back."""
        return models.Index(fields=["author", "removed_at"], condition=Q(removed_at__isnull=False), name=name)

    @property
    def byline(self) -> Byline:
        if self.alias is not None:
            name = (
                _("Anonymous asker") if self.alias == 1 else _("Anonymous member %(number)s") % {"number": self.alias}
            )
            return Byline(name, initial="?", is_anonymous=True)
        if self.author is None:
            return Byline(_("A former member"), initial="–", is_anonymous=True)
        return Byline(self.author.name, self.author.get_absolute_url(), self.author.name[:1].upper())

    @property
    def history_url(self) -> str:
        return reverse(f"forum:history_{self.kind}", args=[self.pk])

    HELD = (Status.PENDING, Status.RETURNED)
    # How long its author may put back what they took back.
    PUT_BACK_WITHIN = timedelta(days=7)

    @property
    def put_back_until(self) -> datetime | None:
        """Until when its author may put it back; None if they did not take it back, or that time is over."""
        if self.removed_by != self.Remover.AUTHOR or self.removed_at is None:
            return None
        until = self.removed_at + self.PUT_BACK_WITHIN
        return until if timezone.now() < until else None

    @property
    def is_held(self) -> bool:
        return self.status in self.HELD

    def mentioned(self, text: str) -> dict[str, User]:
        """The members that a text of this post names, by handle."""
        return mentioned(text, author_id=self.author_id, is_nameless=self.alias is not None)

    def render(self) -> None:
        """Make what is shown of the body. Not saved."""
        people = addresses(self.mentioned(self.body))
        self.body_html = markdown.render(self.body, top=self.top_heading, people=people)
        self.rendered_with = markdown.RENDERER_VERSION
