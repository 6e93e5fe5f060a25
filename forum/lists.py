"""Which questions a list shows, and in what order. The cost is that of the rows shown, whatever the list holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from articles.models import Topic
from core.pagination import Page, beside, goes_back, keyset, page
from forum.models import Follow, Question, Saved, Tag, Tagging

ACTIVE, NEWEST, UNANSWERED, CLINICIAN = "active", "newest", "unanswered", "clinician"
# Lists of a member's own.
FOLLOWING, SAVED = "following", "saved"
OWN = (FOLLOWING, SAVED)
# The time that each list goes by.
ORDERS = {
    ACTIVE: "active_at",
    NEWEST: "published_at",
    UNANSWERED: "published_at",
    CLINICIAN: "active_at",
    FOLLOWING: "active_at",
}
# So many of the questions that somebody follows or asked are looked at, the last ones.
LOOKED_AT = 1_000
# So many of the topics, and of the tags, that somebody follows are joined to one list.
JOINED = 50
PINNED = 3

Person = User | AnonymousUser


def questions(
    user: Person,
    *,
    sort: str,
    topics: Sequence[Topic] = (),
    tag: Tag | None = None,
    after: str = "",
    before: str = "",
    size: int = 20,
) -> Page:
    """The questions that `user` may see, in all topics or in any of `topics`, with `tag` if one is given."""
    where = {"after": after, "before": before}
    if sort == SAVED:
        return _saved(user, topics, tag, where, size)
    shown, by = Question.objects.shown_to(user), ORDERS[sort]
    if sort == FOLLOWING:
        return _following(user, topics, tag, where, size)
    if tag is not None:
        return _tagged(user, sort, topics, tag, where, size)
    if sort == UNANSWERED:
        shown = shown.unanswered()
    if sort == CLINICIAN:
        shown = shown.with_clinician()
    if len(topics) < 2:
        one = shown.filter(topic=topics[0]) if topics else shown
        return keyset(one.for_list(user), **where, by=by, size=size)
    # No index leads through several topics in one order: of each its first rows, and then the first of these.
    each = [beside(shown.filter(topic=topic), **where, by=by).values("pk")[: size + 1] for topic in topics]
    return page(_first(user, each, where, by, size), **where, by=by, size=size)


def is_for_search_engines(page: Page) -> bool:
    """Whether all that a list shows may be found by search engines, which also read the titles of a list."""
    return all(row.question.is_for_search_engines for row in page.items)


def pinned(user: Person, topics: Sequence[Topic]) -> list[Question]:
    """What the moderators put on top of these topics for a while."""
    now = timezone.now()
    on_top = Question.objects.shown_to(user).filter(topic__in=topics, pinned_until__gt=now)
    return list(on_top.for_list(user).order_by("-pinned_until", "-pk")[:PINNED])


def add_tags(*rows: Sequence[Question]) -> None:
    """The tags of all the rows of a page, in one statement."""
    prefetch_related_objects([question for some in rows for question in some], "tags")


def _tagged(user: Person, sort: str, topics: Sequence[Topic], tag: Tag, where: dict[str, str], size: int) -> Page:
    """By the copies that a tag has of its questions: one seek, and then the rows."""
    shown = {"shown_to_members" if user.is_authenticated else "shown_to_all": True}
    if sort == UNANSWERED:
        shown["is_answered"] = False
    if sort == CLINICIAN:
        shown["clinician_replied"] = True
    tagged = Tagging.objects.filter(tag=tag, **shown)
    if topics:
        tagged = tagged.filter(topic__in=topics)
    found = beside(tagged, **where, by=ORDERS[sort], key="question_id").values_list("question_id", flat=True)
    return page(_rows(user, list(found[: size + 1])), **where, by=ORDERS[sort], size=size)


def _saved(user: Person, topics: Sequence[Topic], tag: Tag | None, where: dict[str, str], size: int) -> Page:
    """In the order of saving."""
    narrowed = {f"question__{name}": value for name, value in _narrowed(topics, tag).items()}
    kept = Saved.objects.filter(member_id=user.pk, question__shown_to_members=True, **narrowed)
    found = keyset(kept, **where, by="created_at", size=size)
    items = _rows(user, [one.question_id for one in found.items])
    return Page(items, found.next_cursor, found.is_first, found.previous_cursor)


def _following(user: Person, topics: Sequence[Topic], tag: Tag | None, where: dict[str, str], size: int) -> Page:
    """What somebody asked, the questions they follow, and whatever is in a topic or has a tag that they follow."""
    by = ORDERS[FOLLOWING]
    follows = Follow.objects.filter(member_id=user.pk).order_by("-pk").values_list("question", "topic", "tag")
    followed = list(follows.filter(article=None, person=None)[:LOOKED_AT])
    asked = Question.objects.filter(author_id=user.pk).order_by("-created_at", "-pk").values_list("pk", flat=True)
    chosen = [*(pk for pk, _, _ in followed if pk), *asked[:LOOKED_AT]]
    above = [pk for _, pk, _ in followed if pk][:JOINED]
    families = Topic.objects.filter(Q(pk__in=above) | Q(parent__in=above)).values_list("pk", flat=True)
    shown = Question.objects.shown_to(user).filter(**_narrowed(topics, tag))
    tagged = Tagging.objects.filter(shown_to_members=True, **({"topic__in": topics} if topics else {}))
    if tag is not None:
        tagged = tagged.filter(question__in=Tagging.objects.filter(tag=tag).values("question"))
    each: list[QuerySet[Any]] = [beside(shown.filter(pk__in=chosen), **where, by=by).values("pk")]
    each += [beside(shown.filter(topic=pk), **where, by=by).values("pk") for pk in families[:JOINED]]
    each += [
        beside(tagged.filter(tag=pk), **where, by=by, key="question_id").values("question_id")
        for pk in [pk for _, _, pk in followed if pk][:JOINED]
    ]
    return page(_first(user, [pks[: size + 1] for pks in each], where, by, size), **where, by=by, size=size)


def _first(user: Person, each: Sequence[QuerySet[Any]], where: dict[str, str], by: str, size: int) -> list[Question]:
    """The first rows of several lists in one order, each once, and one that tells that there are more."""
    first, *others = [Question.objects.filter(pk__in=pks).values_list(by, "pk") for pks in each]
    order = (by, "pk") if goes_back(**where) else (f"-{by}", "-pk")
    found = first.union(*others).order_by(*order) if others else first.order_by(*order)
    return _rows(user, [pk for _, pk in found[: size + 1]])


def _narrowed(topics: Sequence[Topic], tag: Tag | None) -> dict[str, object]:
    return ({"topic__in": topics} if topics else {}) | ({"taggings__tag": tag} if tag is not None else {})


def _rows(user: Person, pks: Sequence[int]) -> list[Question]:
    """The rows of a list with these keys, in their order."""
    rows: QuerySet[Question] = Question.objects.for_list(user)
    found = rows.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]
