"""What the moderators did, in figures that everybody may read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.transparency import FEWEST, months


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    return render(request, "moderation/transparency.html", {"months": months(), "fewest": FEWEST})
