"""Where a post stands: addresses that stay whatever comes before it, and the comments that its page has no room for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.http import is_fragment, keep_off_search_engines
from forum import rules
from forum.models import Answer, Comment, Question
from forum.thread import comments_of, place_of


@require_safe
def answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    answer = get_object_or_404(Answer.objects.visible_to(request.user).for_page(), pk=answer_id)
    return redirect(answer)


@require_safe
def comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = get_object_or_404(Comment.objects.visible_to(request.user).for_page(), pk=comment_id)
    return redirect(place_of(comment, request.user))


@require_safe
def comments_on_question(request: HttpRequest, question_id: int) -> HttpResponse:
    questions = Question.objects.visible_to(request.user).with_distance(request.user).at(question_id)
    return _comments(request, get_object_or_404(questions.for_page()))


@require_safe
def comments_on_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    answers = Answer.objects.visible_to(request.user).with_distance(request.user).for_page()
    return _comments(request, get_object_or_404(answers, pk=answer_id))


def _comments(request: HttpRequest, post: Question | Answer) -> HttpResponse:
    """The comments on a post after the one with the id `after`; for a page that asks for more of them, these alone."""
    after = request.GET.get("after", "")
    comments, next_cursor = comments_of(post, request.user, after=after)
    context = {
        "post": post,
        "comments": comments,
        "next_cursor": next_cursor,
        "is_first": not after,
        "may_comment": _may_comment(request, post),
    }
    template = "forum/_more_comments.html" if is_fragment(request) else "forum/comments.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    keep_off_search_engines(response)
    return response


def _may_comment(request: HttpRequest, post: Question | Answer) -> bool:
    """Whoever is not signed in is led to signing in."""
    if not request.user.is_authenticated:
        return post.question.locked_at is None
    return bool(rules.may_comment(request.user, post))
