"""The bar above every page: which sentence stands in it."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db import transaction

from core import markdown
from core.models import Announcement

KEY = "announcement"
# In seconds. Every page asks; one that begins or ends by the clock does so within this time.
REMEMBERED = 60


def current() -> dict[str, Any] | None:
    """The `id` and the `html` of what is announced now; None if nothing is."""
    remembered = cache.get(KEY)
    if remembered is None:
        remembered = list(Announcement.objects.current().values("id", "html")[:1])
        cache.set(KEY, remembered, REMEMBERED)
    return remembered[0] if remembered else None


@transaction.atomic
def save(announcement: Announcement) -> None:
    """Store what is announced, or what was changed about it; the pages show it at once."""
    announcement.html = markdown.render(announcement.text, top=None)
    announcement.save()
    transaction.on_commit(lambda: cache.delete(KEY))
