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

from articles.forms import TopicChoice
from core.differences import Piece, compare
from core.forms import LineField, MarkdownField, TextField
from core.models import Draft
from forum import tags
from forum.desk import desk
from forum.models import Answer, Comment, Edit, Post, Question

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

# After a short pause by words alone; after a longer one forum/_while_typing.html asks for all. A slower answer never
# replaces a newer one: what is typed or pressed ends whatever is on its way in this form, and the longer pause waits.
WHILE_TYPING = {
    "autocomplete": "off",
    "hx-post": reverse_lazy("forum:suggestions"),
    "hx-trigger": "input changed delay:250ms",
    "hx-vals": '{"quick": "1"}',
    "hx-params": "title,body,article,shown,quick",
    "hx-target": "#suggestions",
    "hx-swap": "outerHTML",
    "hx-sync": "closest form:replace",
}

# Offers the tags that begin like the last word in the field.
COMPLETED = {
    "autocomplete": "off",
    "autocapitalize": "off",
    "hx-get": reverse_lazy("forum:complete_tag"),
    "hx-trigger": "input changed delay:250ms",
    "hx-params": "tags",
    "hx-target": "#tags-offered",
    "hx-swap": "outerHTML",
    "hx-sync": "this:replace",
    "data-tags": "",
}

ANONYMITY = _(
    "Other members, visitors and search engines will not see your name. Senior moderators can, if someone is in danger "
    "or the law requires it; each time is recorded. Please leave out details that only you could have written."
)
CONSENT = _("Yes, Askwell may store and publish what I write about my health")
CONSENT_IS_NEEDED = _("We need your yes to this before we may keep what you write about your health.")
_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)


class TagsField(LineField):
    """Up to five words with commas between. Existing ones are offered while the last is typed."""

    def __init__(self, *, is_completed: bool = True) -> None:
        super().__init__(
            label=_("Tags"),
            help_text=_(
                "Up to five subjects, with commas between, such as: sleep, magnesium. They help others to find this."
            ),
            required=False,
            max_length=5 * (tags.LONGEST + 2),
            widget=forms.TextInput(COMPLETED if is_completed else None),
        )

    def clean(self, value: Any) -> str:
        names = tags.split(super().clean(value))
        if wrong := [name for name in names if not tags.is_name(name)]:
            raise forms.ValidationError(
                _("A tag is one or a few words, with letters and without signs or numbers. Please change: %(names)s.")
                % {"names": ", ".join(f"“{name}”" for name in wrong)}
            )
        if len(names) > tags.MOST:
            raise forms.ValidationError(
                _("Please keep it to %(most)d tags; these are %(count)d.") % {"most": tags.MOST, "count": len(names)}
            )
        return tags.join(names)


class DraftedForm(forms.Form):
    """A form that is kept while it is written. `draft` is what was kept of it; it stands in an unsent form."""

    # A yes is given when something is sent, and to nothing else.
    NEVER_KEPT = ("consent",)

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.draft = draft


class PostForm(DraftedForm):
    """What all posting forms share: a key made once for each form that is shown."""

    submission_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        # A key that is missing or broken is no reason to refuse what somebody wrote.
        if data is not None and not is_key(data.get("submission_key")):
            data = {name: data.getlist(name)[-1] if hasattr(data, "getlist") else data[name] for name in data}
            data["submission_key"] = str(uuid.uuid4())
        super().__init__(data, **kwargs)


