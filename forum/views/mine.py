"""What is mine: my questions in every state, changing a text, taking a held post back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import drafts, limits
from core.http import member_required, park_and_sign_in, redirect_see_other, sign_in
from core.pagination import keyset
from core.rulings import Refused, require
from core.text import clean
from forum import actions, rules, waiting
from forum.desk import desk
from forum.forms import BODY, EditForm
from forum.models import Answer, Comment, Post, Question

PAGE = 20
EDITS_AN_HOUR = 30
# What is parked of a field whose form was not checked yet.
LONGEST = BODY["max_length"] + 1


@require_safe
@member_required
def mine(request: HttpRequest) -> HttpResponse:
    """Every question of mine, in whatever state."""
    questions = Question.objects.filter(author=request.user).for_list()
    page = keyset(questions, after=request.GET.get("after", ""), by="created_at", size=PAGE)
    has_pending = any(question.status == Post.Status.PENDING for question in page.items)
    wait = waiting.in_words(desk().expected_wait()) if has_pending else ""
    return render(request, "forum/mine.html", {"page": page, "wait": wait})


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
def _edit(request: HttpRequest, model: type[Model], pk: int) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    if not request.user.is_authenticated:
        return _sign_in(request, sent)
    post = _post(request, model, pk)
    require(rules.may_edit(request.user, post))
    last = actions.last_text(post)
    kept = drafts.kept(request, form=request.path)
    form = EditForm(sent, post=post, last=last, initial=kept)
    if form.is_valid() and _save(request, post, form):
        drafts.forget(request, form=request.path)
        messages.success(request, _said_after(post))
        return redirect_see_other(post)
    context = {
        "form": form,
        "post": post,
        "words": desk().words_for_author(post),
        "waits": post.edits.filter(state="held").exists(),
        "change": actions.change_by_moderators(post),
        "may_take_back": rules.may_take_back(request.user, post, others_wrote=actions.others_wrote(post)),
    }
    return render(request, "forum/edit.html", context, status=422 if form.errors else 200)


def _sign_in(request: HttpRequest, sent: QueryDict | None) -> HttpResponse:
    """What was written by somebody whose session has ended is there again when they are back."""
    if sent is None:
        return sign_in(request, request.path)
    fields = {name: clean(sent.get(name, ""))[:LONGEST] for name in ("version", "title", "body")}
    if not limits.allow("park", limits.address(request), limit=rules.PARKED_AN_HOUR, seconds=3600):
        raise Refused(_("That was a lot from one place. Please sign in first, then try again."))
    return park_and_sign_in(request, fields=fields, page="account_login")


def _save(request: HttpRequest, post: Post, form: EditForm) -> bool:
    """Whether the change was made; if not, the form says why not."""
    if not limits.allow("edit", request.user.pk, limit=EDITS_AN_HOUR, seconds=3600):
        form.add_error(
            None, _("You have changed things a lot in the last hour. Please wait a little, then send again.")
        )
        return False
    try:
        actions.edit(
            post=post,
            editor=request.user,
            title=form.cleaned_data.get("title", ""),
            body=form.cleaned_data["body"],
            of=form.cleaned_data["version"],
        )
    except actions.ChangedMeanwhile:
        form.say_it_changed(actions.last_text(post))
        return False
    return True


@require_POST
@member_required
def _take_back(request: HttpRequest, model: type[Model], pk: int) -> HttpResponse:
    post = _post(request, model, pk)
    require(rules.may_take_back(request.user, post, others_wrote=actions.others_wrote(post)))
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
