"""Which links of a text into this site lead nowhere; asked before readers get it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

from django.db.models import Q, QuerySet
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from articles import standing
from articles.models import Article, Revision, StandingPage, Topic
from articles.standing import Shown
from core import addresses
from core.text import clean
from uploads.models import Upload

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')
# Stands for a picture that an import only looks at: nothing is kept.
NOT_KEPT = "/media/not-kept.webp"
# Parts of the page that are not out of the text.
_FIXED = ("main", "in-short", "contents")
_OF_A_TOPIC = ("forum:topic", "forum:feed_of_topic")
_HTML = ("key_points_html", "help_emergency_html", "body_html", "help_soon_html", "help_visit_html")


@dataclass(frozen=True)
class _Where:
    """Where links stand: the article, if it is one, the places on the page, and the articles that are published with
    it."""

    places: Collection[str]
    article_id: int | None = None
    together: Collection[str] = ()


def broken(text: Revision, *, together: Collection[str] = ()) -> list[str]:
    """A sentence for each link of `text` that readers could not follow. `together`: slugs of articles that readers
    get with it."""
    html = "".join(getattr(text, name) for name in _HTML)
    sources = [source["url"] for source in text.sources]
    return _sentences(html, sources, _Where(anchors(text), text.article_id, together))


def broken_on_page(page: Shown) -> list[str]:
    """The same of a standing page."""
    return _sentences(_html_of(page), (), _Where(_anchors_of_page(page)))


def anchors(text: Revision) -> set[str]:
    """The places on the page of `text` that a link can lead to."""
    found = set(_ANCHOR.findall(text.body_html)) | set(_FIXED)
    found |= {name.replace("_", "-") for name in ("help_emergency", "help_soon", "help_visit") if getattr(text, name)}
    if text.sources:
        found |= {"sources", *(f"source-{number}" for number in range(1, len(text.sources) + 1))}
    return found


def linking_to(article: Article) -> QuerySet[Article]:
    """What readers may open of the articles whose text links to this one, by any address that it has or had."""
    named = Q(pk=None)
    for slug in article.addresses.values_list("slug", flat=True):
        named |= Q(live__body_html__contains=f"/articles/{slug}/")
    return Article.objects.published().for_list().filter(named).exclude(pk=article.pk).order_by("live__title")


def _sentences(html: str, more: Sequence[str], where: _Where) -> list[str]:
    links = dict.fromkeys([*map(unescape, _LINK.findall(html)), *more])
    checked = ((link, _fault(link, where)) for link in links if _is_ours(link) and link != NOT_KEPT)
    return [_("The link to %(link)s: %(fault)s") % {"link": link, "fault": fault} for link, fault in checked if fault]


def _html_of(page: Shown) -> str:
    return page.standfirst + page.notice + page.body


def _anchors_of_page(page: Shown) -> set[str]:
    return {"main", *_ANCHOR.findall(_html_of(page))}


def _is_ours(link: str) -> bool:
    is_readable = addresses.host(link) is not None
    return is_readable and not addresses.is_outside(link) and urlsplit(link).scheme in ("", "http", "https")


def _fault(link: str, where: _Where) -> str:
    """What is wrong with a link into this site; nothing if it leads somewhere."""
    parts = urlsplit(link)
    place = unquote(parts.fragment)
    if not parts.path and not parts.netloc:
        return _place(place, where.places)
    path = unquote(parts.path) or "/"
    try:
        match = resolve(path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/")
    except Resolver404:
        return _("There is no such page here.")
    topics = parse_qs(parts.query).get("topic", [])
    if match.view_name == "articles:article":
        return _article(match.kwargs["slug"], place, where)
    if match.view_name == "media":
        return _picture(match.kwargs["path"])
    if match.namespace == "pages" and match.url_name in StandingPage.Name.values:
        page = StandingPage.objects.filter(name=match.url_name).select_related("live").first()
        return _place(place, _anchors_of_page(standing.shown(standing.words_of(page, match.url_name)[0])))
    if match.view_name in _OF_A_TOPIC:
        topics.append(match.kwargs["slug"])
    return next(filter(None, map(_topic, topics)), "")


def _article(slug: str, place: str, where: _Where) -> str:
    article = Article.objects.select_related("live").at(slug)
    if article and article.pk == where.article_id:
        return _place(place, where.places)
    if slug in where.together:
        return ""
    article = article.standing_in() if article else None
    if article is None or article.live is None:
        return _("Readers cannot open that article.")
    return _place(place, anchors(article.live))


def _place(name: str, places: Collection[str]) -> str:
    return "" if not name or name in places else _("That page has no place “%s”.") % name


def _topic(slug: str) -> str:
    return "" if Topic.objects.at(clean(slug)) else _("There is no such topic.")


def _picture(path: str) -> str:
    upload = Upload.objects.shown().filter(path=path).first()
    if upload is None:
        return _("There is no such picture.")
    return "" if upload.is_of_library else _("That picture was sent for a post. Please add it here.")
