"""Muting and blocking a member, from their page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import accounts.actions
from accounts import rules
from accounts.forms import DistanceForm
from accounts.models import User
from core.http import is_fragment, member_required, redirect_see_other
from core.rulings import require
from forum import actions

CHANGES = {
    "mute": accounts.actions.mute,
    "unmute": accounts.actions.unmute,
    "block": actions.block,
    "unblock": accounts.actions.unblock,
}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def distance(request: HttpRequest, handle: str) -> HttpResponse:
    """What muting and blocking do, with their buttons: on a page of its own, or for the member's page the buttons."""
    other = get_object_or_404(User.objects.filter(is_active=True), handle=handle)
    require(rules.may_keep_away(request.user, other))
    form = DistanceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _change(request, other, form.cleaned_data["do"])
        if not is_fragment(request):
            messages.success(request, _("It is done. You can change it here at any time."))
            return redirect_see_other(other)
    kept = request.user.distances.filter(other=other).first()
    context = {"member": other, "kept": kept.kind if kept else "", "form": form, "is_open": True}
    template = "forum/_distance.html" if is_fragment(request) else "forum/distance.html"
    response = render(request, template, context, status=422 if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _change(request: HttpRequest, other: User, verb: str) -> None:
    if verb in ("mute", "block") and not request.user.distances.filter(other=other).exists():
        require(rules.may_keep_more_away(request.user.distances.count()))
    CHANGES[verb](member=request.user, other=other)
