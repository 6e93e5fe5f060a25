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

from core import limits, support
from core.http import Moved, asked_anew
from search import gaps, query, rules, sources, typed
from search.forms import AGES, KINDS, PERIODS, Asked, read
from search.models import Wording

# So many an hour count from one network address: nobody fills the table by the thousand.
IN_VAIN_AN_HOUR = 60


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
    if asked.topic and not results.hits and (topic := sources.topic_now(asked.topic)) not in ("", asked.topic):
        return Moved(asked_anew(request, topic=topic))
    panels = support.panels_for(request, asked.q)
    # Of whoever may be in danger nothing is kept, not even that somebody searched.
    if results.has_words and not (panels or results.hits or asked.is_narrowed or asked.after):
        count_in_vain(request, asked.q)
    wanting = typed.read(asked.q)
    context = {
        "asked": asked,
        "results": results,
        "panels": panels,
        "meant": asked.but(q=results.corrected.text) if results.corrected else "",
        # Nobody asks people in the marks that are meant for a machine.
        "as_title": wanting.text,
        "plainly": asked.but(q=wanting.text) if wanting.phrases else "",
    }
    response = render(request, "search/search.html", context | choices(asked, results))
    # What somebody looks for is nobody's business: no cache keeps it, no search engine lists it.
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_store=True)
    return response


def count_in_vain(request: HttpRequest, wording: str) -> None:
    """Whoever writes here looks whether something can be found, and is no reader who did not find it."""
    if not rules.is_editor(request.user) and limits.allow(
        "looked in vain", limits.address(request), limit=IN_VAIN_AN_HOUR, seconds=3600
    ):
        gaps.count(Wording.Kind.NOTHING, wording)


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
