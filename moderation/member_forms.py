"""What is asked of a moderator who acts on a member or decides an appeal, and of whoever appeals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.forms import TextField
from core.text import excerpt
from forum.forms import CHOOSE_ONE
from forum.models import Post, Question
from moderation import house
from moderation.forms import WordsField, rule_field
from moderation.models import Sanction
from moderation.models.sanctions import STEPS

SANCTIONED = {
    Sanction.Kind.WARN: _("We warn you, because of one of our rules: “%(rule)s”"),
    Sanction.Kind.SILENCE: _("We have paused your posting, because of one of our rules: “%(rule)s”"),
    Sanction.Kind.SUSPEND: _("We have suspended your account, because of one of our rules: “%(rule)s”"),
}


class SanctionForm(forms.Form):
    """What is done about a member, by which rule and for which posts. `as_seen` is what the page showed of them."""

    as_seen = forms.CharField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What?"),
        help_text=_("Who is warned has to confirm that they read it before they can post. Who is paused can read."),
        choices=Sanction.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        help_text=_("A warning needs no time."),
        choices=[(step, ngettext_lazy("%d day", "%d days", step) % step) for step in STEPS],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE_ONE},
    )
    rule = rule_field(_("Which rule?"))
    evidence = forms.MultipleChoiceField(
        label=_("For which of their posts?"),
        help_text=_("They see which."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Please choose from the posts that stand here.")},
    )
    words = WordsField(
        label=_("What they read"),
        help_text=_("From “the Askwell moderators”. Left empty, the words of the rule are sent."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["evidence"].choices = [
            (f"{post.kind}-{post.pk}", excerpt_of(post, announced=post.announced)) for post in posts
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, rule = cleaned.get("kind"), house.REASONS.get(cleaned.get("rule", ""))
        if kind == Sanction.Kind.WARN:
            cleaned["days"] = None
        elif kind and "days" in cleaned and cleaned["days"] is None:
            self.add_error("days", CHOOSE_ONE)
        if kind and rule is not None and cleaned.get("words") == "":
            if rule == house.OTHER:
                self.add_error("words", _("Please tell them why."))
            else:
                cleaned["words"] = SANCTIONED[kind] % {"rule": rule.text}
        return cleaned


class LiftForm(forms.Form):
    """Which sanction ends before its time, and what is said with it."""

    sanction = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class AppealForm(forms.Form):
    text = TextField(
        label=_("Why do you think that we were wrong?"),
        help_text=_("A moderator who did not make this decision reads it. You can appeal once."),
        widget=forms.Textarea(attrs={"rows": 6}),
        min_length=10,
        max_length=3000,
    )


class AppealDecisionForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("What now?"),
        choices=[
            ("overturn", _("The decision was wrong: undo it")),
            ("confirm", _("The decision was right: it stays")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    words = WordsField(
        label=_("Why? They read this"),
        help_text=_("From “the Askwell moderators”."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def excerpt_of(post: Post, *, announced: str = "") -> str:
    """A post in one line, for a list to choose from; of what is `announced`, only that."""
    kind = {"question": _("Question"), "answer": _("Answer"), "comment": _("Comment")}[post.kind]
    text = post.title if isinstance(post, Question) else post.body
    return f"{kind}: {announced or excerpt(text, 100)}"
