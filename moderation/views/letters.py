"""Letters as the moderators have them: those that wait, one of them, and a new one to whoever wrote a post."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.http import redirect_see_other
from core.pagination import keyset, place
from core.rulings import require
from core.text import clean
from forum.models import Answer, Comment, Post, Question
from moderation import actions, letters, replies, rules
from moderation.actions import Overtaken
from moderation.letter_forms import ToAuthorForm
from moderation.models import Letter, ReviewItem, SavedReply, apart_from
from moderation.views.queue import moderator_required

POSTS = {posts.kind: posts for posts in (Question, Answer, Comment)}


@require_safe
@never_cache
@moderator_required
def index(request: HttpRequest) -> HttpResponse:
    """Those that wait for us, oldest first; asked for, all of them, newest first."""
    if request.GET.get("show") == "all":
        every = Letter.objects.not_of(request.user).with_thing()
        page = keyset(every, **place(request.GET), by="opened_at", size=letters.SHOWN)
        context = {"page": page, "shows_all": True}
    else:
        page = letters.waiting(request.user, after=request.GET.get("after", ""))
        context = {"page": page, "urgent": letters.urgent(request.user) if page.is_first else []}
    return render(request, "moderation/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What was written, and the form to answer."""
    letter = _letter(request, letter_id)
    if request.method != "POST":
        return _page(request, letter)
    if "put_in" in request.POST:
        return _page(request, letter, words=_with_reply(request, letter.thing))
    form = ToAuthorForm(request.POST)
    if not form.is_valid():
        return _page(request, letter, form=form, status=422)
    said = form.cleaned_data
    try:
        letters.answer(
            letter=letter,
            moderator=request.user,
            text=said["words"],
            last_read=said["last_read"],
            submission_key=said["submission_key"],
        )
    except Overtaken:
        return _overtaken(request, _letter(request, letter_id), said["words"])
    messages.success(request, _("Sent. They are told that the moderators wrote to them."))
    return redirect_see_other("review:letter", letter.pk)


@require_POST
@moderator_required
def close(request: HttpRequest, letter_id: int) -> HttpResponse:
    letters.close(letter=_letter(request, letter_id), moderator=request.user)
    messages.success(request, _("The letter is closed. They can still read it."))
    return redirect_see_other("review:letters")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def write(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The form of a letter to whoever wrote a post; while one about it is open, that one."""
    post = _post(request, kind, pk)
    item = _still_at(request, post)
    if request.method != "POST":
        if already := Letter.objects.about(post).open().first():
            return redirect_see_other("review:letter", already.pk)
        return _page_of_new(request, post, item)
    if "put_in" in request.POST:
        return _page_of_new(request, post, item, words=_with_reply(request, post))
    form = ToAuthorForm(request.POST)
    if not form.is_valid():
        return _page_of_new(request, post, item, form=form, status=422)
    said = form.cleaned_data
    try:
        written = letters.write(
            post=post, moderator=request.user, text=said["words"], submission_key=said["submission_key"]
        )
    except Overtaken:
        return _overtaken(request, _letter(request, Letter.objects.about(post).open().get().pk), said["words"])
    messages.success(request, _("Sent. They are told that the moderators wrote to them."))
    return redirect_see_other("review:item", item.pk) if item else redirect_see_other("review:letter", written.pk)


def _still_at(request: HttpRequest, post: Post) -> ReviewItem | None:
    """What this moderator has taken up about a post: while they write to its author, it stays theirs."""
    item: ReviewItem | None = ReviewItem.objects.about(post).open().filter(claimed_by=request.user).first()
    return item if item and actions.stay(item=item, moderator=request.user) else None


def _letter(request: HttpRequest, letter_id: int) -> Letter:
    found: Letter = get_object_or_404(Letter.objects.with_thing(), pk=letter_id)
    post = found.post
    named = found.author_id if post is None or post.alias is None else None
    require(rules.may_read_letter(request.user, found, apart=apart_from(request.user, named)))
    return found


def _post(request: HttpRequest, kind: str, pk: int) -> Post:
    if kind not in POSTS:
        raise Http404
    post: Post = get_object_or_404(POSTS[kind].objects.for_page(), pk=pk)
    apart = apart_from(request.user, post.author_id if post.alias is None else None)
    require(rules.may_write_to_author(request.user, post, apart=apart))
    return post


def _with_reply(request: HttpRequest, thing: object) -> str:
    """What is typed, with the words of a saved reply that was chosen."""
    typed = clean(request.POST.get("words", ""))
    return replies.put_in(typed, request.POST.get("reply", ""), _replies(thing))


def _replies(thing: object) -> Sequence[replies.Offered]:
    return replies.offered(SavedReply.Use.LETTER, replies.values(thing))


def _overtaken(request: HttpRequest, letter: Letter, words: str) -> HttpResponse:
    """Somebody wrote meanwhile, or closed it: say so, show it, and keep what was typed."""
    notice = _("Somebody wrote in this letter while you did. Please read it; what you had written is still below.")
    if not letter.is_open:
        notice = _("This letter was closed meanwhile. What you had written stands below, to be copied.")
    return _page(request, letter, words=words, notice=notice, status=409)


def _page(
    request: HttpRequest,
    letter: Letter,
    *,
    form: ToAuthorForm | None = None,
    words: str = "",
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    written = list(letter.messages.select_related("writer"))
    last_read = written[-1].pk if written else 0
    context = {
        "letter": letter,
        "written": written,
        "form": form or ToAuthorForm(initial={"words": words, "last_read": last_read}),
        "replies": _replies(letter.thing),
        "notice": notice,
        "typed": words,
    }
    return render(request, "moderation/letter.html", context, status=status)


def _page_of_new(
    request: HttpRequest,
    post: Post,
    item: ReviewItem | None,
    *,
    form: ToAuthorForm | None = None,
    words: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "post": post,
        "item": item,
        "form": form or ToAuthorForm(initial={"words": words, "last_read": 0}),
        "replies": _replies(post),
    }
    return render(request, "moderation/write.html", context, status=status)
