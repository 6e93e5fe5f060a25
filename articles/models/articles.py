"""Articles: the working copy that the admin edits, where it stands, and which revision readers get."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models.corrections import Correction
from articles.models.revisions import Revision
from articles.models.sign_offs import SignOff
from articles.models.texts import Text
from articles.models.topics import Topic, TopicQuerySet

# One after the other, each in the place of the one before.
MOST_SUCCESSORS = 10


class ArticleQuerySet(models.QuerySet["Article"]):
    def at(self, slug: str) -> Article | None:
        """The article that has this address, or had it."""
        return self.filter(slug=slug).first() or self.filter(addresses__slug=slug).first()

    def by_address(self, slugs: Collection[str]) -> dict[str, Article]:
        """The same of many: each that is found, by the address for which it was looked."""
        found = self.filter(addresses__slug__in=slugs).annotate(found_at=F("addresses__slug")) if slugs else ()
        return {article.found_at: article for article in found}

    def published(self) -> ArticleQuerySet:
        """What readers may read: not what was withdrawn for checking, which happens by the day alone."""
        return self.with_a_page().filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=timezone.localdate()))

    def with_a_page(self) -> ArticleQuerySet:
        """Where readers find the text, or that it is withdrawn for checking."""
        return self.filter(state=Article.State.PUBLISHED)

    def waiting(self) -> ArticleQuerySet:
        """What a reviewer is asked to read."""
        is_submitted = Q(submitted__isnull=False, submitted__sign_off=None)
        return self.filter(is_submitted | Q(state=Article.State.PUBLISHED, withdrawn_on__isnull=False))

    def due(self) -> ArticleQuerySet:
        """What was to be given to readers by now."""
        return self.filter(scheduled_for__lte=timezone.now()).order_by("scheduled_for")

    def for_page(self) -> ArticleQuerySet:
        return self.select_related("live__topic__parent", "live__hero", "live_sign_off", "live_correction")

    def with_reaction(self, user: User | AnonymousUser) -> ArticleQuerySet:
        """For a `user` who is a member with `said`, what they say of whether it helped; None if nothing."""
        if not user.is_authenticated:
            return self
        mine = FilteredRelation("reactions", condition=Q(reactions__member=user))
        return self.annotate(reaction=mine, said=F("reaction__says"))

    def for_list(self) -> ArticleQuerySet:
        """With the title, the standfirst and the topic that readers see, and without the texts."""
        return self.select_related("live__topic").only(
            "slug",
            "checked_on",
            "next_review_on",
            "live__title",
            "live__standfirst",
            "live__topic__name",
            "live__topic__slug",
        )

    def pinned_to(self, text: Text) -> list[Article]:
        """What readers may open of the articles that stand first beside this text, in that order."""
        slugs = text.pins.split()
        found = self.published().for_list().by_address(slugs)
        return [found[slug] for slug in slugs if slug in found]

    def in_topic(self, topic: Topic) -> ArticleQuerySet:
        """What readers find under a topic and the topics below it."""
        return self.filter(Q(live__topic=topic) | Q(live__topic__parent=topic))

    def topics(self) -> TopicQuerySet:
        """Where these are found: their topics, and those above them."""
        used = self.values("live__topic")
        below = Topic.objects.filter(pk__in=used).values("parent")
        return Topic.objects.filter(Q(pk__in=used) | Q(pk__in=below)).in_order()


class Article(Text):
    """The working copy, where it stands, and which revision readers get."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        SCHEDULED = "scheduled", _("Scheduled")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    slug = models.SlugField(max_length=80, unique=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="articles")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    live = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    live_sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The text that a reviewer is asked to read; empty again once it changes or is published.
    submitted = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Where readers have a text without a sign-off of its own: what it corrects of the signed one.
    live_correction = models.ForeignKey(Correction, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # From this day on they have it no more, because it is an urgent correction that nobody signed.
    withdrawn_on = models.DateField(null=True, blank=True)
    # The text that the worker gives to readers, when, for whom, and when it is then checked next.
    scheduled = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    scheduled_for = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    scheduled_next_review_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Since when readers have the text that they have.
    live_since = models.DateTimeField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    # Who checked it then, as readers see it: who signed, or found it still right later.
    checked_by = models.CharField(max_length=250, blank=True, default="", db_default="")
    next_review_on = models.DateField(_("next check"), null=True, blank=True)
    # Where readers find what they would have found here, once it is archived.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # How many days before that check the editors were last told of it.
    warned_days = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(
                    live__isnull=False,
                    live_sign_off__isnull=False,
                    published_at__isnull=False,
                    checked_on__isnull=False,
                    next_review_on__isnull=False,
                ),
                name="article_published_has_signed_off_text_and_dates",
            ),
            models.CheckConstraint(condition=~Q(successor=F("pk")), name="article_does_not_succeed_itself"),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(live_correction__isnull=False),
                name="article_withdrawn_is_a_correction",
            ),
            models.CheckConstraint(
                condition=Q(scheduled=None, scheduled_for=None, scheduled_next_review_on=None)
                | Q(scheduled__isnull=False, scheduled_for__isnull=False, scheduled_next_review_on__isnull=False),
                name="article_schedule_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(scheduled__isnull=False), name="article_scheduled_has_a_schedule"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_review") | Q(submitted__isnull=False), name="article_in_review_has_a_text"
            ),
        ]
        indexes = [
            # articles:index: published(), newest checked first
            models.Index(
                fields=["-checked_on", "-id"], condition=Q(state="published"), name="article_published_newest"
            ),
            # articles.sweeps.publish_scheduled, which looks every few seconds
            models.Index(fields=["scheduled_for"], condition=Q(scheduled_for__isnull=False), name="article_scheduled"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_overdue(self) -> bool:
        """Whether the day of its next check has gone by."""
        return self.next_review_on is not None and self.next_review_on < timezone.localdate()

    @property
    def is_withdrawn(self) -> bool:
        """Whether readers find only that it is being checked."""
        return self.withdrawn_on is not None and self.withdrawn_on <= timezone.localdate()

    def standing_in(self) -> Article | None:
        """What readers get who come for this article: itself, or what took its place; None if nothing did."""
        article: Article | None = self
        for _step in range(MOST_SUCCESSORS):
            if article is None or article.is_published:
                break
            article = article.successor
        return article if article and article.is_published else None

    def latest_revision(self) -> Revision | None:
        return self.revisions.first()


class Source(models.Model):
    """A numbered source of the working copy; the text refers to it as [^1]."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    url = models.URLField(max_length=500)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title
