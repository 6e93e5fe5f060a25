"""Which items a moderator's queue shows, in the order of moderation/order.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from core.pagination import Page
from forum.models import Edit, Post
from forum.models.targets import POSTS
from moderation import order
from moderation.models import Handover, ReviewItem
from moderation.models.items import ReviewItemQuerySet

SHOWN = 50
# So many first posts stand below each other, to be approved at once.
AT_ONCE = 20
FREE, TAKEN, MINE = CLAIMS = ("free", "taken", "mine")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# No id is longer: what a person types is no number of anything.
LONGEST_NUMBER = 15


def waiting(moderator: User, asked: Mapping[str, Any] | None = None, *, after: str = "") -> Page:
    """A page of what waits for this moderator: what was `asked` for (see queue_forms.QueueForm), after a cursor."""
    items = narrowed(for_moderator(moderator), moderator, asked or {}).in_order().for_list()
    where = _parse(after)
    rest = items.for_everybody() if where is None else items.for_everybody().after(*where)
    rows = list(rest[: SHOWN + 1])
    shown = rows[:SHOWN]
    if where is None and moderator.is_senior:
        shown = sorted([*items.left_to_seniors()[:SHOWN], *shown], key=order.stands_behind)
    return Page(shown, cursor(rows[SHOWN - 1]) if len(rows) > SHOWN else "", is_first=where is None)


def for_moderator(moderator: User) -> ReviewItemQuerySet:
    """What is open, without what they must not decide, what they asked to be spared, and what was left to others."""
    items = ReviewItem.objects.open().not_of(moderator).exclude(distress__in=moderator.spared.values("distress"))
    if moderator.is_senior:
        return items
    return items.for_everybody()


def harmless(moderator: User) -> ReviewItemQuerySet:
    """First posts that nobody is reading and no other rule stopped at: those that can be approved several at once."""
    items = for_moderator(moderator).free().filter(harm__lte=1, rules=" first_post ")
    pending = (Q(**{f"{post}__status": Post.Status.PENDING}) for post in POSTS)
    return items.filter(_any(*pending)).in_order().for_page()[:AT_ONCE]


def next_for(moderator: User, asked: Mapping[str, Any] | None = None) -> ReviewItem | None:
    """What to read now: the first of what was asked for; else what this moderator has taken up, or the first that
    nobody has; last what they have left to others."""
    items = for_moderator(moderator)
    if asked:
        return first(narrowed(items, moderator, asked), moderator)
    mine = items.claimed().filter(claimed_by=moderator).in_order().first()
    return mine or next_unread(moderator) or first(items.free(), moderator)


def next_unread(moderator: User) -> ReviewItem | None:
    """The first item that nobody has, and that this moderator has not just left to others."""
    since = timezone.now() - Handover.RESTS_FOR
    left = Handover.objects.filter(moderator=moderator, item=OuterRef("pk"), made_at__gte=since)
    return first(for_moderator(moderator).free().exclude(Exists(left)), moderator)


def first(items: ReviewItemQuerySet, moderator: User) -> ReviewItem | None:
    """Of these, what this moderator reads first."""
    parts = [items.for_everybody(), *([items.left_to_seniors()] if moderator.is_senior else [])]
    heads = [head for part in parts if (head := part.in_order().first())]
    return min(heads, key=order.stands_behind, default=None)


def narrowed(items: ReviewItemQuerySet, moderator: User, asked: Mapping[str, Any]) -> ReviewItemQuerySet:
    if kind := asked.get("kind"):
        items = items.filter(**{f"{kind}__isnull": False})
    if rule := asked.get("rule"):
        items = items.filter(rules__contains=f" {rule} ")
    if topic := asked.get("topic"):
        in_it = (
            Q(**{f"{thread}topic": topic}) for thread in ("question__", "answer__question__", "comment__question__")
        )
        items = items.filter(_any(*in_it))
    match asked.get("claimed"):
        case "free":
            items = items.free()
        case "taken":
            items = items.claimed().exclude(claimed_by=moderator)
        case "mine":
            items = items.claimed().filter(claimed_by=moderator)
    return items.filter(named(asked["q"])) if asked.get("q") else items


def named(words: str) -> Q:
    """What is meant by what a moderator typed: the number of an item, a post or a thread, a handle, or words in it.

    A handle finds what has that name on it: by what has none, it would tell whose it is.
    """
    number, handle = words.removeprefix("#"), words.removeprefix("@").lower()
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
        threads = ("pk", *(f"{post}_id" for post in POSTS), "answer__question_id", "comment__question_id")
        return _any(*(Q(**{one: int(number)}) for one in threads))
    by_name = [Q(**{f"{post}__author__handle": handle, f"{post}__alias": None}) for post in POSTS]
    if words.startswith("@"):
        return _any(Q(member__handle=handle), *by_name)
    texts = [Q(**{f"{post}__body__icontains": words}) for post in POSTS]
    held = Edit.objects.filter(Q(title__icontains=words) | Q(body__icontains=words), state=Edit.State.HELD)
    of_item = _any(*(Q(**{post: OuterRef(f"{post}_id")}) for post in POSTS))
    return _any(
        Q(member__handle=handle), Q(question__title__icontains=words), Q(Exists(held.filter(of_item))), *by_name, *texts
    )


def rules_waiting(moderator: User) -> list[str]:
    """The rules of everything that waits for this moderator."""
    found = for_moderator(moderator).order_by().values_list("rules", flat=True).distinct()
    return sorted({rule for rules in found for rule in rules.split()})


def cursor(item: ReviewItem) -> str:
    """`<urgency>-<time>-<id>`: microseconds since 1970 in UTC."""
    return f"{item.urgency}-{(item.opened_at - EPOCH) // timedelta(microseconds=1)}-{item.pk}"


def _parse(after: str) -> tuple[int, datetime, int] | None:
    parts = after.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 17 for part in parts):
        return None
    urgency, microseconds, pk = map(int, parts)
    try:
        moment = EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return None
    return (urgency, moment, pk) if urgency < 100 else None


def _any(*conditions: Q) -> Q:
    """True where any of these is."""
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined
