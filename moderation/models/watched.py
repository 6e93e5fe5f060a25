"""Words and sites that moderators watch for, and what happens where they are found."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WatchedTerm(models.Model):
    """How a term is written: moderation/watched.py. Rows are changed through moderation.watched.save, which tells the
    screeners."""

    class Action(models.TextChoices):
        HOLD = "hold", _("Hold: a moderator reads it first")
        WARN = "warn", _("Warn: the author is told something; it does not wait for that")
        BLOCK_LINK = "block_link", _("Block links: what leads to this site waits, whoever wrote it")

    term = models.CharField(
        _("term"),
        max_length=200,
        help_text=_(
            "Whole words, capital or not. word* is every word that begins so; (one|two|three*) is one of several. "
            "For links: the name of a site, such as pills.example; what is below it counts too."
        ),
    )
    action = models.CharField(_("what happens"), max_length=10, choices=Action)
    to_author = models.CharField(
        _("what the author is told"),
        max_length=300,
        blank=True,
        help_text=_("A sentence. A warning needs one; for the others there is a general one."),
    )
    note = models.CharField(_("note for moderators"), max_length=300, blank=True, help_text=_("Why it is watched."))
    is_active = models.BooleanField(_("in use"), default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("watched term")
        constraints = [
            models.UniqueConstraint(
                Lower("term"),
                name="watched_term_once",
                violation_error_message=_("This term is watched already."),
            ),
            models.CheckConstraint(
                condition=~Q(action="warn") | ~Q(to_author=""),
                name="watched_warning_says_something",
                violation_error_message=_("Please write what the author is told: a warning does nothing else."),
            ),
            models.CheckConstraint(condition=~Q(term=""), name="watched_term_is_not_empty"),
        ]

    def __str__(self) -> str:
        return self.term
