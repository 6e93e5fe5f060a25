"""What is asked of the queue, and said when leaving something to others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from articles.forms import TopicChoice
from core.forms import LineField, TextField
from forum.forms import CHOOSE_ONE
from moderation import house, lists, order, rules
from moderation.models import Decision, Reveal
from moderation.wording import name_of


class HandoverForm(forms.Form):
    note = LineField(
        label=_("A word to the others, if there is one to say"),
        help_text=_("Only moderators read it, for 180 days."),
        required=False,
        max_length=500,
    )
    to_seniors = forms.BooleanField(
        label=_("To the senior moderators"),
        help_text=_("Only they are shown it for 12 hours, or for one hour if it is urgent; then everybody is again."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("to_seniors"):
            if cleaned.get("note") == "":
                self.add_error("note", _("Please tell them why."))
            if not User.objects.filter(rules.ARE_SENIOR, is_moderator=True, is_active=True).exists():
                self.add_error("to_seniors", _("There is no senior moderator. Pass it on to everybody."))
        return cleaned


class NoteForm(forms.Form):
    text = TextField(
        label=_("Note"),
        help_text=_(
            "Only moderators read it, for 180 days. Leave out who you think wrote something that has no name on it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": _("Please write what the others should know.")},
    )


class RevealForm(forms.Form):
    """Why somebody has to be shown who wrote something without their name."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=Reveal.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    is_sure = forms.BooleanField(
        label=_("I need to know who it is, and it may be written down that I looked"),
        error_messages={"required": _("Please say that you need to know.")},
    )


class SparedForm(forms.Form):
    classes = forms.MultipleChoiceField(
        label=_("Do not show me"),
        help_text=_("You can change this whenever you like, and nobody is told."),
        choices=[(one, name_of(one)) for one in order.DISTRESSING],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class SeenItemForm(forms.Form):
    """An item as a page shows it."""

    item = forms.IntegerField(min_value=0, max_value=2**62)
    version = forms.IntegerField(min_value=0, max_value=2**31)
    last_report = forms.IntegerField(min_value=0, max_value=2**62)
    # Whether somebody has moved or typed on the page since it asked last.
    is_here = forms.BooleanField(required=False)


class QueueForm(forms.Form):
    """Which items of the queue are listed. What is no choice is not asked for."""

    q = LineField(label=_("Words, a number or a handle"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("question", _("Questions")),
            ("answer", _("Answers")),
            ("comment", _("Comments")),
            ("member", _("Members")),
        ],
    )
    rule = forms.ChoiceField(label=_("Why it waits"), required=False)
    topic = TopicChoice(label=_("Topic"), required=False, empty_label=_("All topics"))
    claimed = forms.ChoiceField(
        label=_("Who reads it"),
        required=False,
        choices=[
            ("", _("Anybody or nobody")),
            (lists.FREE, _("Nobody")),
            (lists.TAKEN, _("Another moderator")),
            (lists.MINE, _("I do")),
        ],
    )

    def __init__(self, data: Mapping[str, Any], *, rules: Sequence[str]) -> None:
        # Beside it there may be the form of a decision, which also has a rule.
        super().__init__(data, auto_id="asked_%s")
        self.fields["rule"].choices = [("", _("For any reason")), *((rule, name_of(rule)) for rule in rules)]
        self.full_clean()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """What was asked for, as an address says it."""
        asked = {name: getattr(value, "slug", value) for name, value in self.asked.items()}
        return urlencode(asked)


class LogForm(forms.Form):
    """Which decisions of the log are listed. What was asked for wrongly is said, and not asked for."""

    moderator = LineField(label=_("Who decided"), help_text=_("A handle."), required=False, max_length=60)
    code = forms.ChoiceField(
        label=_("Decision"), required=False, choices=[("", _("Every decision")), *Decision.Code.choices]
    )
    rule = forms.ChoiceField(
        label=_("Rule that was broken"), required=False, choices=[("", _("With any rule, or none")), *house.CHOICES]
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.full_clean()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    def clean_moderator(self) -> User | None:
        handle = self.cleaned_data["moderator"].removeprefix("@").lower()
        if not handle:
            return None
        if (found := User.objects.filter(handle=handle).first()) is None:
            raise forms.ValidationError(_("Nobody here has this handle."))
        return found

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        since = self.cleaned_data.get("since")
        if since and until and until < since:
            raise forms.ValidationError(_("This is before the day that it begins with."))
        return until

    @property
    def query(self) -> str:
        """What was asked for, as an address says it."""
        return urlencode({name: getattr(value, "handle", value) for name, value in self.asked.items()})