class AskForm(PostForm):
    """A question. `needs_consent` adds the yes to storing and publishing what one writes about one's health."""

    # The slug of the article that it is asked from; one that is not published is ignored.
    article = forms.CharField(widget=forms.HiddenInput, required=False)
    # Of which suggestions its writer said that they answer it; see search/tallies.py.
    answered = LineField(widget=forms.HiddenInput, required=False)
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
    topic = TopicChoice(
        label=_("Topic"),
        help_text=_("If one is chosen already, it is our guess. Choose another if that fits better."),
        empty_label=_("Choose a topic"),
        error_messages={"required": CHOOSE_TOPIC, "invalid_choice": CHOOSE_TOPIC},
    )
    tags = TagsField()
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
    ask_later = forms.BooleanField(
        label=_("Ask me in two weeks how it went"),
        help_text=_("One kind question, by mail. You need not answer, and you can change your mind at any time."),
        required=False,
    )
    consent = forms.BooleanField(label=CONSENT, error_messages={"required": CONSENT_IS_NEEDED})

    def __init__(self, data: Mapping[str, Any] | None = None, *, needs_consent: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not needs_consent:
            del self.fields["consent"]
        written = "\n".join(str(self[name].value() or "") for name in ("title", "body", "tags"))
        if desk().speaks_of_grave_things(written):
            del self.fields["ask_later"]

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

    # What it becomes: of each kind one may post so many a day.
    KIND = "comment"

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

    KIND = "answer"

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


class UnfollowForm(forms.Form):
    """Which line of the list of what somebody follows."""

    follow = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class OutcomeForm(ReplyForm):
    """How it went: in a word, and if one likes in a sentence or two."""

    UNSAID = "unsaid"
    WENT = {"better": _("Better"), "same": _("About the same"), "worse": _("Not better")}

    went = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[*WENT.items(), (UNSAID, _("I would rather not say"))],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE_ONE, "invalid_choice": CHOOSE_ONE},
    )
    body = TextField(
        label=_("A sentence or two, if you like"),
        help_text=_("What did you do, and what came of it? Whoever has the same reads it in your thread."),
        required=False,
        min_length=COMMENT["min_length"],
        max_length=COMMENT["max_length"] - 50,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["went", "body"]

    def words(self) -> str:
        """What is posted; empty when they say nothing."""
        went = self.WENT.get(self.cleaned_data["went"])
        said = [_("%(word)s.") % {"word": went}] if went else []
        return "\n\n".join(filter(None, [*said, self.cleaned_data["body"]]))


class EditForm(DraftedForm):
    """The text of a post that its author changes. `last` is its newest text; `version` the one the form shows."""

    LENGTHS = {
        "question": {"max_length": BODY["max_length"], "required": False},
        "answer": ANSWER,
        "comment": COMMENT,
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = LineField(label=_("Your question in one sentence"), widget=forms.Textarea(GROWS), **TITLE)
    body = MarkdownField(label=_("Your text"))
    tags = TagsField()
    reason = LineField(
        label=_("What did you change, and why?"),
        help_text=_("In a few words. Everybody can read it in the history of changes."),
        required=False,
        max_length=200,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        post: Post,
        last: Edit,
        draft: Draft | None = None,
    ) -> None:
        super().__init__(data, draft=draft, initial=draft.fields if draft else self._of(last))
        self.post, self.last = post, last
        # The text that took the place of the one that was changed, if one did.
        self.newer: Edit | None = None
        lengths = self.LENGTHS[post.kind]
        if isinstance(post, Answer) and not post.counts:
            lengths = lengths | {"min_length": KIND_WORDS_AT_LEAST}
        if isinstance(post, Comment) and len(last.body) > COMMENT["max_length"]:
            # It was a question, before that was joined with another.
            lengths = lengths | {"max_length": max(BODY["max_length"], len(last.body))}
        self.fields["body"] = MarkdownField(label=_("Your text"), top=post.top_heading, **lengths)
        if post.kind != "question":
            del self.fields["title"], self.fields["tags"]
        if post.published_at is None:
            del self.fields["reason"]

    @staticmethod
    def _of(text: Edit) -> dict[str, Any]:
        # What was said about a text that is up is told already.
        reason = "" if text.state == Edit.State.LIVE else text.reason
        return {"title": text.title, "body": text.body, "tags": text.tags, "reason": reason, "version": text.pk}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.post.kind == "question":
            _ask_for_more(self, cleaned)
        if cleaned.get("version") != self.last.pk:
            self.say_it_changed(self.last)
        return cleaned

    @property
    def against_newer(self) -> list[Piece]:
        """What is there now, beside what was typed: `gone` is only in the one typed, `new` only in the other."""
        names = [name for name in ("title", "body", "tags") if name in self.fields]
        typed = "\n\n".join(filter(None, (str(self[name].value() or "") for name in names)))
        return compare(typed, self.newer.words) if self.newer else []

    def say_it_changed(self, last: Edit) -> None:
        """Refuse, and take up the newer version: sending it once more is then a decision and not an accident."""
        self.newer = last if "version" not in self.errors else None
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(last.pk)}
        self.add_error(
            None,
            _(
                "This was changed in the meantime, perhaps in another tab or by the moderators. What is there now is "
                "below, and so is yours. Change yours as you wish; sent again, it takes the place of the other."
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


def is_key(value: object) -> bool:
    try:
        uuid.UUID(str(value))
    except ValueError:
        return False
    return True
