"""What a report and a decision need to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils import dates
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.forms import AddressField
from articles.models import Article, Topic
from core import countries
from core.forms import LineField, TextField
from forum.forms import CHOOSE_ONE, CHOOSE_TOPIC, TITLE, PostForm, TagsField
from forum.models import Question
from moderation import house, replies, rules
from moderation.case import Case
from moderation.models import DutyHours, SupportLine

# As Django names them: 0 is Monday.
WEEKDAYS = dates.WEEKDAYS
Reason = Question.CloseReason
_NOT_THERE = _("That is not published any more. Please choose another one.")
NOT_THERE = {"required": _NOT_THERE, "invalid_choice": _NOT_THERE}


class WordsField(TextField):
    """What somebody reads from the moderators. Of a saved reply, nothing is left to fill in."""

    def __init__(self, *, min_length: int = 10, max_length: int = 2000, **kwargs: Any) -> None:
        super().__init__(min_length=min_length, max_length=max_length, **kwargs)

    def clean(self, value: Any) -> str:
        words: str = super().clean(value)
        if left := replies.left(words):
            raise forms.ValidationError(
                _("Please put words in place of %(variables)s: nothing is known here that could stand there.")
                % {"variables": ", ".join(left)}
            )
        return words


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


def rule_field(
    label: str | Promise, *, words: str | Promise = "", of: Mapping[str, house.Rule] = house.REASONS
) -> forms.ChoiceField:
    choose = _("Please choose what fits best.")
    return forms.ChoiceField(
        label=label,
        choices=[(rule.code, rule) for rule in of.values()],
        widget=RuleChoice(words=words),
        error_messages={"required": choose, "invalid_choice": choose},
    )


class ReportForm(PostForm):
    """Somebody says what is wrong with a post or a member, or that they worry about its author. `contact` is only for
    people who are not signed in, and `is_about_picture` for what has one."""

    reason = rule_field(_("What is wrong?"), of=house.REPORTED)
    note = TextField(
        label=_("Anything that helps us to understand"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        required=False,
    )
    is_about_picture = forms.BooleanField(label=_("It is about a picture in it"), required=False)
    contact = AddressField(
        label=_("Your e-mail address"),
        help_text=_("Only if we may ask you about this. The moderators see it, nobody else does."),
        required=False,
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, is_member: bool, has_picture: bool, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        if is_member:
            del self.fields["contact"]
        if not has_picture:
            del self.fields["is_about_picture"]

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
        text = {"title": case.title, "body": case.text, "tags": case.tags, "reason": case.reason}
        seen = {"version": case.item.version, "last_report": case.last_report}
        super().__init__(data, initial=text | dict(typed or {}) | seen)
        self.case = case


class AsItIsForm(DecisionForm):
    """What was reported after `last_report`, and so not seen, remains to be decided."""

    last_report = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)


class ChangesForm(DecisionForm):
    words = WordsField(
        label=_("What should be changed?"),
        help_text=_("The author reads this, from “the Askwell moderators”. Say what to change, kindly and exactly."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class EditForm(AsItIsForm):
    title = LineField(label=_("Title"), **TITLE)
    body = TextField(
        label=_("Text"),
        help_text=_("Take words out, or put a mask such as […] or [name] in their place."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    tags = TagsField(is_completed=False)
    reason = LineField(
        label=_("Why its author changed it"),
        help_text=_("Everybody can read it in the history of changes. Take words out of it, or leave it empty."),
        required=False,
        max_length=200,
    )
    words = WordsField(
        label=_("What did you change, and why?"),
        help_text=_("The author reads this, from “the Askwell moderators”, and sees exactly what you changed."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.case.title:
            self.fields["body"].required = False
        else:
            del self.fields["title"], self.fields["tags"]
        if not self.case.reason:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        return self._without(self.case.reason, "reason")

    def clean_body(self) -> str:
        return self._without(self.case.text, "body")

    def _without(self, old: str, name: str) -> str:
        new: str = self.cleaned_data[name]
        if ruling := rules.may_become(old, new):
            return new
        raise forms.ValidationError(str(ruling.sentence))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        names = [name for name in ("title", "body", "tags", "reason") if name in self.fields]
        if all(cleaned.get(name) == self.initial[name] for name in names):
            self.add_error(None, _("You have changed nothing. Approve it as it is, or ask for changes."))
        return cleaned


class RuleForm(DecisionForm):
    """A decision against a post names the rule. Without words of the moderator's own, the rule speaks for itself."""

    SUGGESTED: str | Promise

    words = WordsField(
        label=_("What the author reads"),
        help_text=_("From “the Askwell moderators”. Left empty, the words of the rule are sent."),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
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


class SeenForm(forms.Form):
    """Something done to a thread as it stood when the page was opened."""

    as_seen = forms.CharField(widget=forms.HiddenInput)


class CloseForm(SeenForm):
    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("Everybody reads this above the thread."),
        choices=[(reason.value, reason.label) for reason in (Reason.OFF_TOPIC, Reason.NEEDS_CARE, Reason.HEATED)],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )


