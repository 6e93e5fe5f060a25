"""Which links to other sites lead nowhere any more: asked by the worker, one in a turn, where CHECK_LINKS is on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import timedelta
from html import unescape

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import probing
from articles.models import Article, LinkCheck, Revision
from core import addresses

KEY = "links-gathered"
# In seconds.
GATHERED_EVERY = 3600
CLAIMED_FOR = timedelta(hours=1)
# An answer that says "not now" or "not you" is a page that is there.
GONE = (0, 404, 410)
_LINK = re.compile(r'\shref="([^"]*)"')
_HTML = ("body_html", "key_points_html", "help_emergency_html", "help_soon_html", "help_visit_html")


def sweep() -> int:
    """Ask one page that is due. Returns how many were asked."""
    if not settings.CHECK_LINKS:
        return 0
    if cache.add(KEY, True, GATHERED_EVERY):
        gather()
    now = timezone.now()
    due = LinkCheck.objects.filter(next_at__lte=now).order_by("next_at").first()
    if due is None or not LinkCheck.objects.filter(pk=due.pk, next_at=due.next_at).update(next_at=now + CLAIMED_FOR):
        return 0
    try:
        status = probing.probe(due.url)
    except probing.NotAsked:
        # It is no page of the public web, so nothing is said of it.
        LinkCheck.objects.filter(pk=due.pk).update(next_at=timezone.now() + LinkCheck.AGAIN)
        return 1
    write_down(due, status)
    return 1


def write_down(check: LinkCheck, status: int) -> None:
    """Keep what was answered, and when to ask again."""
    now = timezone.now()
    is_gone = status in GONE
    LinkCheck.objects.filter(pk=check.pk).update(
        status=status,
        failures=min(check.failures + 1, 1_000) if is_gone else 0,
        failing_since=(check.failing_since or now) if is_gone else None,
        next_at=now + (LinkCheck.AGAIN_IF_IT_FAILED if is_gone else LinkCheck.AGAIN),
    )


@transaction.atomic
def gather() -> None:
    """Have a row for every link out of what readers have, and none for others."""
    wanted: set[str] = set()
    for article in Article.objects.published().select_related("live").iterator(chunk_size=100):
        assert article.live is not None
        wanted.update(links_of(article.live))
    known = set(LinkCheck.objects.values_list("url", flat=True))
    LinkCheck.objects.filter(url__in=known - wanted).delete()
    LinkCheck.objects.bulk_create([LinkCheck(url=url) for url in sorted(wanted - known)], ignore_conflicts=True)


def links_of(text: Revision) -> Iterator[str]:
    """The links of a text to pages of other sites."""
    links = [unescape(link) for name in _HTML for link in _LINK.findall(getattr(text, name))]
    for link in (*links, *(source["url"] for source in text.sources)):
        if link.startswith(("http://", "https://")) and len(link) <= 500 and addresses.is_outside(link):
            yield link


def dead_in(text: Revision) -> list[str]:
    """A sentence for each link of `text` that did not answer for days."""
    return [_told(check) for check in _dead(set(links_of(text)))]


def _dead(urls: Collection[str]) -> list[LinkCheck]:
    if not urls:
        return []
    dead = LinkCheck.objects.filter(url__in=urls, failures__gte=LinkCheck.DEAD_AFTER)
    return list(dead.order_by("url"))


def _told(check: LinkCheck) -> str:
    since = date_format(timezone.localtime(check.failing_since), "j F Y")
    if check.status:
        return _("%(url)s is gone: it answers %(status)d since %(day)s.") % {
            "url": check.url,
            "status": check.status,
            "day": since,
        }
    return _("%(url)s does not answer since %(day)s.") % {"url": check.url, "day": since}
