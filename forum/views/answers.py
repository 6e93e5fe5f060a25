"""Answering, commenting, and saying what helped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

import accounts.actions
from accounts.models import Credential
from core import drafts, limits
from core.http import is_fragment, member_required, park_and_sign_in, redirect_or_fragment, redirect_see_other
from core.rulings import Ruling, require
from core.text import clean
from forum import actions, rules, waiting
from forum.desk import desk
from forum.forms import AnswerForm, CommentForm, ReplyForm
from forum.models import Answer, Post, Question
from forum.thread import Person, comments_of, is_under_a_number, with_mark

HOUR, DAY = 3600, 86_400


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """The form on a page of its own: for guests, and with what has to be corrected."""
    question = get_object_or_404(Question.objects.visible_to(request.user).for_page(), pk=question_id)
    form = answer_form(request, question, **_filled(request))
    if status := _problem(request, form, rules.may_answer(request.user, question)):
        return render(request, "forum/answer_form.html", {"question": question, "form": form}, status=status)
    if not request.user.is_authenticated:
        return park_and_sign_in(request, fields=_typed(request, form))
    said = form.cleaned_data
    posted = actions.answer(
        author=request.user,
        question=question,
        body=said["body"],
        basis=said["basis"],
        credential=_credential(request.user) if said["basis"] == Answer.Basis.CLINICIAN else None,
        anonymous=said.get("anonymous", False),
        submission_key=said["submission_key"],
    )
    return _posted(request, posted)


def comment_question(request: HttpRequest, question_id: int) -> HttpResponse:
    return _comment(request, Question, question_id)


def comment_answer(request: HttpRequest, answer_id: int) -> HttpResponse:
    return _comment(request, Answer, answer_id)


@require_POST
@member_required
def helpful(request: HttpRequest, answer_id: int) -> HttpResponse:
    """This helped me; with `undo`, it did not."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user).for_page(), pk=answer_id)
    require(rules.may_mark_helpful(request.user, answer))
    change = actions.unmark_helpful if "undo" in request.POST else actions.mark_helpful
    change(answer=answer, member=request.user)
    changed = with_mark(Answer.objects.all(), request.user).get(pk=answer.pk)
    return redirect_or_fragment(request, answer, "forum/_helpful.html", {"answer": changed, "may_mark": True})


@require_POST
@member_required
def helped(request: HttpRequest, answer_id: int) -> HttpResponse:
    """The asker says what helped; with `undo`, takes it back. The answers then stand in another order: a new page."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user).for_page(), pk=answer_id)
    require(rules.may_mark_helped(request.user, answer))
    change = actions.unmark_helped if "undo" in request.POST else actions.mark_helped
    change(answer=answer)
    return redirect_see_other(answer)


def answer_form(request: HttpRequest, question: Question, **filled: Any) -> AnswerForm:
    """The form as this person gets it."""
    fitted = _fitted(request, question, filled)
    # An unnamed asker who answered as a clinician would be known by the credential.
    offers_clinician = not fitted.get("as_unnamed_asker") and _credential(request.user) is not None
    return AnswerForm(**fitted, offers_clinician=offers_clinician, auto_id="id_answer_%s")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def _comment(request: HttpRequest, model: type[Question] | type[Answer], pk: int) -> HttpResponse:
    """The comments on a post, and the form for one more; for a page that asks for it, the form alone."""
    post = get_object_or_404(model.objects.visible_to(request.user).for_page(), pk=pk)
    form = CommentForm(**_fitted(request, post.question, _filled(request)), auto_id=f"id_{post.kind}_{pk}_%s")
    if status := _problem(request, form, rules.may_comment(request.user, post)):
        return _comment_page(request, post, form, status)
    if not request.user.is_authenticated:
        return park_and_sign_in(request, fields=_typed(request, form))
    said = form.cleaned_data
    posted = actions.comment(
        author=request.user,
        post=post,
        body=said["body"],
        anonymous=said.get("anonymous", False),
        submission_key=said["submission_key"],
    )
    return _posted(request, posted)


def _comment_page(request: HttpRequest, post: Question | Answer, form: CommentForm, status: int) -> HttpResponse:
    if is_fragment(request):
        form.fields["body"].widget.attrs["autofocus"] = True
        response = render(request, "forum/_comment_form.html", {"post": post, "form": form}, status=status)
    else:
        comments, next_cursor = comments_of(post, request.user, after=request.GET.get("after", ""))
        context = {"post": post, "form": form, "comments": comments, "next_cursor": next_cursor}
        response = render(request, "forum/comment_form.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _filled(request: HttpRequest) -> dict[str, Any]:
    """What was typed, or kept from before somebody signed in."""
    if request.method == "POST":
        return {"data": request.POST}
    return {"initial": drafts.kept(request, form=request.path) or {}}


def _fitted(request: HttpRequest, question: Question, filled: dict[str, Any]) -> dict[str, Any]:
    """What a reply is asked of this person in this thread, with what is filled in."""
    if not request.user.is_authenticated:
        return filled
    asked = question.author_id == request.user.pk
    hides = {"anonymous": not asked and is_under_a_number(request.user, question)}
    return filled | {
        "initial": hides | filled.get("initial", {}),
        "offers_anonymity": not asked,
        "as_unnamed_asker": asked and question.alias is not None,
        "needs_consent": not accounts.actions.has_health_consent(request.user),
    }


def _credential(user: Person) -> Credential | None:
    if not rules.may_answer_as_clinician(user):
        return None
    return Credential.objects.current().filter(user=user).order_by("-verified_at").first()


def _problem(request: HttpRequest, form: ReplyForm, ruling: Ruling) -> int | None:
    """The status to show the form with, with what it says of the problem; None when there is none."""
    is_guest = not request.user.is_authenticated
    if request.method != "POST":
        if not is_guest:
            require(ruling)
        return 200
    if not form.is_valid():
        return 422
    if is_guest:
        if limits.allow("park", limits.address(request), limit=rules.PARKED_AN_HOUR, seconds=HOUR):
            return None
        form.add_error(None, _("That was a lot from one place. Please try again in an hour."))
        return 429
    if not ruling:
        form.add_error(None, ruling.sentence)
        return 403
    if not limits.allow("post", request.user.pk, limit=rules.POSTS_A_DAY[request.user.trust], seconds=DAY):
        drafts.save(owner_id=request.user.pk, form=request.path, fields=_typed(request, form))
        form.add_error(None, _("You have posted a lot today. Please post this one tomorrow; it is kept here for you."))
        return 429
    if "consent" in form.fields:
        accounts.actions.give_health_consent(user=request.user)
    return None


def _typed(request: HttpRequest, form: ReplyForm) -> dict[str, str]:
    return {name: clean(request.POST[name]) for name in form.fields if name in request.POST}


def _posted(request: HttpRequest, post: Post) -> HttpResponse:
    drafts.forget(request, form=request.path)
    if post.is_held:
        wait = waiting.in_words(desk().expected_wait())
        sentence = _("It is saved. A moderator reads it before others do. %(wait)s We tell you when it is up.")
        messages.success(request, sentence % {"wait": wait})
    else:
        messages.success(request, _("It is published. Thank you."))
    return redirect_see_other(post)
