"""What the moderators and one member write to each other: about one post, or about something else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from forum.models import Post
from forum.models.targets import POSTS, Target, TargetQuerySet, exactly_one
from moderation.models.items import people_apart


class LetterQuerySet(TargetQuerySet):
    def open(self) -> Self:
        return self.filter(ends_at__gt=timezone.now())

    def waiting(self) -> Self:
        """Open, and its member waits for words of the moderators."""
        return self.open().filter(waiting_since__isnull=False)

    def not_of(self, moderator: User) -> Self:
        """Without their own, those about something in their threads, and those of whoever blocked or reported them,
        as far as the name of that member is on it."""
        letters = self.exclude(author=moderator)
        for post in ("question", "answer__question", "comment__question", "comment__answer"):
            letters = letters.exclude(**{f"{post}__author": moderator})
        for people in people_apart(moderator):
            letters = letters.exclude(member__in=people)
            for post in POSTS:
                letters = letters.exclude(**{f"{post}__author__in": people, f"{post}__alias": None})
        return letters

    def with_thing(self) -> Self:
        return self.select_related(
            "question__author",
            "answer__author",
            "answer__question",
            "comment__author",
            "comment__answer",
            "comment__question",
            "member",
        )


class Letter(Target):
    """About one post of its `author`, or, as `member`, about something else that they asked.

    It ends 30 days after it was opened, or before when a moderator closes it: by its date, without anybody acting. All
    of it is deleted 180 days later; see moderation.sweeps.
    """

    OPEN_FOR = timedelta(days=30)

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letters")
    opened_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True)
    # Since when the author waits for an answer; empty if the moderators wrote last.
    waiting_since = models.DateTimeField(null=True)
    # Whether what waits tells of somebody in danger: it is read before the others.
    is_urgent = models.BooleanField(default=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="letter_is_about_exactly_one"),
            models.CheckConstraint(
                condition=Q(member=None) | Q(member=F("author")), name="letter_member_is_its_author"
            ),
            models.CheckConstraint(condition=Q(ends_at__gte=F("opened_at")), name="letter_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | Q(waiting_since__isnull=False), name="letter_urgent_waits"
            ),
        ]
        indexes = [
            # moderation.letters.waiting
            models.Index(
                fields=["waiting_since", "id"], condition=Q(waiting_since__isnull=False), name="letter_waiting"
            ),
            # moderation.views.letters: all of them, and those of one member
            models.Index(F("opened_at").desc(), F("id").desc(), name="letter_newest"),
            models.Index("author", F("opened_at").desc(), F("id").desc(), name="letter_of_member"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.ends_at > timezone.now()

    @property
    def post(self) -> Any:
        """The post that it is about; None if it is about something else."""
        thing = self.thing
        return thing if isinstance(thing, Post) else None

    @property
    def called(self) -> str:
        """Its author as the moderators know them: of a post without a name, as it stands above that."""
        post = self.post
        return str(post.byline.name if post else self.member.name if self.member else "")


class LetterMessage(models.Model):
    """Some words in a letter. Which moderator wrote them, other moderators read; the author never does."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="messages")
    is_from_moderators = models.BooleanField()
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=3000)
    sent_at = models.DateTimeField(default=timezone.now)
    submission_key = models.UUIDField(unique=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="letter_message_says_something")]

    def __str__(self) -> str:
        return f"message {self.pk}"
