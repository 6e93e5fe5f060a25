"""What waits for a moderator, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Distance, User
from forum.models import Post, Target
from forum.models.targets import KEYS, POSTS, TargetQuerySet, exactly_one
from moderation.models.reports import Report

# The rule of a reason that people gave, beside the rules of the screeners.
REPORT = "report"
# Of which harm on an item is urgent.
URGENT = 4


def apart_from(moderator: User, member_id: int | None) -> set[int]:
    """`member_id`, if a moderator decides nothing about what has their name on it: they blocked or reported them."""
    blocking, reporting = people_apart(moderator)
    found = (*blocking.filter(member=member_id), *reporting.filter(reporter=member_id)[:1])
    return {pk for (pk,) in found}


def people_apart(moderator: User) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
    """Who has blocked them, and who has reported them."""
    blocking = Distance.objects.blocks().filter(other=moderator).values_list("member")
    return blocking, Report.objects.against(moderator).values_list("reporter")


class ReviewItemQuerySet(TargetQuerySet):
    def open(self) -> Self:
        return self.filter(state=ReviewItem.State.OPEN)

    def not_of(self, moderator: User) -> Self:
        """Without what is about the moderator's own posts, threads and profile, and what has the name of somebody on
        it who blocked or reported them."""
        apart = people_apart(moderator)
        items = self.exclude(member=moderator)
        for people in apart:
            items = items.exclude(member__in=people)
        for post in ("question", "answer", "answer__question", "comment", "comment__question", "comment__answer"):
            items = items.exclude(**{f"{post}__author": moderator})
        for post in POSTS:
            for people in apart:
                items = items.exclude(**{f"{post}__author__in": people, f"{post}__alias": None})
        return items

    def in_order(self) -> Self:
        """Harm first, then who reads it meanwhile, then who has waited longest: see moderation/order.py."""
        return self.order_by("-urgency", "opened_at", "id")

    def after(self, urgency: int, opened_at: datetime, pk: int) -> Self:
        """What comes later in this order than an item with these three."""
        later = Q(opened_at__gt=opened_at) | Q(opened_at=opened_at, pk__gt=pk)
        # The leading `<=` is what lets the index seek; the OR only breaks ties.
        return self.filter(urgency__lte=urgency).filter(Q(urgency__lt=urgency) | later)

    def left_to_seniors(self) -> Self:
        """What others left to the senior moderators, who alone are shown it now."""
        return self.filter(for_seniors_until__gt=timezone.now())

    def for_everybody(self) -> Self:
        """The others."""
        return self.filter(Q(for_seniors_until=None) | Q(for_seniors_until__lte=timezone.now()))

    def claimed(self) -> Self:
        return self.filter(claimed_by__isnull=False, claimed_until__gt=timezone.now())

    def free(self) -> Self:
        return self.filter(Q(claimed_by=None) | Q(claimed_until__lte=timezone.now()))

    def for_list(self) -> Self:
        texts = [
            f"{post}__{text}"
            for post in ("question", "answer", "answer__question", "comment", "comment__question")
            for text in ("body", "body_html")
        ]
        return self.select_related(
            "question__topic", "answer__question", "comment__question", "member", "claimed_by"
        ).defer(*texts)

    def for_page(self) -> Self:
        return self.select_related(
            "question__author",
            "question__topic",
            "question__article__live",
            "answer__author",
            "answer__credential",
            "answer__question__article__live",
            "comment__author",
            "comment__answer",
            "comment__question__article__live",
            "member",
            "claimed_by",
        )


class ReviewItem(Target):
    """One thing that waits for a moderator, however many reasons there are.

    `version` changes with the text and with a decision, so that whoever decides has read what they decide about. One
    more report does not change it: else a few people with a button could keep anybody from deciding.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        CLOSED = "closed", _("Decided")

    class Reach(models.IntegerChoices):
        """Who can read it while it waits."""

        NOBODY = 0, _("read by nobody yet")
        MEMBERS = 1, _("open to members")
        ANYONE = 2, _("open to everybody")
        MANY = 3, _("open to everybody, in a thread with many people")

    class AtOnce(models.TextChoices):
        """What software did when it was reported, until somebody decides; see moderation.at_once."""

        NOTHING = "", _("Nothing")
        HIDDEN = "hidden", _("Out of sight until decided")
        COLLAPSED = "collapsed", _("Collapsed until decided")

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Each {"rule", "level", "words", "author", "spans": [[start, end], ...]}, see forum.desk.Finding; what people
    # reported has the rule `REPORT`, and in "report" which one it was. The others are about a text that waits.
    reasons = models.JSONField(default=list)
    # What follows from the reasons; written with them by moderation.order.weigh(), nowhere else.
    harm = models.PositiveSmallIntegerField(default=0)
    reach = models.PositiveSmallIntegerField(choices=Reach, default=Reach.NOBODY, db_default=Reach.NOBODY)
    urgency = models.GeneratedField(
        expression=F("harm") * 10 + F("reach"), output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    # The rules with a space before and behind each, to be found by; and what is distressing about it, if anything is.
    rules = models.CharField(max_length=400, blank=True, db_default="")
    distress = models.CharField(max_length=20, blank=True, db_default="")
    at_once = models.CharField(max_length=10, choices=AtOnce, blank=True, default="", db_default="")
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Since when they have it, without a break.
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    # Until then only senior moderators are shown it: somebody left it to them.
    for_seniors_until = models.DateTimeField(null=True, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="review_item_is_about_exactly_one"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="review_item_closed_says_when",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(state="open", claimed_until__isnull=False),
                name="review_item_claimed_is_open_and_ends",
            ),
            models.CheckConstraint(condition=Q(harm__lte=5, reach__lte=3), name="review_item_harm_and_reach_end"),
            models.CheckConstraint(
                condition=Q(at_once="") | Q(member=None), name="review_item_at_once_is_about_a_post"
            ),
            *(
                models.UniqueConstraint(fields=[key], condition=Q(state="open"), name=f"one_open_item_per_{key}")
                for key in KEYS
            ),
        ]
        indexes = [
            # The queue, in its order.
            models.Index(F("urgency").desc(), "opened_at", "id", condition=Q(state="open"), name="review_queue"),
            # What was left to senior moderators, in the same order.
            models.Index(
                F("urgency").desc(),
                "opened_at",
                "id",
                condition=Q(state="open", for_seniors_until__isnull=False),
                name="review_queue_of_seniors",
            ),
            # What came to wait on a day.
            models.Index(fields=["opened_at"], name="review_item_by_day"),
        ]

    def __str__(self) -> str:
        return f"review item {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def as_read(self) -> str:
        """Which item, and which version of it."""
        return f"{self.pk}-{self.version}"

    @property
    def is_urgent(self) -> bool:
        return self.harm >= URGENT

    @property
    def is_left_to_seniors(self) -> bool:
        """Whether only senior moderators are shown it now, because somebody left it to them."""
        return self.is_open and self.for_seniors_until is not None and self.for_seniors_until > timezone.now()

    @property
    def is_put_aside(self) -> bool:
        """Whether software keeps it out of sight until somebody decides."""
        return self.is_open and isinstance(self.thing, Post) and self.is_put_aside_as(self.thing)

    def is_put_aside_as(self, post: Post) -> bool:
        """The same, with where its post stands now."""
        is_hidden = self.at_once == self.AtOnce.HIDDEN and post.status == Post.Status.HIDDEN
        return is_hidden or getattr(post, "collapsed_at", None) is not None

    @property
    def reported(self) -> list[dict[str, Any]]:
        """The reasons that people gave."""
        return [reason for reason in self.reasons if reason["rule"] == REPORT]

    @property
    def held_for(self) -> list[dict[str, Any]]:
        """The reasons why a text waits; without any, no text does."""
        return [reason for reason in self.reasons if reason["rule"] != REPORT]
