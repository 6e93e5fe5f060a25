"""The search page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import support
from search import query
from search.forms import AGES, KINDS, PERIODS, Asked, read


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET)
    results = query.search(
        asked.q,
        user=request.user,
        kind=asked.kind,
        topic=asked.topic,
        answered=asked.answered,
        since=timezone.now() - AGES[asked.since] if asked.since else None,
        after=asked.after,
    )
    context = {"asked": asked, "results": results, "panels": support.panels_for(request, asked.q)}
    response = render(request, "search/search.html", context | choices(asked, results))
    # What somebody looks for is nobody's business: no cache keeps it, no search engine lists it.
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_store=True)
    return response


def choices(asked: Asked, results: query.Results) -> dict[str, Any]:
    """The links that narrow a search: (words, query string, whether it is so now) each."""
    topics = dict(results.topics)
    if asked.topic and asked.topic not in topics and (name := query.name_of_topic(asked.topic)):
        topics[asked.topic] = name
    return {
        "kinds": choice(asked, "kind", _("Everything"), KINDS),
        "periods": choice(asked, "since", _("Any time"), PERIODS),
        "topics": choice(asked, "topic", _("All topics"), topics),
        "answered": (_("Answered questions"), asked.but(answered="" if asked.answered else "1"), asked.answered),
    }


def choice(asked: Asked, name: str, everything: str, known: Mapping[str, Any]) -> list[tuple[Any, str, bool]]:
    now = getattr(asked, name)
    return [(words, asked.but(**{name: value}), value == now) for value, words in [("", everything), *known.items()]]
