"""What an editor says to begin an article because of questions, and to link another question to one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles.forms import TopicField
from articles.models import Topic
from core.forms import LineField
from forum.models import Question

# Questions that an article is begun because of, at most.
MOST = 20
_NUMBER = re.compile(r"(?:^|/questions/)(\d{1,12})(?:/|$)")


class QuestionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, question: Question) -> str:
        return question.title


class StartArticleForm(forms.Form):
    """`offered`: the numbers of questions that may be linked. What this editor may not read is not among them."""

    title = LineField(
        label=gettext_lazy("Title of the article"),
        help_text=gettext_lazy("You can change it. Please do not take over the words of somebody’s question."),
        max_length=150,
    )
    topic = TopicField(
        Topic.objects.in_order(), label=gettext_lazy("Topic"), empty_label=gettext_lazy("Choose a topic")
    )
    questions = QuestionsField(
        Question.objects.none(),
        label=gettext_lazy("Questions because of which you write it"),
        help_text=gettext_lazy("Who asked them and who follows them is told once readers have the article."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, editor: User, offered: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Question.objects.shown_to(editor).filter(pk__in=offered)
        self.fields["questions"].queryset = shown.order_by("-published_at")  # type: ignore[attr-defined]


class LinkQuestionForm(forms.Form):
    """The address of a question, or its number."""

    question = LineField(label=gettext_lazy("Address or number of the question"), max_length=300)

    def __init__(self, *args: Any, editor: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editor = editor

    def clean_question(self) -> Question:
        number = _NUMBER.search(self.cleaned_data["question"])
        found: Question | None = Question.objects.shown_to(self.editor).at(int(number[1])).first() if number else None
        if found is None:
            raise forms.ValidationError(_("There is no published question with this address or number."))
        return found
