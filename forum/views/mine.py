"""What is mine: my questions in every state, changing a text, taking a held post back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import drafts, limits, support
from core.http import member_required, park_and_sign_in, redirect_see_other, sign_in
from core.pagination import keyset, place
from core.rulings import Refused, require
from core.text import clean
from forum import actions, rules, waiting
from forum.desk import desk
from forum.forms import BODY, EditForm
from forum.models import Answer, Comment, Post, Question
from forum.views.answers import STILL_HERE

POSTS: dict[str, Any] = {posts.kind: posts for posts in (Question, Answer, Comment)}
PAGE = 20
EDITS_AN_HOUR = 30
# What is parked of a field whose form was not checked yet.
LONGEST = 2 * BODY["max_length"]


@require_safe
@member_required
def mine(request: HttpRequest) -> HttpResponse:
    """Every question of mine, in whatever state."""
    questions = Question.objects.filter(author=request.user).for_list(request.user).prefetch_related("tags")
    page = keyset(questions, **place(request.GET), by="created_at", size=PAGE)
    has_pending = any(question.status == Post.Status.PENDING for question in page.items)
    wait = waiting.expected(request.user) if has_pending else ""
    replies = [
        reply
        for posts in (Answer, Comment)
        for reply in posts.objects.visible_to(request.user).filter(author=request.user).to_be_put_back().for_page()
    ]
    return render(request, "forum/mine.html", {"page": page, "wait": wait, "replies": replies})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def name_off(request: HttpRequest, question_id: int) -> HttpResponse:
    """What would go without my name in a thread; and then does."""
    question = get_object_or_404(Question.objects.visible_to(request.user).at(question_id).for_page())
    named = actions.named_posts(request.user, question)
    as_clinician = question.answers.filter(author=request.user, basis=Answer.Basis.CLINICIAN).exists()
    require(rules.may_take_name_off(request.user, question, has_named=bool(named), is_clinician_here=as_clinician))
    if request.method == "POST":
        actions.take_name_off(user=request.user, question=question)
        messages.success(request, _("Your name is off."))
        return redirect_see_other(question)
    context = {"question": question, "named": named, "as_clinician": as_clinician}
    return render(request, "forum/name_off.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change a text of mine; what I typed stays in the form until it is up or waits."""
    sent = request.POST if request.method == "POST" else None
    if not request.user.is_authenticated:
        return _sign_in(request, sent)
    post = _post(request, kind, pk)
    ruling = rules.may_edit(request.user, post)
    if sent is None or post.author_id != request.user.pk:
        require(ruling)
    last = actions.last_text(post)
    kept = drafts.kept(request, form=request.path)
    form = EditForm(sent, post=post, last=last, draft=kept)
    if not ruling:
        form.add_error(None, f"{ruling.sentence} {STILL_HERE}")
    elif form.is_valid() and _save(request, post, form):
        drafts.forget(request, form=request.path)
        messages.success(request, _said_after(post))
        if post.warning:
            messages.info(request, post.warning)
        return redirect_see_other(post)
    context = {
        "form": form,
        "post": post,
        "panels": support.panels_for(
            request,
            "\n".join(clean(str(form[name].value() or "")) for name in ("title", "body") if name in form.fields),
            is_reply=post.kind != "question",
        ),
        "words": desk().words_for_author(post),
        "waits": post.edits.filter(state="held").exists(),
        "change": actions.change_by_moderators(post),
        "may_take_back": rules.may_take_back(request.user, post, others_wrote=actions.others_wrote(post)),
    }
    status = 403 if not ruling else 409 if form.newer else 422 if form.errors else 200
    return render(request, "forum/edit.html", context, status=status)


def _sign_in(request: HttpRequest, sent: QueryDict | None) -> HttpResponse:
    """What was written by somebody whose session has ended is there again when they are back."""
    if sent is None:
        return sign_in(request, request.path)
    fields = {name: clean(sent.get(name, ""))[:LONGEST] for name in ("version", "title", "body", "tags", "reason")}
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
    links = desk().unknown_links(f"{form.cleaned_data.get('title', '')}\n{form.cleaned_data['body']}")
    if not (ruling := rules.may_link(request.user, links)):
        form.add_error("body", ruling.sentence)
        return False
    try:
        actions.edit(
            post=post,
            editor=request.user,
            title=form.cleaned_data.get("title", ""),
            body=form.cleaned_data["body"],
            tags=form.cleaned_data.get("tags"),
            reason=form.cleaned_data.get("reason", ""),
            of=form.cleaned_data["version"],
        )
    except actions.ChangedMeanwhile:
        form.say_it_changed(actions.last_text(post))
        return False
    return True


@require_POST
@member_required
def take_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    post = _post(request, kind, pk)
    require(rules.may_take_back(request.user, post, others_wrote=actions.others_wrote(post)))
    actions.take_back(post=post)
    messages.success(request, _("You took it back. Nobody sees it any more. You can undo that below, for seven days."))
    return redirect_see_other(post)


@require_POST
@member_required
def put_back(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    post = _post(request, kind, pk)
    require(rules.may_put_back(request.user, post))
    actions.put_back(post=post)
    messages.success(request, _("It is back, and waits as before.") if post.is_held else _("It is back, as it was."))
    return redirect_see_other(post)


def _post(request: HttpRequest, kind: str, pk: int) -> Post:
    return get_object_or_404(POSTS[kind].objects.visible_to(request.user).for_page(), pk=pk)


def _said_after(post: Post) -> str:
    if post.is_held:
        return _("Your change is saved. A moderator reads it before others do.")
    if post.edits.filter(state="held").exists():
        return _("Your change is saved. A moderator reads it first; until then the earlier text stays up.")
    return _("Your change is up.")
