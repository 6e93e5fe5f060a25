"""When a moderator is on duty: their own hours, in their own time zone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import redirect_see_other
from moderation import duty
from moderation.forms import DutyForm
from moderation.views.queue import moderator_required


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def hours(request: HttpRequest) -> HttpResponse:
    sent = request.POST if request.method == "POST" else None
    form = DutyForm(sent, hours=request.user.duty_hours.all() if sent is None else ())
    if form.is_valid():
        duty.choose_hours(moderator=request.user, spans=form.spans)
        messages.success(request, _("Your hours are saved."))
        return redirect_see_other("review:duty")
    context = {"form": form, "duty": duty.duty()}
    return render(request, "moderation/duty.html", context, status=422 if form.errors else 200)
