"""Which links of a text into this site lead nowhere; asked before readers get it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

from django.db.models import Q, QuerySet
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from articles import standing
from articles.models import Article, Revision, StandingPage, Topic
from articles.models.articles import MOST_SUCCESSORS
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
# What the places on the page of an article are known by.
_OF_PLACES = ("body_html", "sources", "help_emergency", "help_soon", "help_visit")
_HTML = ("key_points_html", "help_emergency_html", "body_html", "help_soon_html", "help_visit_html")


@dataclass(frozen=True)
class _Where:
    """Where links stand: the article, if it is one, the places on the page, and the articles that are published with
    it."""

    places: Collection[str]
    article_id: int | None = None
    together: Collection[str] = ()


@dataclass(frozen=True)
class _Link:
    """A link into this site: what it leads to, None where there is no such page, and the place on that page."""

    written: str
    match: ResolverMatch | None
    place: str
    topics: Sequence[str]
    is_to_itself: bool

    @property
    def slug(self) -> str:
        """Of the article that it leads to; empty if it leads to none."""
        is_article = self.match is not None and self.match.view_name == "articles:article"
        return self.match.kwargs["slug"] if self.match and is_article else ""

    @property
    def picture(self) -> str:
        return self.match.kwargs["path"] if self.match and self.match.view_name == "media" else ""

    @property
    def page(self) -> str:
        """The name of the standing page that it leads to."""
        is_page = self.match is not None and self.match.namespace == "pages"
        return self.match.url_name if self.match and is_page and self.match.url_name in StandingPage.Name.values else ""


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
    written = dict.fromkeys([*map(unescape, _LINK.findall(html)), *more])
    ours = [_read(link) for link in written if _is_ours(link) and link != NOT_KEPT]
    there = _There(ours)
    checked = ((link.written, _fault(link, where, there)) for link in ours)
    return [_("The link to %(link)s: %(fault)s") % {"link": link, "fault": fault} for link, fault in checked if fault]


def _html_of(page: Shown) -> str:
    return page.standfirst + page.notice + page.body


def _anchors_of_page(page: Shown) -> set[str]:
    return {"main", *_ANCHOR.findall(_html_of(page))}


def _is_ours(link: str) -> bool:
    is_readable = addresses.host(link) is not None
    return is_readable and not addresses.is_outside(link) and urlsplit(link).scheme in ("", "http", "https")


def _read(link: str) -> _Link:
    parts = urlsplit(link)
    path = unquote(parts.path) or "/"
    match: ResolverMatch | None
    try:
        match = resolve(path if path.endswith("/") or "." in path.rpartition("/")[2] else f"{path}/")
    except Resolver404:
        match = None
    topics = parse_qs(parts.query).get("topic", [])
    if match and match.view_name in _OF_A_TOPIC:
        topics.append(match.kwargs["slug"])
    is_to_itself = not parts.path and not parts.netloc
    return _Link(link, match, unquote(parts.fragment), [clean(topic) for topic in topics], is_to_itself)


class _There:
    """What is behind some links, fetched for all of them at once: a text may have many."""

    def __init__(self, links: Sequence[_Link]) -> None:
        self.articles = Article.objects.by_address({link.slug for link in links if link.slug})
        self.open = _standing_in(self.articles)
        named = {self.open[link.slug].live_id for link in links if link.place and link.slug in self.open}
        self.texts = Revision.objects.only(*_OF_PLACES).in_bulk(named) if named else {}
        topics = {topic for link in links for topic in link.topics}
        self.topics = Topic.objects.by_address(topics)
        paths = {link.picture for link in links if link.picture}
        of_library = Upload.objects.shown().filter(path__in=paths).values_list("path", "is_of_library")
        self.pictures = dict(of_library) if paths else {}
        pages = {link.page for link in links if link.page and link.place}
        rows = StandingPage.objects.filter(name__in=pages).select_related("live") if pages else ()
        self.pages = dict.fromkeys(pages) | {row.name: row for row in rows}


def _standing_in(articles: Mapping[str, Article]) -> dict[str, Article]:
    """By the same slugs what readers get there: see `Article.standing_in`."""
    found = dict(articles)
    for _step in range(MOST_SUCCESSORS):
        behind = {one.successor_id for one in found.values() if not one.is_published and one.successor_id}
        if not behind:
            break
        successors = Article.objects.in_bulk(behind)
        found = {
            slug: one if one.is_published else successors[one.successor_id]
            for slug, one in found.items()
            if one.is_published or one.successor_id
        }
    return {slug: one for slug, one in found.items() if one.is_published}


def _fault(link: _Link, where: _Where, there: _There) -> str:
    """What is wrong with a link into this site; nothing if it leads somewhere."""
    if link.is_to_itself:
        return _place(link.place, where.places)
    if link.match is None:
        return _("There is no such page here.")
    if link.slug:
        return _article(link, where, there)
    if link.picture:
        if link.picture not in there.pictures:
            return _("There is no such picture.")
        return "" if there.pictures[link.picture] else _("That picture was sent for a post. Please add it here.")
    if link.page and link.place:
        words, _since = standing.words_of(there.pages[link.page], link.page)
        return _place(link.place, _anchors_of_page(standing.shown(words)))
    return "" if all(topic in there.topics for topic in link.topics) else _("There is no such topic.")


def _article(link: _Link, where: _Where, there: _There) -> str:
    article = there.articles.get(link.slug)
    if article and article.pk == where.article_id:
        return _place(link.place, where.places)
    if link.slug in where.together:
        return ""
    article = there.open.get(link.slug)
    if article is None or article.live_id is None:
        return _("Readers cannot open that article.")
    return _place(link.place, anchors(there.texts[article.live_id])) if link.place else ""


def _place(name: str, places: Collection[str]) -> str:
    return "" if not name or name in places else _("That page has no place “%s”.") % name
