"""What somebody is told of their own standing: their trust, and what it brings."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import trust as levels
from accounts.models import User
from core.http import member_required
from moderation.standing import record


@dataclass(frozen=True)
class Level:
    """One level as the page explains it."""

    name: str
    allowance: levels.Allowance
    is_theirs: bool


@require_safe
@never_cache
@member_required
def trust(request: HttpRequest) -> HttpResponse:
    known = record(request.user)
    theirs = levels.level(request.user.trust, known)
    context = {
        "page": "trust",
        "level": User.Trust(theirs).label,
        "missing": levels.missing(theirs, known),
        "next": ""
        if theirs == User.Trust.TRUSTED
        else User.Trust(levels.LEVELS[levels.LEVELS.index(theirs) + 1]).label,
        "against": len(known.against),
        "counts_for": levels.COUNTS_FOR.days,
        "levels": [Level(User.Trust(one).label, levels.ALLOWANCES[one], one == theirs) for one in levels.LEVELS],
    }
    return render(request, "moderation/trust.html", context)
