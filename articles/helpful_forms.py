"""What a reader may say of an article to those who write it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import REASONS, Said
from core.forms import TextField

CHOOSE_ONE = _("Please say yes or no.")
NOT_OFFERED = _("Please choose one of these, or none.")


class HelpfulForm(forms.Form):
    """Yes or no; with a no, one of the reasons; and anything else in words."""

    helped = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(said.value, said.label) for said in (Said.YES, Said.NO)],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    reason = forms.ChoiceField(
        label=_("If not, what was it?"),
        choices=[(said.value, said.label) for said in REASONS],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": NOT_OFFERED},
    )
    text = TextField(
        label=_("In your own words"),
        help_text=_("Only our editors read this, for 90 days, and cannot answer you. Please leave out names."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1_000,
        required=False,
    )
    submission_key = forms.CharField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_submission_key(self) -> uuid.UUID:
        """A key that is missing or broken is no reason to refuse what somebody wrote."""
        try:
            return uuid.UUID(self.cleaned_data["submission_key"])
        except ValueError:
            return uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        is_no = said.get("helped") == Said.NO
        said["says"] = (said.get("reason") if is_no else "") or said.get("helped", "")
        return said
