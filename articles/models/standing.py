"""The standing pages (about, rules, privacy ...): what they said at each Save, and which text readers get."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.kept import Kept
from articles.models.revisions import name_of


class StandingPage(models.Model):
    """A page of the site itself. Until editors publish a text, readers get the one that Askwell comes with."""

    class Name(models.TextChoices):
        ABOUT = "about", _("About")
        HOW_WE_WRITE = "how_we_write", _("How we write and review articles")
        RULES = "rules", _("Rules")
        PRIVACY = "privacy", _("Privacy and your data")
        YOUNG = "young", _("For people who are too young")
        ACCESSIBILITY = "accessibility", _("Accessibility")
        CONTACT = "contact", _("Contact")

    name = models.CharField(max_length=20, choices=Name, unique=True)
    live = models.ForeignKey("StandingRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    live_since = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live=None, live_since=None) | Q(live__isnull=False, live_since__isnull=False),
                name="standing_page_published_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.get_name_display()

    def get_absolute_url(self) -> str:
        return reverse(f"pages:{self.name}")

    def latest(self) -> StandingRevision | None:
        return self.revisions.select_related("author").first()


class StandingRevision(Kept):
    """What a page said at one Save, in Markdown: see `articles.standing` for what stands in braces."""

    page = models.ForeignKey(StandingPage, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=100)
    description = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    notice = models.TextField(blank=True)
    body = models.TextField()

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["page", "number"], name="standing_revision_number_is_unique")]

    @property
    def written_by(self) -> str:
        return name_of(self.author)


class StandingPublication(Kept):
    """Who gave readers a text of a standing page, when and why."""

    revision = models.ForeignKey(StandingRevision, on_delete=models.PROTECT, related_name="publications")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["published_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="standing_publication_says_why")]

    @property
    def published_by(self) -> str:
        return name_of(self.editor)
