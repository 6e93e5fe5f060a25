"""The saved replies: all moderators read them, senior ones change them."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.http import redirect_see_other
from core.rulings import require
from moderation import replies, rules
from moderation.models import SavedReply
from moderation.reply_forms import ReplyForm
from moderation.views.queue import moderator_required

COLUMNS = ("title", "words", "uses", "rule", "is_active")


@require_safe
@never_cache
@moderator_required
def index(request: HttpRequest) -> HttpResponse:
    """All of them, those that are offered first."""
    context = {
        "replies": SavedReply.objects.select_related("changed_by").order_by("-is_active", "title"),
        "variables": [(f"{{{name}}}", meaning) for name, meaning in replies.VARIABLES.items()],
        "may_change": rules.may_change_replies(request.user),
    }
    return render(request, "moderation/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def new(request: HttpRequest) -> HttpResponse:
    return _change(request, SavedReply())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def reply(request: HttpRequest, reply_id: int) -> HttpResponse:
    return _change(request, get_object_or_404(SavedReply, pk=reply_id))


def _change(request: HttpRequest, reply: SavedReply) -> HttpResponse:
    """The form of one reply, new or not; sent, it is saved."""
    require(rules.may_change_replies(request.user))
    if request.method != "POST":
        return _page(request, reply, ReplyForm(initial={name: getattr(reply, name) for name in COLUMNS}))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, reply, form, status=422)
    try:
        replies.save(reply=reply, moderator=request.user, said=form.cleaned_data)
    except IntegrityError:
        form.add_error("title", _("Another reply has this title. Please choose a different one."))
        return _page(request, reply, form, status=422)
    messages.success(request, _("Saved. It is offered so from now on."))
    return redirect_see_other("review:replies")


def _page(request: HttpRequest, reply: SavedReply, form: ReplyForm, *, status: int = 200) -> HttpResponse:
    return render(request, "moderation/reply.html", {"reply": reply, "form": form}, status=status)
