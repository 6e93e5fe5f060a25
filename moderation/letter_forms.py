"""What somebody writes in a letter, from either side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import TextField
from forum.forms import PostForm
from forum.models import Post
from moderation.forms import WordsField
from moderation.member_forms import excerpt_of

LONGEST = 3000


class ToAuthorForm(PostForm):
    """Words of the moderators. `last_read` is the last message that their page showed, 0 in a new letter."""

    words = WordsField(
        label=_("What they read"),
        help_text=_(
            "From “the Askwell moderators”: they never learn who of us wrote it. Links are shown as plain text."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
    )
    last_read = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**62)


class MessageForm(PostForm):
    """Words of a member."""

    text = TextField(
        label=_("Your message"),
        help_text=_("Only the moderators read it."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=LONGEST,
        error_messages={"required": _("Please write something.")},
    )


class AskModeratorsForm(MessageForm):
    about = forms.ChoiceField(
        label=_("What is it about?"),
        required=False,
        error_messages={"invalid_choice": _("This is none of your posts. Please choose again.")},
    )
    field_order = ("about", "text")

    def __init__(self, data: Mapping[str, Any] | None = None, *, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.posts = {f"{post.kind}-{post.pk}": post for post in posts}
        choices = [(name, excerpt_of(post)) for name, post in self.posts.items()]
        self.fields["about"].choices = [("", _("Something else")), *choices]

    @property
    def post(self) -> Post | None:
        """The post that was chosen; None for something else."""
        return self.posts.get(self.cleaned_data["about"])
