"""What may be posted: lengths, choices, and the key that makes a form sent twice one post."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.models import Topic
from core.forms import LineField, MarkdownField, TextField
from forum.models import Answer, Edit, Post, Question

TITLE = {"min_length": 15, "max_length": 150}
BODY = {"min_length": 30, "max_length": 20_000}
CHOOSE_TOPIC = _("Please choose a topic.")
CHOOSE_ONE = _("Please choose one of these.")
# A title of this length can stand alone.
TITLE_ALONE = 40
ANSWER = {"min_length": 15, "max_length": 20_000}
# "Hang in there" is enough.
KIND_WORDS_AT_LEAST = 5
COMMENT = {"min_length": 5, "max_length": 600}

# A whole question is wider than a telephone: the field grows with it. Line breaks in it become spaces.
GROWS = {"rows": 2, "class": "grows"}

# A slower answer never replaces a newer one: a new request ends the one before.
WHILE_TYPING = {
    "autocomplete": "off",
    "hx-post": reverse_lazy("forum:suggestions"),
    "hx-trigger": "input changed delay:250ms",
    "hx-params": "title,article",
    "hx-target": "#suggestions",
    "hx-swap": "outerHTML",
    "hx-sync": "this:replace",
}

ANONYMITY = _(
    "Other members, visitors and search engines will not see your name. Senior moderators can, if someone is in danger "
    "or the law requires it; each time is recorded. Please leave out details that only you could have written."
)
CONSENT = _("Yes, Askwell may store and publish what I write about my health")
CONSENT_IS_NEEDED = _("We need your yes to this before we may keep what you write about your health.")
_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


class PostForm(forms.Form):
    """What all posting forms share: a key made once for each form that is shown."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # A key that is missing or broken is no reason to refuse what somebody wrote.
        if data is not None and not _is_key(data.get("submission_key")):
            data = {name: data.getlist(name)[-1] if hasattr(data, "getlist") else data[name] for name in data}
            data["submission_key"] = str(uuid.uuid4())
        super().__init__(data, **kwargs)


