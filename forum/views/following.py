"""Following a question, a topic, a tag, an article or a member, and the list of what somebody follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.http import is_fragment, member_required, redirect_see_other
from core.pagination import place
from core.rulings import require
from forum import actions, following, rules
from forum.forms import UnfollowForm

PAGE = 40


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def follow(request: HttpRequest, kind: str, key: str | int) -> HttpResponse:
    """The button of one thing, by itself or on a page of its own; what it does, and with `undo` no longer."""
    thing = following.find(kind, key, request.user)
    require(rules.may_follow(request.user, thing))
    if request.method == "POST":
        _change(request, thing)
        if not is_fragment(request):
            return redirect_see_other(thing)
    context = {"kind": kind, "key": key, "thing": thing, "may_follow": True, "title": following.title_of(thing)}
    response = render(request, "forum/_follow.html" if is_fragment(request) else "forum/follow.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def followed(request: HttpRequest) -> HttpResponse:
    """Everything I follow, or what is of one kind; a press ends one, also of what is no longer shown."""
    form = UnfollowForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        request.user.follows.filter(pk=form.cleaned_data["follow"]).delete()
        messages.success(request, _("You do not follow it any more."))
        return redirect_see_other(request.get_full_path())
    kind = request.GET.get("kind", "")
    kind = kind if kind in following.KINDS else ""
    context = {
        "page": "following",
        "form": form,
        "kind": kind,
        "kinds": {name: what.label for name, what in following.KINDS.items()},
        "followed": following.followed(request.user, kind=kind, **place(request.GET), size=PAGE),
        "asked": urlencode({"kind": kind} if kind else {}),
    }
    return render(request, "forum/followed.html", context, status=422 if form.errors else 200)


def _change(request: HttpRequest, thing: Any) -> None:
    if "undo" in request.POST:
        actions.unfollow(thing=thing, member=request.user)
        thing.is_followed, said = False, _("You do not follow it any more.")
    else:
        require(rules.may_follow_more(request.user.follows.count()))
        actions.follow(thing=thing, member=request.user)
        thing.is_followed, said = True, _("You follow it now, and hear of what is new.")
    if not is_fragment(request):
        messages.success(request, said)
