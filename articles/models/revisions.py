"""What an article said at each Save, and what was done with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.models.kept import Kept
from articles.models.texts import Citation, Text
from core.markdown import with_places

# As they follow each other on the page.
PARTS = ("key_points", "help_emergency", "body", "help_soon", "help_visit")


# What a reviewer reads: see `articles.passages`.
READ = (
    "title", "standfirst", "correction_box", "hero_alt", "help_emergency", "help_soon", "help_visit", "sources",
    "byline", "interests", "lay_words", *(f"{part}_html" for part in PARTS),
)  # fmt: skip


class RevisionQuerySet(models.QuerySet["Revision"]):
    def to_read(self) -> RevisionQuerySet:
        """With what a reviewer reads of it, and not how it was written."""
        return self.only("article", "number", "author", "created_at", *READ)


class Revision(Kept, Text):
    """What an article said at one Save, whole and never changed; `*_html` is what readers are shown of it."""

    article = models.ForeignKey("Article", on_delete=models.PROTECT, related_name="revisions")
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

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_unique_in_article"),
        ]

    @cached_property
    def parts(self) -> dict[str, SafeString]:
        """The HTML of each part, each reference to a source with an id of its own: see `cited`."""
        return self._with_places[0]

    @cached_property
    def cited(self) -> list[tuple[Citation, list[str]]]:
        """Each source, with the ids of the places where the text refers to it."""
        return [(source, self._with_places[1].get(number, [])) for number, source in enumerate(self.sources, start=1)]

    @cached_property
    def _with_places(self) -> tuple[dict[str, SafeString], dict[int, list[str]]]:
        places: dict[int, list[str]] = {}
        return {name: with_places(getattr(self, f"{name}_html"), places) for name in PARTS}, places

    @property
    def written_by(self) -> str:
        return name_of(self.author)


class Step(Kept):
    """What was done with a revision: who handed it on, gave it to readers, checked it or took it away, when and why."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted for review")
        SCHEDULED = "scheduled", _("Scheduled")
        CALLED_OFF = "called_off", _("Taken off the schedule")
        SENT_BACK = "sent_back", _("Not published as scheduled")
        PUBLISHED = "published", _("Published")
        FORM = "form", _("Published as a correction of form")
        URGENT = "urgent", _("Published as an urgent correction")
        CHECKED = "checked", _("Found still right")
        ARCHIVED = "archived", _("Archived")

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=600, blank=True, default="", db_default="")

    class Meta:
        ordering = ["taken_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def taken_by(self) -> str:
        return name_of(self.editor)


def name_of(editor: User | None) -> str:
    return editor.name if editor else gettext("a former editor")
