"""What a post said before, for everybody who may read it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core.http import keep_off_search_engines
from core.pagination import place
from forum.history import history
from forum.models import Answer, Comment, Post, Question
from forum.views.questions import elsewhere_or_gone


@require_safe
def of_question(request: HttpRequest, question_id: int) -> HttpResponse:
    question = _published(request, Question).filter(pk=question_id).first()
    if question is None and Question.objects.filter(pk=question_id, published_at=None).exists():
        raise Http404
    return _page(request, question) if question else elsewhere_or_gone(request, question_id)


@require_safe
def of_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    return _page(request, get_object_or_404(_published(request, Answer), pk=answer_id))


@require_safe
def of_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _page(request, get_object_or_404(_published(request, Comment), pk=comment_id))


def _published(request: HttpRequest, model: Any) -> Any:
    """What never was public has no public history; what was removed has none any more."""
    readable = model.objects.visible_to(request.user).exclude(status=Post.Status.REMOVED)
    return readable.filter(published_at__isnull=False).with_distance(request.user).for_page()


def _page(request: HttpRequest, post: Post) -> HttpResponse:
    context = {"post": post, "page": history(post, request.user, **place(request.GET))}
    response = render(request, "forum/history.html", context)
    keep_off_search_engines(response)
    return response
