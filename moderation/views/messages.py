"""Letters as a member has them: theirs with the moderators, also for who may not post or sign in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.suspension import whose
from core import limits, support
from core.http import member_required, redirect_see_other
from core.pagination import keyset, place
from core.rulings import Refused
from moderation import letters, rules
from moderation.actions import Overtaken
from moderation.letter_forms import AskModeratorsForm, MessageForm
from moderation.models import Letter

SHOWN = 20
LETTERS_A_DAY = 5
MESSAGES_A_DAY = 30
DAY = 86_400


@require_safe
@never_cache
@member_required
def index(request: HttpRequest) -> HttpResponse:
    """My letters, newest first."""
    mine = Letter.objects.filter(author=request.user).with_thing()
    context = {"page": keyset(mine, **place(request.GET), by="opened_at", size=SHOWN)}
    return render(request, "moderation/my_letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def new(request: HttpRequest) -> HttpResponse:
    """A letter to the moderators, about one of my posts or something else."""
    about = request.GET.get("about", "")
    mine = (*letters.named_of(request.user, about), *letters.posts_of(request.user))
    posts = {(post.kind, post.pk): post for post in mine}
    may_ask = letters.may_ask(request.user)
    form = AskModeratorsForm(request.POST or None, posts=list(posts.values()), initial={"about": about})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and (before := letters.sent(form.cleaned_data["submission_key"])):
            return redirect_see_other("standing:letter", before.pk)
        if form.is_valid() and not may_ask:
            form.add_error(None, may_ask.sentence)
        elif form.is_valid() and not limits.allow("letter", request.user.pk, limit=LETTERS_A_DAY, seconds=DAY):
            form.add_error(None, _("You have opened many letters today. Please send this one tomorrow."))
            status = 429
        elif form.is_valid() and (asked := _asked(request, form)):
            return redirect_see_other("standing:letter", asked.pk)
    context = {"form": form, "may_ask": may_ask, "panels": support.panels_for(request, form.data.get("text", ""))}
    return render(request, "moderation/new_letter.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """What the moderators and I wrote, and the form to answer."""
    return _letter(request, request.user, letter_id, back=reverse("standing:letter", args=[letter_id]), more={})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suspended(request: HttpRequest, token: str, letter_id: int) -> HttpResponse:
    """The same for who has just shown that a suspended account is theirs."""
    if (user := whose(token)) is None:
        raise Http404
    back = reverse("standing:suspended_letter", args=[token, letter_id])
    return _letter(request, user, letter_id, back=back, more={"token": token})


def _asked(request: HttpRequest, form: AskModeratorsForm) -> Letter | None:
    """The letter that is sent; if none is, the form says why not."""
    said = form.cleaned_data
    try:
        asked = letters.ask(
            author=request.user,
            thing=form.post or request.user,
            text=said["text"],
            submission_key=said["submission_key"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The moderators have it. We tell you when they have answered."))
    return asked


def _letter(request: HttpRequest, user: User, letter_id: int, *, back: str, more: dict[str, Any]) -> HttpResponse:
    letter: Letter = get_object_or_404(Letter.objects.with_thing(), pk=letter_id, author=user)
    form, status = MessageForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and not limits.allow("letter message", user.pk, limit=MESSAGES_A_DAY, seconds=DAY):
            form.add_error(None, _("You have written a lot today. Please send this tomorrow."))
            status = 429
        elif form.is_valid() and _replied(form, letter):
            messages.success(request, _("The moderators have it."))
            return redirect_see_other(back)
    written = list(letter.messages.all())
    mine = next((one.text for one in reversed(written) if not one.is_from_moderators), "")
    context = {
        "letter": letter,
        "written": written,
        "form": form,
        "panels": support.panels_for(request, form.data.get("text", "") or (mine if letter.waiting_since else "")),
        **more,
    }
    return render(request, "moderation/my_letter.html", context, status=status)


def _replied(form: MessageForm, letter: Letter) -> bool:
    """Whether it is sent; if not, the form says why not."""
    try:
        letters.reply(letter=letter, text=form.cleaned_data["text"], submission_key=form.cleaned_data["submission_key"])
    except Overtaken:
        letter.refresh_from_db(fields=["ends_at"])
        form.add_error(None, rules.may_reply(letter).sentence)
        return False
    return True
