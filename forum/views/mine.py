"""What is mine: my questions in every state, changing a text, taking a held post back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import member_required, redirect_see_other
from core.pagination import keyset
from core.rulings import require
from forum import actions, rules
from forum.desk import desk
from forum.forms import EditForm
from forum.models import Answer, Comment, Post, Question

PAGE = 20


@require_safe
@member_required
def mine(request: HttpRequest) -> HttpResponse:
    """Every question of mine, in whatever state."""
    questions = Question.objects.filter(author=request.user).for_list()
    page = keyset(questions, after=request.GET.get("after", ""), by="created_at", size=PAGE)
    return render(request, "forum/mine.html", {"page": page})


def edit_question(request: HttpRequest, question_id: int) -> HttpResponse:
    return _edit(request, Question, question_id)


def edit_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    return _edit(request, Answer, answer_id)


def edit_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _edit(request, Comment, comment_id)


def take_back_question(request: HttpRequest, question_id: int) -> HttpResponse:
    return _take_back(request, Question, question_id)


def take_back_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    return _take_back(request, Answer, answer_id)


def take_back_comment(request: HttpRequest, comment_id: int) -> HttpResponse:
    return _take_back(request, Comment, comment_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def _edit(request: HttpRequest, model: type[Model], pk: int) -> HttpResponse:
    post = _post(request, model, pk)
    require(rules.may_edit(request.user, post))
    title, body = actions.text_of(post)
    initial = {"title": title, "body": body, "version": post.version}
    form = EditForm(request.POST if request.method == "POST" else None, post=post, initial=initial)
    if form.is_valid():
        actions.edit(
            post=post,
            editor=request.user,
            title=form.cleaned_data.get("title", ""),
            body=form.cleaned_data["body"],
        )
        messages.success(request, _said_after(post))
        return redirect_see_other(post)
    context = {
        "form": form,
        "post": post,
        "words": desk().words_for_author(post),
        "waits": post.edits.filter(state="held").exists(),
        "change": actions.change_by_moderators(post),
        "may_take_back": rules.may_take_back(request.user, post),
    }
    return render(request, "forum/edit.html", context, status=422 if form.errors else 200)


@require_POST
@member_required
def _take_back(request: HttpRequest, model: type[Model], pk: int) -> HttpResponse:
    post = _post(request, model, pk)
    require(rules.may_take_back(request.user, post))
    actions.take_back(post=post)
    messages.success(request, _("You took it back. Nobody sees it any more."))
    return redirect_see_other("forum:mine" if post.kind == "question" else post.question)


def _post(request: HttpRequest, model: Any, pk: int) -> Post:
    return get_object_or_404(model.objects.visible_to(request.user).for_page(), pk=pk)


def _said_after(post: Post) -> str:
    if post.is_held:
        return _("Your change is saved. A moderator reads it before others do.")
    if post.edits.filter(state="held").exists():
        return _("Your change is saved. A moderator reads it first; until then the earlier text stays up.")
    return _("Your change is up.")
