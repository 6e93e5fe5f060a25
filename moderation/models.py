"""What waits for a moderator, what was reported, and the log of what was decided."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Target
from forum.models.targets import KEYS, TargetQuerySet, exactly_one
from moderation import house

# The rule of a reason that people gave, beside the rules of the screeners.
REPORT = "report"


class ReviewItemQuerySet(TargetQuerySet):
    def open(self) -> Self:
        return self.filter(state=ReviewItem.State.OPEN)

    def not_of(self, moderator: User) -> Self:
        """Without what is about the moderator's own posts, threads and profile."""
        items = self.exclude(member=moderator)
        for post in ("question", "answer", "answer__question", "comment", "comment__question", "comment__answer"):
            items = items.exclude(**{f"{post}__author": moderator})
        return items

    def in_order(self) -> Self:
        """Harm first, then who has waited longest."""
        return self.order_by("-harm", "opened_at", "id")

    def for_list(self) -> Self:
        texts = [
            f"{post}__{text}"
            for post in ("question", "answer", "answer__question", "comment", "comment__question")
            for text in ("body", "body_html")
        ]
        return self.select_related("question__topic", "answer__question", "comment__question", "member").defer(*texts)

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
        )


class ReviewItem(Target):
    """One thing that waits for a moderator, however many reasons there are.

    `version` changes with the text, with a report and with a decision: whoever decides has seen all of it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        CLOSED = "closed", _("Decided")

    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    harm = models.PositiveSmallIntegerField(default=0)
    # Each {"rule", "level", "words", "author", "spans": [[start, end], ...]}, see forum.desk.Finding; what people
    # reported has the rule `REPORT`. The others are about a text that waits.
    reasons = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="review_item_is_about_exactly_one"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | Q(state="closed", closed_at__isnull=False),
                name="review_item_closed_says_when",
            ),
            *(
                models.UniqueConstraint(fields=[key], condition=Q(state="open"), name=f"one_open_item_per_{key}")
                for key in KEYS
            ),
        ]
        indexes = [
            # The queue, in its order.
            models.Index(F("harm").desc(), "opened_at", "id", condition=Q(state="open"), name="review_queue"),
        ]

    def __str__(self) -> str:
        return f"review item {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def reported(self) -> list[dict[str, Any]]:
        """The reasons that people gave."""
        return [reason for reason in self.reasons if reason["rule"] == REPORT]

    @property
    def held_for(self) -> list[dict[str, Any]]:
        """The reasons why a text waits; without any, no text does."""
        return [reason for reason in self.reasons if reason["rule"] != REPORT]


class Report(Target):
    """Somebody, signed in or not, says that a post or a member breaks a rule."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        UPHELD = "upheld", _("Something was done")
        DISMISSED = "dismissed", _("Looked at; it stays")
        GONE = "gone", _("Taken back by its author before anybody decided")

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports_made"
    )
    reason = models.CharField(max_length=20, choices=house.CHOICES)
    # What the reporter wrote is kept for 180 days; see moderation.sweeps.
    note = models.TextField(max_length=1000, blank=True)
    contact = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    submission_key = models.UUIDField(unique=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=exactly_one(), name="report_is_about_exactly_one")]

    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def rule(self) -> house.Rule:
        return house.REASONS[self.reason]


class Decision(models.Model):
    """The log: who decided what on which version, for ever. No text, no names; rows are never changed or deleted.

    The database refuses both: see moderation/triggers.py.
    """

    class Code(models.TextChoices):
        APPROVED = "approved", _("Approved")
        EDITED = "edited", _("Edited and approved")
        RETURNED = "returned", _("Sent back for changes")
        REJECTED = "rejected", _("Rejected with a reason")
        HIDDEN = "hidden", _("Hidden")
        KEPT = "kept", _("Looked at; it stays")

    # By which a text was taken from view or never came to it.
    AGAINST = (Code.REJECTED, Code.HIDDEN)

    item = models.ForeignKey(ReviewItem, on_delete=models.DO_NOTHING, db_constraint=False, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    code = models.CharField(max_length=10, choices=Code)
    rule = models.CharField(max_length=20, blank=True)
    item_version = models.PositiveIntegerField()
    target_kind = models.CharField(max_length=10)
    target_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # Of many decisions on one version exactly one is written.
            models.UniqueConstraint(fields=["item", "item_version"], name="one_decision_per_version_of_an_item"),
            models.CheckConstraint(
                condition=(Q(code__in=["rejected", "hidden"]) & ~Q(rule=""))
                | (~Q(code__in=["rejected", "hidden"]) & Q(rule="")),
                name="decision_against_names_its_rule",
            ),
        ]
        indexes = [
            models.Index(fields=["target_kind", "target_id", "-id"], name="decision_by_target"),
            # How long things waited in the last 28 days.
            models.Index(fields=["-made_at"], name="decision_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.target_kind} {self.target_id}"


class Words(models.Model):
    """What a decision said to the author; kept apart from the log, for 180 days."""

    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="words")
    to_author = models.TextField()
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to_author=""), name="words_say_something")]

    def __str__(self) -> str:
        return f"words on {self.decision_id}"
