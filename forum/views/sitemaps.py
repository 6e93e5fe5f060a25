"""What search engines are told: which pages there are, and which are none of their business."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from articles import structured
from articles.models import Article, Topic
from core.http import absolute
from forum.models import Question, Tag, Tagging

# Of a file, by the ids of what is in it: no file is looked for by counting, and an address stays in its file.
SIZE = 10_000
HOUR = 3600
# Forms, what is somebody's own, and pages that are made anew for each question asked of them.
NOBODYS_BUSINESS = (
    *("/accounts/", "/admin/", "/answers/", "/ask/?", "/ask/suggestions/", "/comments/", "/markdown/", "/n/"),
    *("/notifications/", "/questions/mine/", "/report/", "/review/", "/search/", "/settings/"),
)
STANDING = ("forum:home", "articles:index", "pages:about", "pages:how_we_write", "pages:rules", "pages:help_now")

# Path, when it last changed, and the pictures on the page.
Address = tuple[str, date | datetime | None, Sequence[str]]


def _questions() -> QuerySet[Any]:
    return Question.objects.for_search_engines().only("pk", "slug", "active_at")


def _articles() -> QuerySet[Any]:
    columns = ("slug", "live_since", "live__body_html", "live__hero__path")
    return Article.objects.published().select_related("live__hero").only(*columns)


def _tags() -> QuerySet[Any]:
    on = Tagging.objects.filter(tag=OuterRef("pk"), shown_to_all=True, question__audience=Question.Audience.PUBLIC)
    return Tag.objects.filter(Exists(on)).only("pk", "slug")


def _topics() -> QuerySet[Any]:
    return Topic.objects.only("pk", "slug")


KINDS: dict[str, tuple[Callable[[], QuerySet[Any]], str]] = {
    "articles": (_articles, "live_since"),
    "questions": (_questions, "active_at"),
    "topics": (_topics, ""),
    "tags": (_tags, ""),
}


@require_safe
@cache_control(public=True, max_age=HOUR)
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    files = [reverse("forum:sitemap", args=["pages", 0])]
    for kind, (rows, _changed) in KINDS.items():
        highest = rows().model._default_manager.aggregate(pk=Max("pk", default=0))["pk"]
        files += [reverse("forum:sitemap", args=[kind, number]) for number in range(highest // SIZE + 1)]
    return _answer(request, "sitemaps/index.xml", {"files": files})


@require_safe
@cache_control(public=True, max_age=HOUR)
@conditional_page
def sitemap(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    if kind == "pages" and number == 0:
        addresses: Iterator[Address] = ((reverse(name), None, ()) for name in STANDING)
    elif kind in KINDS:
        addresses = _addresses(kind, number)
    else:
        raise Http404
    return _answer(request, "sitemaps/sitemap.xml", {"addresses": addresses})


def _addresses(kind: str, number: int) -> Iterator[Address]:
    rows, changed = KINDS[kind]
    # Some at a time: of articles the whole texts are read.
    for row in rows().filter(pk__gte=number * SIZE, pk__lt=(number + 1) * SIZE).order_by("pk").iterator(500):
        pictures = structured.pictures(row.live) if kind == "articles" else ()
        yield row.get_absolute_url(), getattr(row, changed) if changed else None, pictures


@require_safe
@cache_control(public=True, max_age=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOBODYS_BUSINESS), ""]
    lines.append(f"Sitemap: {absolute(reverse('forum:sitemaps'))}\n")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, context, content_type="application/xml; charset=utf-8")