class PinForm(SeenForm):
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=[(7, _("A week")), (30, _("30 days"))],
        initial=7,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )


class RetagForm(SeenForm):
    tags = TagsField(is_completed=False)


class MoveForm(SeenForm):
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        label=_("Topic"),
        empty_label=_("Choose a topic"),
        error_messages={"required": CHOOSE_TOPIC, "invalid_choice": CHOOSE_TOPIC},
    )


class TargetForm(SeenForm):
    target = forms.ModelChoiceField(Question.objects.filter(shown_to_members=True), error_messages=NOT_THERE)


class ArticleForm(SeenForm):
    target = forms.ModelChoiceField(Article.objects.published(), error_messages=NOT_THERE)


class LineForm(forms.Form):
    """What a support line says, and whether somebody vouches for it today."""

    country = forms.ChoiceField(
        label=_("Country"), error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE}
    )
    kind = forms.ChoiceField(
        label=_("What it is for"),
        choices=SupportLine.Kind,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    name = LineField(label=_("Who answers"), max_length=100)
    number = LineField(
        label=_("Number"),
        help_text=_("As it is dialled in that country."),
        max_length=30,
        validators=SupportLine._meta.get_field("number").validators,
    )
    hours = LineField(label=_("When"), help_text=_("For example: day and night"), max_length=100, required=False)
    languages = LineField(label=_("Languages"), max_length=100, required=False)
    page = forms.URLField(
        label=_("Their own page"),
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        assume_scheme="https",
        max_length=200,
        required=False,
        error_messages={"invalid": _("This is no address of a page. It begins with https:")},
    )
    is_checked = forms.BooleanField(
        label=_("I have checked all of this today"),
        help_text=_("On the page of those who answer, or by calling. It then counts as checked for 180 days."),
        required=False,
    )
    is_withdrawn = forms.BooleanField(label=_("Do not show this number any more"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *countries.by_name()]

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in SupportLine.WORDS}


class TimeField(forms.TimeField):
    """A time of day, as a browser or a person writes it. What was typed is shown again as it was."""

    default_error_messages = {"invalid": _("Please write a time such as 18:00.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "input--fit"})
        super().__init__(widget=widget, required=False, **kwargs)


class DutyForm(forms.Form):
    """From when until when a moderator is on duty, by day of the week; two empty fields are a day without."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, hours: Iterable[DutyHours] = ()) -> None:
        initial: dict[str, Any] = {}
        for one in hours:
            initial |= {f"begins_{one.weekday}": one.begins, f"ends_{one.weekday}": one.ends}
        super().__init__(data, initial=initial)
        for weekday, day in WEEKDAYS.items():
            self.fields[f"begins_{weekday}"] = TimeField(label=_("%(day)s, from") % {"day": day})
            self.fields[f"ends_{weekday}"] = TimeField(label=_("%(day)s, until") % {"day": day})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for weekday in WEEKDAYS:
            begins, ends = (cleaned.get(f"{end}_{weekday}") for end in ("begins", "ends"))
            is_wrong = not {f"begins_{weekday}", f"ends_{weekday}"}.isdisjoint(self.errors)
            if not is_wrong and (begins is None) != (ends is None):
                missing = "begins" if begins is None else "ends"
                self.add_error(f"{missing}_{weekday}", _("Please give both times, or neither."))
            elif begins is not None and begins == ends:
                self.add_error(f"ends_{weekday}", _("These are the same. The end of the day is 00:00."))
        return cleaned

    @property
    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        return [(day, self[f"begins_{weekday}"], self[f"ends_{weekday}"]) for weekday, day in WEEKDAYS.items()]

    @property
    def spans(self) -> dict[int, tuple[time, time]]:
        """By day of the week, for `moderation.duty.choose_hours`."""
        said = self.cleaned_data
        return {
            weekday: (said[f"begins_{weekday}"], said[f"ends_{weekday}"])
            for weekday in WEEKDAYS
            if said[f"begins_{weekday}"] is not None
        }