class AskForm(PostForm):
    """A question. `needs_consent` adds the yes to storing and publishing what one writes about one's health."""

    # The slug of the article that it is asked from; one that is not published is ignored.
    article = forms.CharField(widget=forms.HiddenInput, required=False)
    title = LineField(label=_("Your question in one sentence"), widget=forms.Textarea(GROWS | WHILE_TYPING), **TITLE)
    body = MarkdownField(
        label=_("Tell members more"),
        help_text=_(
            "How long, what makes it better or worse, what you have tried. "
            "Please leave out names, phone numbers and addresses."
        ),
        required=False,
        max_length=BODY["max_length"],
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(),
        to_field_name="slug",
        label=_("Topic"),
        help_text=_("If one is chosen already, it is our guess. Choose another if that fits better."),
        empty_label=_("Choose a topic"),
        error_messages={"required": CHOOSE_TOPIC, "invalid_choice": CHOOSE_TOPIC},
    )
    anonymous = forms.BooleanField(label=_("Ask without showing my name"), help_text=ANONYMITY, required=False)
    audience = forms.ChoiceField(
        label=_("Who can find this?"),
        choices=[("usual", _("As usual for such a question")), *Question.Audience.choices],
        initial="usual",
        help_text=_(
            "As usual means: anyone, also on search engines. A question without your name or on a sensitive topic "
            "we ask search engines not to list."
        ),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    consent = forms.BooleanField(label=CONSENT, error_messages={"required": CONSENT_IS_NEEDED})

    def __init__(self, data: Mapping[str, Any] | None = None, *, needs_consent: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not needs_consent:
            del self.fields["consent"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        _ask_for_more(self, cleaned)
        if cleaned.get("audience") == "usual":
            topic = cleaned.get("topic")
            quiet = cleaned.get("anonymous") or (topic is not None and topic.is_sensitive)
            cleaned["audience"] = Question.Audience.UNLISTED if quiet else Question.Audience.PUBLIC
        return cleaned


class ReplyForm(PostForm):
    """What answers and comments share. The asker is there as they asked: `as_unnamed_asker`, or by name.

    Everybody else may choose, which is what `offers_anonymity` says.
    """

    anonymous = forms.BooleanField(label=_("Without showing my name"), help_text=ANONYMITY, required=False)
    consent = forms.BooleanField(label=CONSENT, error_messages={"required": CONSENT_IS_NEEDED})

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offers_anonymity: bool = True,
        as_unnamed_asker: bool = False,
        needs_consent: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.as_unnamed_asker = as_unnamed_asker
        if not offers_anonymity:
            del self.fields["anonymous"]
        if not needs_consent:
            del self.fields["consent"]


class AnswerForm(ReplyForm):
    """An answer, with what it stands on. Only with `offers_clinician` it may stand on being a verified clinician."""

    basis = forms.ChoiceField(
        label=_("What it stands on"),
        error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one of these.")},
    )
    field_order = ["basis", "body"]

    def __init__(self, data: Mapping[str, Any] | None = None, *, offers_clinician: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offered = [choice for choice in Answer.Basis.choices if offers_clinician or choice[0] != Answer.Basis.CLINICIAN]
        self.fields["basis"].choices = [("", _("Please choose")), *offered]
        is_kind_words = data is not None and data.get("basis") == Answer.Basis.SUPPORT
        least = KIND_WORDS_AT_LEAST if is_kind_words else ANSWER["min_length"]
        self.fields["body"] = MarkdownField(
            label=_("Answer"),
            help_text=_(
                "Write from your own experience, or give a source. "
                "Please do not diagnose or tell anyone to start or stop a medicine."
            ),
            min_length=least,
            max_length=ANSWER["max_length"],
            top=Answer.top_heading,
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        basis = cleaned.get("basis")
        if basis == Answer.Basis.SOURCE and "body" in cleaned and not _LINK.search(cleaned["body"]):
            self.add_error("body", _("Please add the address of your source, beginning with https://"))
        if basis == Answer.Basis.CLINICIAN and cleaned.get("anonymous"):
            self.add_error(
                "anonymous",
                _("A clinician answers by name. Untick this, or say that the answer stands on something else."),
            )
        return cleaned


class CommentForm(ReplyForm):
    """A short remark."""

    body = TextField(label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), **COMMENT)
    field_order = ["body"]


class EditForm(forms.Form):
    """The text of a post that its author changes. `last` is its newest text; `version` the one the form shows."""

    LENGTHS = {
        "question": {"max_length": BODY["max_length"], "required": False},
        "answer": ANSWER,
        "comment": COMMENT,
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = LineField(label=_("Your question in one sentence"), widget=forms.Textarea(GROWS), **TITLE)
    body = MarkdownField(label=_("Your text"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        post: Post,
        last: Edit,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial or {"title": last.title, "body": last.body, "version": last.pk})
        self.post, self.last = post, last
        lengths = self.LENGTHS[post.kind]
        if isinstance(post, Answer) and not post.counts:
            lengths = lengths | {"min_length": KIND_WORDS_AT_LEAST}
        self.fields["body"] = MarkdownField(label=_("Your text"), top=post.top_heading, **lengths)
        if post.kind != "question":
            del self.fields["title"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.post.kind == "question":
            _ask_for_more(self, cleaned)
        if cleaned.get("version") != self.last.pk:
            self.say_it_changed(self.last)
        return cleaned

    def say_it_changed(self, last: Edit) -> None:
        """Refuse, and take up the newer version: sending it once more is then a decision and not an accident."""
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(last.pk)}
        self.add_error(
            None,
            _(
                "This was changed in the meantime, perhaps in another tab. Your text below is kept; the text that "
                "is stored now is on its page. Send again to put yours in its place."
            ),
        )


def _ask_for_more(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """A short title needs a body to stand on."""
    missing = BODY["min_length"] - len(cleaned.get("body", ""))
    if "title" not in cleaned or "body" in form.errors or len(cleaned["title"]) >= TITLE_ALONE or missing <= 0:
        return
    sentence = ngettext(
        "Please write a little more, so that others can help: %(missing)d more character, "
        "or a question of at least %(alone)d characters above.",
        "Please write a little more, so that others can help: %(missing)d more characters, "
        "or a question of at least %(alone)d characters above.",
        missing,
    )
    form.add_error("body", sentence % {"missing": missing, "alone": TITLE_ALONE})


def _is_key(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
