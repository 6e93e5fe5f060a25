"""What somebody says of a post with one press: I have this too, save it, this helped me, this is out of date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from core.http import member_required, redirect_or_fragment
from core.rulings import Ruling, require
from forum import actions, rules
from forum.models import Answer, Question
from forum.thread import with_mark


@dataclass(frozen=True)
class Mark:
    """Who may say it, what that does, and what undoes it."""

    rule: Callable[..., Ruling]
    say: Callable[..., None]
    undo: Callable[..., None]


MARKS = {
    "same": Mark(rules.may_mark_same, actions.mark_same, actions.unmark_same),
    "save": Mark(rules.may_keep, actions.save, actions.unsave),
    "helpful": Mark(rules.may_mark_helpful, actions.mark_helpful, actions.unmark_helpful),
    "outdated": Mark(rules.may_mark_outdated, actions.mark_outdated, actions.unmark_outdated),
}


@require_POST
@member_required
def of_question(request: HttpRequest, question_id: int, mark: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.visible_to(request.user).at(question_id))
    _change(request, question, mark)
    changed = with_mark(Question.objects.all(), request.user).get(pk=question.pk)
    to = f"{question.get_absolute_url()}#question"
    return redirect_or_fragment(request, to, f"forum/_{mark}.html", {"question": changed, "may_mark": True})


@require_POST
@member_required
def of_answer(request: HttpRequest, answer_id: int, mark: str) -> HttpResponse:
    answer = get_object_or_404(Answer.objects.visible_to(request.user).for_page(), pk=answer_id)
    _change(request, answer, mark)
    changed = with_mark(Answer.objects.with_doubts(), request.user).get(pk=answer.pk)
    context = {"answer": changed, "may_mark": True, "tells": True}
    return redirect_or_fragment(request, answer, f"forum/_{mark}.html", context)


def _change(request: HttpRequest, post: Any, mark: str) -> None:
    """Say it; with `undo`, take it back."""
    what = MARKS[mark]
    require(what.rule(request.user, post))
    change = what.undo if "undo" in request.POST else what.say
    change(**{post.kind: post}, member=request.user)
