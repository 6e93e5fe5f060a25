"""What a report and a decision need to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressField
from core.forms import LineField, TextField
from forum.forms import TITLE, PostForm
from moderation import house, rules
from moderation.case import Case

WORDS = {"min_length": 10, "max_length": 2000}


class RuleChoice(forms.RadioSelect):
    """The rules of the house. With `words`, each option carries those that its rule suggests, for the script."""

    def __init__(self, *, words: str | Promise = "") -> None:
        super().__init__()
        self.words = words

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        if self.words and label != house.OTHER:
            option["attrs"]["data-words"] = self.words % {"rule": label.text}
        return option


def rule_field(label: str | Promise, *, words: str | Promise = "") -> forms.ChoiceField:
    choose = _("Please choose what fits best.")
    return forms.ChoiceField(
        label=label,
        choices=[(rule.code, rule) for rule in house.REASONS.values()],
        widget=RuleChoice(words=words),
        error_messages={"required": choose, "invalid_choice": choose},
    )


class ReportForm(PostForm):
    """Somebody says what is wrong with a post or a member. `contact` is only for people who are not signed in."""

    reason = rule_field(_("What is wrong?"))
    note = TextField(
        label=_("Anything that helps us to understand"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    contact = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Only if we may ask you about this. The moderators see it, nobody else does."),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_member: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if is_member:
            del self.fields["contact"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == house.OTHER.code and cleaned.get("note") == "":
            self.add_error("note", _("Please say in a few words what it is."))
        return cleaned


class DecisionForm(forms.Form):
    """A decision on one version of an item; any `words` go to the author. `typed` is what was written before."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, case: Case, typed: Mapping[str, str] | None = None
    ) -> None:
        text = {"title": case.title, "body": case.text}
        super().__init__(data, initial=text | dict(typed or {}) | {"version": case.item.version})
        self.case = case


class ChangesForm(DecisionForm):
    words = TextField(
        label=_("What should be changed?"),
        help_text=_("The author reads this, from “the Askwell moderators”. Say what to change, kindly and exactly."),
        widget=forms.Textarea(attrs={"rows": 5}),
        **WORDS,
    )


class EditForm(DecisionForm):
    title = LineField(label=_("Title"), **TITLE)
    body = TextField(
        label=_("Text"),
        help_text=_("Take words out, or put a mask such as […] or [name] in their place."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    words = TextField(
        label=_("What did you change, and why?"),
        help_text=_("The author reads this, from “the Askwell moderators”, and sees exactly what you changed."),
        widget=forms.Textarea(attrs={"rows": 3}),
        **WORDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.title:
            self.fields["body"].required = False
        else:
            del self.fields["title"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        if ruling := rules.may_become(self.case.text, body):
            return body
        raise forms.ValidationError(str(ruling.sentence))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("title", ""), cleaned.get("body")) == (self.case.title, self.case.text):
            self.add_error(None, _("You have changed nothing. Approve it as it is, or ask for changes."))
        return cleaned


class RuleForm(DecisionForm):
    """A decision against a post names the rule. Without words of the moderator's own, the rule speaks for itself."""

    SUGGESTED: str | Promise

    words = TextField(
        label=_("What the author reads"),
        help_text=_("From “the Askwell moderators”. Left empty, the words of the rule are sent."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        **WORDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"rule": rule_field(_("Which rule?"), words=self.SUGGESTED)} | self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        rule = house.REASONS.get(cleaned.get("rule", ""))
        if rule is not None and cleaned.get("words") == "":
            if rule == house.OTHER:
                self.add_error("words", _("Please tell the author why."))
            else:
                cleaned["words"] = self.SUGGESTED % {"rule": rule.text}
        return cleaned


class RejectForm(RuleForm):
    SUGGESTED = _("This goes against one of our rules: “%(rule)s” You can change it and send it again.")


class HideForm(RuleForm):
    SUGGESTED = _("We have hidden this, because it goes against one of our rules: “%(rule)s”")
