"""The pages of the library, as everybody reads them, and the standing pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

import search.query
from articles import history as past
from articles import structured
from articles.models import Article, Revision, SignOff, StandingPage, Topic
from articles.standing import Words, words_of
from articles.standing import shown as standing_html
from core import countries, support
from core.http import Moved, asked_anew, keep_off_search_engines, with_query
from core.pagination import keyset, place
from core.text import clean
from search.hits import Hit

PAGE_SIZE = 20
# Of each list beside an article; similar questions where fewer were asked from it.
BESIDE = 5
# Standing pages that say since when they hold.
DATED = ("rules", "privacy")
# In seconds: how long a browser or a proxy may show the page of numbers as it was.
KEPT_FOR = 60


class Link(NamedTuple):
    title: str
    url: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.published().for_list()
    topic = None
    if slug := clean(request.GET.get("topic", "")):
        topic = Topic.objects.at(slug)
        if topic is None:
            raise Http404
        if topic.slug != slug:
            return Moved(asked_anew(request, topic=topic.slug))
        articles = articles.in_topic(topic)
    page = keyset(articles, **place(request.GET), by="checked_on", size=PAGE_SIZE)
    context = {"page": page, "topic": topic, "topics": Article.objects.published().topics()}
    return render(request, "articles/index.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    article = Article.objects.with_a_page().for_page().with_reaction(request.user).filter(slug=slug).first()
    if article is None:
        return elsewhere_or_gone(request, slug)
    if article.is_withdrawn:
        return _withdrawn(request, article)
    return render(request, "articles/article.html", shown(request, article, article.live, article.live_sign_off))


def elsewhere_or_gone(request: HttpRequest, slug: str) -> HttpResponse:
    """To where the article is now, or to what took its place. Else 410 for what readers once had; else it was never
    here."""
    article = Article.objects.select_related("live__topic").at(slug)
    if article is None:
        raise Http404
    if to := article.standing_in():
        return Moved(with_query(request, to.get_absolute_url()))
    if article.live is None or article.state != Article.State.ARCHIVED:
        raise Http404
    return render(request, "articles/gone.html", {"topic": article.live.topic}, status=410)


@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """What readers had before, and what changed; of what they may not read now, nothing."""
    article = Article.objects.published().select_related("live").filter(slug=slug).first()
    if article is None:
        return elsewhere_or_gone(request, slug)
    context = {"article": article, "page": past.history(article, **place(request.GET))}
    response = render(request, "articles/history.html", context)
    keep_off_search_engines(response)
    return response


def _withdrawn(request: HttpRequest, article: Article) -> HttpResponse:
    """An urgent correction that nobody signed in time: its readers are told, and the text is kept from them."""
    response = render(request, "articles/withdrawn.html", {"article": article})
    keep_off_search_engines(response)
    return response


def shown(request: HttpRequest, article: Article, text: Revision, sign_off: SignOff | None) -> dict[str, Any]:
    """What the article page shows of one text of an article; the preview for editors shows the same."""
    near = search.query.related(article.pk, user=request.user, limit=BESIDE)
    asked = search.query.asked_from(article.pk, user=request.user, limit=BESIDE)
    listed = {hit.object_id for hit in asked}
    return {
        "article": article,
        "text": text,
        "sign_off": sign_off,
        "correction": article.live_correction if text.pk == article.live_id else None,
        "asked": asked,
        "similar": [hit for hit in near if hit.kind == "question" and hit.object_id not in listed][
            : BESIDE - len(asked)
        ],
        "related": _related(article, text, [hit for hit in near if hit.kind == "article"]),
        "structured": structured.article_page(article, text, sign_off),
    }


def _related(article: Article, text: Revision, near: Sequence[Hit]) -> list[Link]:
    """Those that the editors chose, then what is near."""
    pins = [pin for pin in Article.objects.pinned_to(text) if pin.pk != article.pk]
    pinned = {pin.pk for pin in pins}
    links = [Link(pin.live.title, pin.get_absolute_url()) for pin in pins]
    return (links + [Link(hit.title, hit.url) for hit in near if hit.object_id not in pinned])[:BESIDE]


@require_safe
def standing(request: HttpRequest, name: str) -> HttpResponse:
    """A page about the site itself."""
    page = StandingPage.objects.filter(name=name).select_related("live").first()
    words, changed_on = words_of(page, name)
    return render(request, "pages/standing.html", standing_shown(name, words, changed_on))


def standing_shown(name: str, words: Words, changed_on: date | None) -> dict[str, Any]:
    """What a standing page shows; the preview for editors shows the same."""
    return {"name": name, "shown": standing_html(words), "changed_on": changed_on if name in DATED else None}


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Whom to call: in the country that was chosen, else in the one that the browser's language hints at."""
    country, is_guessed = countries.of(request)
    numbers = support.desk().emergency_numbers()
    context = {
        "country": country,
        "country_name": countries.COUNTRIES.get(country, ""),
        "is_guessed": is_guessed,
        "numbers": support.desk().numbers(country),
        "countries": countries.by_name(),
        "emergency_numbers": [(name, numbers[code]) for code, name in countries.by_name() if code in numbers],
    }
    response = render(request, "pages/help_now.html", context)
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response
