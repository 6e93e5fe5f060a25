"""The words of an article, which its working copy and each of its revisions hold."""

from __future__ import annotations

from typing import TypedDict

from django.db import models
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from articles.models.topics import Topic

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


class Focus(models.TextChoices):
    """What of a picture stays in sight where it is cut to the width of the page."""

    MIDDLE = "", _("The middle")
    TOP = "top", _("The top")
    BOTTOM = "bottom", _("The bottom")
    LEFT = "left", _("The left")
    RIGHT = "right", _("The right")
    TOP_LEFT = "top-left", _("The top left")
    TOP_RIGHT = "top-right", _("The top right")
    BOTTOM_LEFT = "bottom-left", _("The bottom left")
    BOTTOM_RIGHT = "bottom-right", _("The bottom right")


class Text(models.Model):
    """The words of an article: what the working copy and each revision hold."""

    title = models.CharField(max_length=150)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    standfirst = models.TextField(max_length=400, blank=True)
    key_points = models.TextField(blank=True, help_text=_("One a line."))
    body = MarkdownxField(blank=True)
    # What readers must know was wrong here, and what holds instead; it stands in a box above everything else.
    correction_box = models.TextField(_("correction box"), max_length=1000, blank=True, default="", db_default="")
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
    # About this text; where it is empty, readers are told what holds for all: see `settings.FUNDING`.
    interests = models.CharField(_("funding and interests"), max_length=400, blank=True, default="", db_default="")
    byline = models.CharField(max_length=120, default="the Askwell editors")
    hero = models.ForeignKey(
        "uploads.Upload", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    hero_alt = models.CharField(_("picture in words"), max_length=200, blank=True)
    hero_focus = models.CharField(
        _("what stays in sight"), max_length=12, choices=Focus, blank=True, default="", db_default=""
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title
