"""Fingerprints of texts, by which the same text is known again for some days. No word can be read from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.models import Edit


class Print(models.Model):
    """That a text was sent, by whom and when; what it was like is in its `marks`."""

    text = models.OneToOneField(Edit, on_delete=models.CASCADE, related_name="print")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"print of text {self.text_id}"


class Mark(models.Model):
    """One of the smallest keyed hashes of three words in a row. Texts that are nearly the same share most of theirs."""

    of = models.ForeignKey(Print, on_delete=models.CASCADE, related_name="marks", db_index=False)
    value = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "value"], name="mark_once_in_a_print")]
        indexes = [
            # Which prints share marks with a new text, read from the index alone.
            models.Index(fields=["value", "of"], name="mark_by_value"),
        ]

    def __str__(self) -> str:
        return f"mark of print {self.of_id}"
