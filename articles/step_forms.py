"""What is asked at the steps of an article: who signs it by a link, what they remark, why it is corrected."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.corrections import DELETABLE
from articles.models import HELP_PARTS, Revision
from core.forms import LineField, TextField


class ReviewLinkForm(forms.Form):
    """Whom an editor asks to read a text."""

    name = LineField(label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("As readers will see it."))
    role = LineField(
        label=gettext_lazy("What they are"),
        max_length=80,
        help_text=gettext_lazy("Such as: neurologist, general practitioner, pharmacist."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Only for the message that you send them yourself; forgotten when the link ends."),
    )


class RemarkForm(forms.Form):
    """What a reviewer says about a passage; with 0, or what is no number, about all of the text."""

    passage = forms.CharField(required=False, widget=forms.HiddenInput)
    body = TextField(label=gettext_lazy("What do you want to say?"), max_length=2000)

    @property
    def number(self) -> int:
        said = self.data.get("passage", "")
        return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else 0


class LinkApprovalForm(forms.Form):
    """The yes of somebody who came by a link."""

    name = LineField(label=gettext_lazy("Your name"), max_length=80)
    role = LineField(label=gettext_lazy("What you are"), max_length=80)
    registration = LineField(
        label=gettext_lazy("Your registration number"),
        max_length=60,
        help_text=gettext_lazy("With the body that keeps it, such as: GMC 1234567. Readers see it and can look it up."),
    )
    approves = forms.BooleanField(
        label=gettext_lazy("I approve this text."),
        error_messages={"required": gettext_lazy("Tick this if you have read the text and approve it.")},
    )


class StillRightForm(forms.Form):
    """A reviewer has read what readers have, and it holds."""

    next_review_on = forms.DateField(
        label=gettext_lazy("Next check"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("By then somebody reads it again. 24 months is usual, 12 where medicines are named."),
    )
    holds = forms.BooleanField(
        label=gettext_lazy("I have read what readers have, and it is still right."),
        error_messages={"required": gettext_lazy("Tick this if you have read the text and it is still right.")},
    )

    def clean_next_review_on(self) -> Any:
        day = self.cleaned_data["next_review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class UrgentForm(forms.Form):
    """What readers have, to take out of it, with a box above it and why."""

    reason = LineField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("Readers see it. Such as: The dose for children was wrong."),
    )
    box = TextField(
        label=gettext_lazy("What readers have to know now"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Stands in a box above everything else. May be empty."),
    )

    def __init__(self, *args: Any, live: Revision, **kwargs: Any) -> None:
        initial = {name: getattr(live, name) for name in DELETABLE}
        super().__init__(*args, initial=initial, **kwargs)
        labels = {"standfirst": _("Standfirst"), "key_points": _("Key points"), "body": _("Text"), **HELP_PARTS}
        for name in DELETABLE:
            self.fields[name] = TextField(
                label=labels[name],
                required=False,
                max_length=len(initial[name]),
                error_messages={"max_length": _("Here words can only be taken out.")},
                widget=forms.Textarea(attrs={"rows": 20 if name == "body" else 4}),
            )

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in DELETABLE}
