"""Answering, commenting, and saying what helped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

import accounts.actions
import accounts.rules
from accounts import trust
from accounts.models import Credential
from core import drafts, limits, support
from core.http import is_fragment, member_required, park_and_sign_in, redirect_see_other, sign_in
from core.models import Draft
from core.rulings import Ruling, require
from core.text import clean
from forum import actions, rules, waiting
from forum.desk import desk
from forum.forms import AnswerForm, CommentForm, OutcomeForm, ReplyForm
from forum.models import Answer, Post, Question
from forum.quotes import quoted
from forum.thread import Person, comments_of, is_under_a_number

HOUR, DAY = 3600, 86_400
STILL_HERE = gettext_lazy("What you wrote is still here to copy.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """The form on a page of its own: for guests, and with what has to be corrected."""
    questions = Question.objects.visible_to(request.user).with_distance(request.user)
    question = get_object_or_404(questions.at(question_id).for_page())
    ruling = rules.may_answer(request.user, question)
    if _is_not_offered(request, ruling):
        return _refused(request, question, ruling)
    form = answer_form(request, question, **_with_quotation(request, question, _filled(request)))
    if status := _problem(request, form, ruling):
        context = {"question": question, "form": form, "panels": panels(request, form)}
        return render(request, "forum/answer_form.html", context, status=status)
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
def helped(request: HttpRequest, answer_id: int) -> HttpResponse:
    """The asker says what helped; with `undo`, takes it back. The answers then stand in another order: a new page."""
    answer = get_object_or_404(Answer.objects.visible_to(request.user).for_page(), pk=answer_id)
    require(rules.may_mark_helped(request.user, answer))
    change = actions.unmark_helped if "undo" in request.POST else actions.mark_helped
    change(answer=answer)
    return redirect_see_other(answer)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, question_id: int) -> HttpResponse:
    """How it went, in the words of whoever asked. Who would rather not say is not asked again."""
    if not request.user.is_authenticated and request.method != "POST":
        return sign_in(request, request.path)
    question = get_object_or_404(Question.objects.visible_to(request.user).for_page(), pk=question_id)
    told = question.comments.outcomes().for_page().first()
    if told is not None and question.author_id == request.user.pk:
        messages.info(request, _("You have told how it went. You can change it below."))
        return redirect_see_other(told)
    ruling = rules.may_tell_outcome(request.user, question)
    if _is_not_offered(request, ruling):
        return _refused(request, question, ruling)
    form = OutcomeForm(**_fitted(request, question, _filled(request)), auto_id="id_outcome_%s")
    if status := _problem(request, form, ruling):
        return render(request, "forum/outcome.html", {"question": question, "form": form}, status=status)
    if not request.user.is_authenticated:
        return park_and_sign_in(request, fields=_typed(request, form), page="account_login")
    words = form.words()
    if not words:
        actions.ask_never(question=question)
        messages.success(request, _("That is fine. We do not ask again."))
        return redirect_see_other(question)
    key = form.cleaned_data["submission_key"]
    posted = actions.tell_outcome(author=request.user, question=question, body=words, submission_key=key)
    return _posted(request, posted)


@require_POST
@member_required
def ask_later(request: HttpRequest, question_id: int) -> HttpResponse:
    """Ask me in two weeks how it went; with `undo`, do not."""
    question = get_object_or_404(Question.objects.visible_to(request.user), pk=question_id)
    if "undo" in request.POST:
        require(rules.may_be_asked_later(request.user, question, is_grave=False))
        actions.ask_never(question=question)
        messages.success(request, _("We do not ask how it went."))
    else:
        require(rules.may_be_asked_later(request.user, question, is_grave=actions.is_grave(question)))
        actions.ask_later(question=question)
        messages.success(request, _("We ask you once, in two weeks. You can change your mind until then."))
    return redirect_see_other(question)


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
    posts = model.objects.visible_to(request.user).with_distance(request.user).for_page()
    post = get_object_or_404(posts.at(pk) if model is Question else posts.filter(pk=pk))
    ruling = rules.may_comment(request.user, post)
    if _is_not_offered(request, ruling):
        return _refused(request, post, ruling)
    form = CommentForm(**_fitted(request, post.question, _filled(request)), auto_id=f"id_{post.kind}_{pk}_%s")
    if status := _problem(request, form, ruling):
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
        context = {"post": post, "form": form, "member": request.user.pk}
        response = render(request, "forum/_comment_form.html", context, status=status)
    else:
        after = request.GET.get("after", "")
        comments, next_cursor = comments_of(post, request.user, after=after)
        context = {"post": post, "form": form, "comments": comments, "next_cursor": next_cursor, "is_first": not after}
        context["panels"] = panels(request, form)
        response = render(request, "forum/comments.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def panels(request: HttpRequest, form: ReplyForm) -> Sequence[support.Panel]:
    """Whom to call, where what stands in the form tells of distress."""
    return support.panels_for(request, clean(form["body"].value() or ""), is_reply=True)


def from_draft(draft: Draft | None) -> dict[str, Any]:
    return {"draft": draft, "initial": draft.fields if draft else {}}


def _filled(request: HttpRequest) -> dict[str, Any]:
    """What was typed, or kept from before."""
    if request.method == "POST":
        return {"data": request.POST}
    return from_draft(drafts.kept(request, form=request.path))


def _with_quotation(request: HttpRequest, question: Question, filled: dict[str, Any]) -> dict[str, Any]:
    """With the post that the address asks to quote, behind what is there already."""
    initial = filled.get("initial", {})
    quotation = quoted(question, request.GET.get("quote", ""), request.user) if "data" not in filled else ""
    if not quotation or quotation.strip() in (before := initial.get("body", "").rstrip()):
        return filled
    return filled | {"initial": initial | {"body": f"{before}\n\n{quotation}".lstrip("\n")}}


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


def _is_not_offered(request: HttpRequest, ruling: Ruling) -> bool:
    """Whether this is a member who comes to a form that they may not send. What is sent anyway, the form answers."""
    return request.method != "POST" and request.user.is_authenticated and not ruling


def _refused(request: HttpRequest, post: Question | Answer, ruling: Ruling) -> HttpResponse:
    """Why not, with the way back to what they were reading."""
    context = {"exception": ruling.sentence, "back": post.get_absolute_url()}
    return render(request, "403.html", context, status=403)


def _problem(request: HttpRequest, form: ReplyForm, ruling: Ruling) -> int | None:
    """The status to show the form with, with what it says of the problem; None when there is none."""
    is_guest = not request.user.is_authenticated
    if request.method != "POST":
        return 200
    if not form.is_valid():
        form.draft = drafts.kept(request, form=request.path)
        return 422
    if is_guest:
        if limits.allow("park", limits.address(request), limit=rules.PARKED_AN_HOUR, seconds=HOUR):
            return None
        form.add_error(None, _("That was a lot from one place. Please try again in an hour."))
        return 429
    if not ruling:
        form.add_error(None, f"{ruling.sentence} {STILL_HERE}")
        if not accounts.rules.may_write(request.user):
            drafts.save(owner_id=request.user.pk, form=request.path, fields=_typed(request, form))
        return 403
    if not (ruling := rules.may_link(request.user, desk().unknown_links(form.cleaned_data["body"]))):
        form.add_error("body", ruling.sentence)
        return 422
    if not limits.allow(form.KIND, request.user.pk, limit=trust.allowance(request.user).a_day[form.KIND], seconds=DAY):
        drafts.save(owner_id=request.user.pk, form=request.path, fields=_typed(request, form))
        form.add_error(None, trust.enough_for_today(request.user, form.KIND))
        return 429
    if "consent" in form.fields:
        accounts.actions.give_health_consent(user=request.user)
    return None


def _typed(request: HttpRequest, form: ReplyForm) -> dict[str, str]:
    kept = [name for name in form.fields if name not in form.NEVER_KEPT]
    return {name: clean(request.POST[name]) for name in kept if name in request.POST}


def _posted(request: HttpRequest, post: Post) -> HttpResponse:
    drafts.forget(request, form=request.path)
    if post.is_held:
        wait = waiting.expected(request.user)
        sentence = _("It is saved. A moderator reads it before others do. %(wait)s We tell you when it is up.")
        messages.success(request, sentence % {"wait": wait})
    else:
        messages.success(request, _("It is published. Thank you."))
    if post.warning:
        messages.info(request, post.warning)
    return redirect_see_other(post)
