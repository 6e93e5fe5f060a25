"""A question with its answers, and who has it too."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

import search.query
from core.http import is_fragment, member_required, redirect_or_fragment
from core.rulings import require
from forum import actions, rules, waiting
from forum.desk import desk
from forum.models import Question
from forum.thread import thread, with_mark
from forum.views.answers import answer_form

SIMILAR = 8


@require_safe
def question(request: HttpRequest, question_id: int, slug: str) -> HttpResponse:
    question = _visible(request).filter(pk=question_id).first()
    if question is None:
        return _gone_or_missing(request, question_id)
    if slug != question.slug:
        return _to_its_address(request, question)
    shown = thread(question, request.user, after=request.GET.get("after", ""), at=request.GET.get("at", ""))
    context = {
        "question": question,
        "thread": shown,
        "form": answer_form(request, question) if rules.may_answer(request.user, question) else None,
        **(_where_it_stands(question, request) if _is_for_them(question, request) else {}),
    }
    return render(request, "forum/question.html", context)


@require_safe
def short(request: HttpRequest, question_id: int) -> HttpResponse:
    """An address without its readable end, as it is read out or cut off in a mail."""
    question = _visible(request).filter(pk=question_id).first()
    return _to_its_address(request, question) if question else _gone_or_missing(request, question_id)


@require_safe
def similar(request: HttpRequest, question_id: int) -> HttpResponse:
    """What is about the same, and while it waits what may answer it: fetched by the page, or a page of its own."""
    readable = Q(shown_to_members=True) | Q(status__in=Question.HELD)
    question = get_object_or_404(Question.objects.visible_to(request.user).filter(readable).for_list(), pk=question_id)
    if question.is_held:
        hits = search.query.suggest(question.title, user=request.user, article_id=question.article_id)
    else:
        hits = search.query.similar("question", question.pk, user=request.user, limit=SIMILAR)
    context = {
        "question": question,
        "articles": [hit for hit in hits if hit.kind == "article"],
        "questions": [hit for hit in hits if hit.kind == "question"],
    }
    template = "forum/_similar.html" if is_fragment(request) else "forum/similar.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@member_required
def same(request: HttpRequest, question_id: int) -> HttpResponse:
    """I have this too; with `undo`, I do not."""
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=question_id)
    require(rules.may_mark_same(request.user, question))
    change = actions.unmark_same if "undo" in request.POST else actions.mark_same
    change(question=question, member=request.user)
    changed = with_mark(Question.objects.all(), request.user).get(pk=question.pk)
    return redirect_or_fragment(
        request, f"{question.get_absolute_url()}#question", "forum/_same.html", {"question": changed, "may_mark": True}
    )


def _visible(request: HttpRequest) -> Any:
    shown = Question.objects.visible_to(request.user).exclude(status=Question.Status.REMOVED)
    return with_mark(shown.for_page(), request.user)


def _gone_or_missing(request: HttpRequest, question_id: int) -> HttpResponse:
    """410 for what everybody could once open and its author or the moderators removed; else it was never here."""
    removed = Question.objects.filter(pk=question_id, status=Question.Status.REMOVED, published_at__isnull=False)
    if removed.exclude(audience=Question.Audience.MEMBERS).exists():
        return render(request, "410.html", status=410)
    raise Http404


def _to_its_address(request: HttpRequest, question: Question) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(question.get_absolute_url() + (f"?{query}" if query else ""))


def _is_for_them(question: Question, request: HttpRequest) -> bool:
    """Whether this person hears from the moderators here: the author; of what waits, also the moderators."""
    return request.user.is_authenticated and (question.author_id == request.user.pk or question.is_held)


def _where_it_stands(question: Question, request: HttpRequest) -> dict[str, Any]:
    """What the moderators say of it; while it waits, how long that may take."""
    if not question.is_held:
        return {"words": desk().words_for_author(question)}
    return {
        "words": desk().words_for_author(question),
        "wait": waiting.in_words(desk().expected_wait()),
    }
