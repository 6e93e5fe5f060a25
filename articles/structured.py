"""What the page of an article says to machines: exactly what is read on it, in the words of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Revision, SignOff
from core.http import absolute
from core.structured import Node, crumbs, node

_PICTURE = re.compile(r'<img src="(/media/[^"]+)"')


def article_page(article: Article, text: Revision, sign_off: SignOff | None) -> list[Node]:
    page = node(
        ["Article", "MedicalWebPage"],
        headline=text.title,
        description=text.standfirst,
        url=absolute(article.get_absolute_url()),
        image=absolute(text.hero.get_absolute_url()) if text.hero else None,
        author=node("Organization" if text.byline == _house() else "Person", name=text.byline),
        reviewedBy=node("Person", name=article.checked_by or sign_off.line) if sign_off else None,
        datePublished=_day(article.published_at),
        dateModified=_day(article.live_since),
        lastReviewed=article.checked_on.isoformat() if article.checked_on else None,
        citation=[
            node(
                "CreativeWork",
                name=source["title"],
                publisher=node("Organization", name=source["publisher"]),
                url=source["url"],
            )
            for source in text.sources
        ],
    )
    return [crumbs(_trail(text)), page]


def pictures(text: Revision) -> list[str]:
    """The paths of the pictures on the page, the one at the top first."""
    top = [text.hero.get_absolute_url()] if text.hero else []
    return list(dict.fromkeys([*top, *_PICTURE.findall(text.body_html)]))


def _day(moment: datetime | None) -> str | None:
    """As it is shown, in the same time zone."""
    return timezone.localdate(moment).isoformat() if moment else None


def _house() -> str:
    """How an article is signed that no single person is named for."""
    return str(Article._meta.get_field("byline").get_default())


def _trail(text: Revision) -> Iterator[tuple[str, str]]:
    yield _("Articles"), reverse("articles:index")
    for topic in (text.topic.parent, text.topic):
        if topic:
            yield topic.name, topic.get_absolute_url()
