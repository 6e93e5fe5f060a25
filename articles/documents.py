"""What becomes searchable of an article: the text that readers have, section by section, and its everyday words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.models import User
from articles.models import HELP_PARTS, Article, Revision, Topic
from articles.rendering import points
from search.documents import Document, Section

KIND = "article"
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_SOURCE_NUMBER = re.compile(r"<sup>.*?</sup>", re.DOTALL)


def document(article: Article) -> Document:
    """The document of a published article."""
    text = article.live
    assert text is not None and article.published_at is not None
    lead, *rest = _HEADING.split(text.body_html)
    return Document(
        kind=KIND,
        object_id=article.pk,
        url=article.get_absolute_url(),
        title=text.title,
        synonyms=points(text.lay_words),
        body=_plain(lead),
        sections=[*_sections(rest), *_help_parts(text)],
        answer="\n".join(filter(None, [text.standfirst, _plain(text.key_points_html)])),
        stands_on=_("Reviewed article"),
        topic=text.topic.slug,
        topic_name=text.topic.name,
        published_at=article.published_at,
        reviewed=True,
        emergency=bool(text.help_emergency_html),
    )


def documents() -> Iterator[Document]:
    for article in Article.objects.published().for_page().iterator():
        yield document(article)


def readable(ids: Collection[int], user: User | AnonymousUser) -> QuerySet[Article, tuple[int]]:
    return Article.objects.published().filter(pk__in=ids).values_list("pk")


def topic_now(slug: str) -> str:
    """The slug of the topic that has this address, or had it; empty if none did."""
    topic = Topic.objects.at(slug)
    return topic.slug if topic else ""


def _sections(parts: list[str]) -> Iterator[Section]:
    """Out of anchor, title and text of each section in turn."""
    for anchor, title, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield Section(anchor, _plain(title), _plain(text))


def _help_parts(text: Revision) -> Iterator[Section]:
    for name, title in HELP_PARTS.items():
        if html := getattr(text, f"{name}_html"):
            yield Section(name.replace("_", "-"), str(title), _plain(html))


def _plain(html: str) -> str:
    return unescape(strip_tags(_SOURCE_NUMBER.sub("", html))).strip()
