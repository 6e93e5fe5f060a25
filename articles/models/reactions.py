"""What readers say of an article: whether it helped them, how often that was said, and in which words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.revisions import Revision


class Said(models.TextChoices):
    """Whether an article helped and, where it did not and its reader says so, why."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    MISSING = "missing", _("I did not find what I was looking for")
    UNCLEAR = "unclear", _("It is hard to understand")
    DIFFERS = "differs", _("It does not fit my situation")
    WRONG = "wrong", _("I think that something in it is wrong")


REASONS = (Said.MISSING, Said.UNCLEAR, Said.DIFFERS, Said.WRONG)


class Reaction(models.Model):
    """What one member, or for a day one guest, says of an article. Of which text and day it counts is kept with it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="reactions")
    # By which a guest is known again until the end of the day: see articles.actions.reactions.
    guest = models.CharField(max_length=64, null=True)
    says = models.CharField(max_length=10, choices=Said)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "member"], name="reaction_is_one_per_member"),
            models.UniqueConstraint(fields=["article", "guest"], name="reaction_is_one_per_guest"),
            models.CheckConstraint(condition=Q(member=None) ^ Q(guest=None), name="reaction_has_one_kind_of_reader"),
            models.CheckConstraint(condition=Q(says__in=Said.values), name="reaction_says_what_can_be_said"),
        ]
        indexes = [models.Index("day", condition=Q(guest__isnull=False), name="reaction_of_guests")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.says}"


class ReactionDay(models.Model):
    """How often something was said of a revision on a day. Nobody who said it is in it."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="reaction_days")
    day = models.DateField()
    says = models.CharField(max_length=10, choices=Said)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "day", "says"], name="reaction_day_is_one_of_each")]

    def __str__(self) -> str:
        return f"{self.revision_id} {self.day} {self.says}"


class ReaderRemark(models.Model):
    """What a reader wrote to the editors about an article. The public never sees it, and it goes after a while."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reader_remarks")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    says = models.CharField(max_length=10, choices=Said)
    text = models.TextField(max_length=1_000)
    submission_key = models.UUIDField(unique=True)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "member"], name="reader_remark_is_one_per_member"),
            models.CheckConstraint(condition=~Q(text=""), name="reader_remark_is_not_empty"),
        ]
        indexes = [
            # The editors' page about one article, newest first.
            models.Index("article", F("written_at").desc(), F("id").desc(), name="reader_remark_newest"),
        ]

    def __str__(self) -> str:
        return f"reader remark {self.pk}"
