"""Which questions a list shows, and in what order. The cost is that of the rows shown, whatever the list holds."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from articles.models import Topic
from core.pagination import Page, following, keyset, page
from forum.models import Question

ACTIVE, NEWEST, UNANSWERED = "active", "newest", "unanswered"
# The time that each list goes by.
ORDERS = {ACTIVE: "active_at", NEWEST: "published_at", UNANSWERED: "published_at"}


def questions(
    user: User | AnonymousUser, *, sort: str, topics: Sequence[Topic] = (), after: str = "", size: int = 20
) -> Page:
    """The questions that `user` may see, in all topics or in any of `topics`."""
    shown = Question.objects.shown_to(user)
    if sort == UNANSWERED:
        shown = shown.unanswered()
    by = ORDERS[sort]
    if len(topics) < 2:
        one = shown.filter(topic=topics[0]) if topics else shown
        return keyset(one.for_list(), after=after, by=by, size=size)
    # No index leads through several topics in one order: of each its first rows, and then the first of these.
    each = [following(shown.filter(topic=topic), after=after, by=by).values("pk")[: size + 1] for topic in topics]
    first, *others = [Question.objects.filter(pk__in=pks).values_list(by, "pk") for pks in each]
    found = [pk for _, pk in first.union(*others, all=True).order_by(f"-{by}", "-pk")[: size + 1]]
    rows = Question.objects.for_list().in_bulk(found)
    return page([rows[pk] for pk in found if pk in rows], after=after, by=by, size=size)
