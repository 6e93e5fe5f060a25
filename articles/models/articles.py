"""Articles: the working copy that the admin edits, where it stands, and which revision readers get."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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

    def published(self) -> ArticleQuerySet:
        """What readers may open."""
        return self.filter(state=Article.State.PUBLISHED)

    def for_page(self) -> ArticleQuerySet:
        return self.select_related("live__topic__parent", "live__hero", "live_sign_off")

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
        if not slugs:
            return []
        pinned = self.published().for_list().filter(addresses__slug__in=slugs)
        found = {article.pinned_as: article for article in pinned.annotate(pinned_as=F("addresses__slug"))}
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
    published_at = models.DateTimeField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(_("next check"), null=True, blank=True)
    # Where readers find what they would have found here, once it is archived.
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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
        ]
        indexes = [
            # articles:index: published(), newest checked first
            models.Index(
                fields=["-checked_on", "-id"], condition=Q(state="published"), name="article_published_newest"
            ),
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
