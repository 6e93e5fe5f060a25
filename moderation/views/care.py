"""What a moderator asks not to be shown, and a break."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import redirect_see_other
from moderation import care
from moderation.queue_forms import SparedForm
from moderation.views.queue import moderator_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def spared(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        now = request.user.spared.values_list("distress", flat=True)
        return render(request, "moderation/spared.html", {"form": SparedForm(initial={"classes": list(now)})})
    form = SparedForm(request.POST)
    if not form.is_valid():
        return render(request, "moderation/spared.html", {"form": form}, status=422)
    care.spare(moderator=request.user, classes=form.cleaned_data["classes"])
    messages.success(request, _("Saved. Your queue goes by it from now on."))
    return redirect_see_other("review:queue")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def pause(request: HttpRequest) -> HttpResponse:
    """A break: what this moderator has taken up is free for others, who are alerted instead of them."""
    if request.method == "POST" and "back" in request.POST:
        care.come_back(moderator=request.user)
        return redirect_see_other("review:queue")
    if request.method == "POST":
        care.rest(moderator=request.user)
        return redirect_see_other("review:pause")
    context = {
        "shift": care.shift(request.user),
        "until": care.resting_until(request.user),
        "minutes": care.BREAK // timedelta(minutes=1),
    }
    return render(request, "moderation/pause.html", context)
