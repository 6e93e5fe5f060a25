"""What readers were given without a sign-off of its own, on which signed text it stands, and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.kept import Kept
from articles.models.revisions import Revision
from articles.models.sign_offs import SignOff


class Correction(Kept):
    """A revision that only corrects the form of a signed one, or at once takes out or puts right what was wrong."""

    class Kind(models.TextChoices):
        FORM = "form", _("Correction of form")
        URGENT = "urgent", _("Urgent correction")

    kind = models.CharField(max_length=6, choices=Kind)
    revision = models.OneToOneField(Revision, on_delete=models.PROTECT, related_name="correction")
    # What it is compared with: the signed text, and for an urgent one what readers had.
    base = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    sign_off = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="corrections")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    # Of an urgent one: what readers are told, and the day on which the text is theirs no more unless it is signed.
    reason = models.CharField(max_length=300, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="urgent", withdrawn_on__isnull=False) & ~Q(reason=""))
                | Q(kind="form", withdrawn_on=None),
                name="correction_urgent_says_why_and_how_long",
            ),
            models.CheckConstraint(condition=~Q(base=F("revision")), name="correction_is_of_another_text"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.revision_id}"

    @property
    def is_urgent(self) -> bool:
        return self.kind == self.Kind.URGENT
