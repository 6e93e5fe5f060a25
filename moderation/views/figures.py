"""How the desk is doing, in numbers and plots, for its moderators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from moderation.dashboard import DAYS, dashboard
from moderation.views.queue import moderator_required


@require_safe
@never_cache
@moderator_required
def figures(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/figures.html", {"desk": dashboard(), "days": DAYS})
