"""What may already answer a question, while it is typed and before it is posted; and what its reader says of that."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

import search.query
from articles.models import Article
from core import limits, support
from core.text import clean
from forum.forms import TITLE
from search import gaps, tallies, words
from search.models import Wording

# With fewer words for what it is about, nothing is suggested before its writer pauses.
FEWEST_WORDS = 3
# So many a press and an hour count from one network address: nobody makes up numbers by the thousand.
TOLD_AN_HOUR = 60
# What is shown once its reader has said what they think of the suggestions.
TOLD = "told"


@csrf_exempt
@require_POST
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """What may already answer a title, and whom to call. Only reads; nothing is stored or logged.

    With `quick`, by words alone. What is shown already is not sent again: nobody loses their place in it. Nor are they
    sent after their reader has said what they think of them, before more is typed.
    """
    is_quick, shown = "quick" in request.POST, request.POST.get("shown")
    if shown == TOLD and not is_quick:
        return HttpResponse(status=204)
    found = suggested(
        request,
        request.POST.get("title"),
        request.POST.get("body"),
        article_at(request.POST.get("article")),
        is_quick=is_quick,
    )
    if shown == found["shown"]:
        return HttpResponse(status=204)
    return render(request, "forum/_suggestions.html", found)


@csrf_exempt
@require_POST
@never_cache
def opened(request: HttpRequest) -> HttpResponse:
    """A suggestion was opened."""
    if _counts(request):
        tallies.opened(request.POST.get("suggestion", ""))
    return HttpResponse(status=204)


@csrf_exempt
@require_POST
@never_cache
def told(request: HttpRequest) -> HttpResponse:
    """This answers it, or none of these does: counted, and thanked for."""
    return render(request, "forum/_suggestions_told.html", heed(request))


def heed(request: HttpRequest) -> dict[str, Any]:
    """Count what was said of the suggestions. Returns what to show for it: which it was, the tokens of all that answers
    the question, and still whom to call."""
    this, none = request.POST.get("this_answers", ""), request.POST.get("none_of_these", "")
    answered = clean(request.POST.get("answered", ""))[: tallies.LONGEST]
    if this and this not in answered:
        answered = f"{answered} {clean(this)}".strip()
    typed = "\n".join(clean(request.POST.get(name, "")) for name in ("title", "body"))
    panels = support.panels_for(request, typed)
    # Of whoever may be in danger nothing is kept, not even that somebody pressed something.
    if (this or none) and not panels and _counts(request):
        if this:
            tallies.answers(this)
        else:
            tallies.refused(none)
            gaps.count(Wording.Kind.REFUSED, request.POST.get("title", ""))
    return {"said": "answers" if this else "none", "answered": answered, "panels": panels}


def _counts(request: HttpRequest) -> bool:
    return limits.allow("told of suggestions", limits.address(request), limit=TOLD_AN_HOUR, seconds=3600)


def suggested(
    request: HttpRequest, title: str | None, body: str | None, article: Article | None, *, is_quick: bool = False
) -> dict[str, Any]:
    """What may answer a title, and whom to call where the words tell of distress: of a title alone, too.

    `shown` changes with what there is to see.
    """
    # Nobody's question is longer; what follows is not looked at.
    text = clean(title or "").strip()[: TITLE["max_length"] * 2]
    panels = support.panels_for(request, f"{text}\n{clean(body or '')}")
    hits = _hits(request, text, article, is_quick=is_quick)
    seen = [[panel.kind for panel in panels], [[hit.url, *hit.matched] for hit in hits]]
    tokens = tallies.tokens(hits)
    return {
        "suggestions": list(zip(hits, tokens, strict=True)),
        "offered": " ".join(tokens),
        "panels": panels,
        "title": text,
        "shown": hashlib.blake2b(repr(seen).encode(), digest_size=8).hexdigest() if hits or panels else "",
    }


def _hits(request: HttpRequest, text: str, article: Article | None, *, is_quick: bool) -> list[Any]:
    if not text or (is_quick and len(set(words.stems(text))) < FEWEST_WORDS):
        return []
    return search.query.suggest(
        text,
        user=request.user,
        article_id=article.pk if article else None,
        topic=article.live.topic.slug if article else "",
        by_words_alone=is_quick,
    )


def article_at(slug: str | None) -> Article | None:
    return Article.objects.published().for_list().at(clean(slug)) if slug else None
