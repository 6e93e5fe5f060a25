"""What a saved reply says, where it is offered, and that its variables are some that we know."""

from __future__ import annotations

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import LineField, TextField
from moderation import house, replies
from moderation.models import SavedReply


class ReplyForm(forms.Form):
    title = LineField(label=_("Title"), help_text=_("Only moderators read it."), max_length=80)
    words = TextField(
        label=_("Words"),
        help_text=format_lazy(
            _("What the author reads. {names} are replaced by what they stand for."),
            names=" ".join(f"{{{name}}}" for name in replies.VARIABLES),
        ),
        widget=forms.Textarea(attrs={"rows": 7}),
        min_length=10,
        max_length=2000,
    )
    uses = forms.MultipleChoiceField(
        label=_("Where is it offered?"),
        choices=SavedReply.Use,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please choose at least one of these."),
            "invalid_choice": _("Please choose from what stands here."),
        },
    )
    rule = forms.ChoiceField(
        label=_("For one rule only"),
        required=False,
        choices=[("", _("Fits any rule")), *house.CHOICES],
        error_messages={"invalid_choice": _("Please choose from what stands here.")},
    )
    is_active = forms.BooleanField(label=_("Offer it"), required=False, initial=True)

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if unknown := replies.unknown(words):
            known = ", ".join(f"{{{name}}}" for name in replies.VARIABLES)
            raise forms.ValidationError(
                _("We do not know what %(unknown)s stands for. These are known: %(known)s.")
                % {"unknown": ", ".join(unknown), "known": known}
            )
        return words
