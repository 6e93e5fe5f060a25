"""The library: topics, articles with their working copy, immutable revisions, and sign-offs of one revision.

Readers get `article.live`, a revision. `Article` and `Source` are the working copy that the admin edits.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypedDict

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from accounts.models import User

# A help part that was decided to be empty; a blank one is undecided and keeps an article from being published.
NONE = "none"
HELP_PARTS = {
    "help_emergency": _("Call an emergency number now if"),
    "help_soon": _("See a doctor in the next day or two if"),
    "help_visit": _("Mention it at your next visit if"),
}


class Citation(TypedDict):
    """A source as a revision keeps it."""

    title: str
    publisher: str
    url: str


class Kept(models.Model):
    """A row that is written once: it is evidence of what was said, signed or done."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows never change.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} rows never go.")


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_order(self) -> TopicQuerySet:
        """Each parent before its children."""
        return self.select_related("parent").order_by(
            Coalesce("parent__position", "position"),
            Coalesce("parent__name", "name"),
            F("parent").asc(nulls_first=True),
            "position",
            "name",
        )

    def in_the_library(self) -> TopicQuerySet:
        """Topics with something to read, in them or below them."""
        used = Article.objects.published().values("live__topic")
        below = Topic.objects.filter(pk__in=used).values("parent")
        return self.filter(Q(pk__in=used) | Q(pk__in=below)).in_order()


class Topic(models.Model):
    """A subject of the library and of the forum; at most two levels."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    description = models.CharField(max_length=300, blank=True)
    is_sensitive = models.BooleanField(default=False, help_text=_("Questions are kept off search engines by default."))
    position = models.PositiveSmallIntegerField(default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.CheckConstraint(condition=~Q(parent=F("pk")), name="topic_is_not_its_own_parent")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("forum:topic", args=[self.slug])

    def clean(self) -> None:
        if self.parent is not None and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": _("Topics have two levels at most.")})


class Text(models.Model):
    """The words of an article: what the working copy and each revision hold."""

    title = models.CharField(max_length=150)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    standfirst = models.TextField(max_length=400, blank=True)
    key_points = models.TextField(blank=True, help_text=_("One a line."))
    body = MarkdownxField(blank=True)
    help_emergency = models.TextField(
        HELP_PARTS["help_emergency"], blank=True, help_text=_("One a line, or the word none.")
    )
    help_soon = models.TextField(HELP_PARTS["help_soon"], blank=True, help_text=_("One a line, or the word none."))
    help_visit = models.TextField(HELP_PARTS["help_visit"], blank=True, help_text=_("One a line, or the word none."))
    lay_words = models.TextField(
        _("everyday words"), blank=True, help_text=_("What people type who look for this. One a line.")
    )
    # Slugs, one a line, in the order that readers see.
    pins = models.TextField(_("related articles"), blank=True, default="", db_default="")
    byline = models.CharField(max_length=120, default="the Askwell editors")
    hero = models.ForeignKey(
        "uploads.Upload", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    hero_alt = models.CharField(_("picture in words"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class ArticleQuerySet(models.QuerySet["Article"]):
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
        found = (
            {article.slug: article for article in self.published().for_list().filter(slug__in=slugs)} if slugs else {}
        )
        return [found[slug] for slug in slugs if slug in found]

    def in_topic(self, topic: Topic) -> ArticleQuerySet:
        """What readers find under a topic and the topics below it."""
        return self.filter(Q(live__topic=topic) | Q(live__topic__parent=topic))


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
    live = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    live_sign_off = models.ForeignKey("SignOff", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The text that a reviewer is asked to read; empty again once it changes or is published.
    submitted = models.ForeignKey("Revision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(_("next check"), null=True, blank=True)
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


class Revision(Kept, Text):
    """What an article said at one Save, whole and never changed; `*_html` is what readers are shown of it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=200, blank=True)
    sources = models.JSONField(default=list)  # [{"title": str, "publisher": str, "url": str}] in order
    body_html = models.TextField(blank=True)
    key_points_html = models.TextField(blank=True)
    help_emergency_html = models.TextField(blank=True)
    help_soon_html = models.TextField(blank=True)
    help_visit_html = models.TextField(blank=True)
    contents = models.JSONField(default=list)  # [{"id": str, "text": str}], the second-level headings
    rendered_with = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_unique_in_article"),
        ]

    @property
    def written_by(self) -> str:
        return _name_of(self.author)


class SignOff(Kept):
    """A reviewer's yes to one revision. `line` is printed to readers as it was when signed."""

    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="sign_off")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision_author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    line = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revision_author=None) | ~Q(reviewer=F("revision_author")),
                name="sign_off_is_never_by_the_author",
            ),
        ]

    def __str__(self) -> str:
        return self.line


class Step(Kept):
    """What an editor did with a revision: who handed it on, gave it to readers or took it away, and when."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        PUBLISHED = "published", _("Published")
        ARCHIVED = "archived", _("Archived")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["taken_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def taken_by(self) -> str:
        return _name_of(self.editor)


def _name_of(editor: User | None) -> str:
    return editor.name if editor else gettext("a former editor")
