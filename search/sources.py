"""The port to the rooms whose documents are searched: where they come from, and who may read them now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Value

from accounts.models import User
from search.documents import Document

Documents = Callable[[], Iterable[Document]]
Readable = Callable[[Collection[int], User | AnonymousUser], "QuerySet[Any, Any]"]
Quotable = Callable[[Collection[int]], Collection[int]]
TopicNow = Callable[[str], str]


@dataclass(frozen=True)
class Source:
    documents: Documents
    readable: Readable
    quotable: Quotable | None
    welcome: Readable
    topic_now: TopicNow | None


_sources: dict[str, Source] = {}


def register(
    kind: str,
    *,
    documents: Documents,
    readable: Readable,
    quotable: Quotable | None = None,
    welcome: Readable | None = None,
    topic_now: TopicNow | None = None,
) -> None:
    """Called in `AppConfig.ready()`.

    `documents()` yields every document of this kind that belongs in the index. `readable(ids, user)` is the query, of
    ids alone, for those of these objects that person may open now, asked of the live rows: it decides, whatever the
    index says. So does `quotable(answer_ids)`: which of these answers may be quoted now outside their thread; and
    `welcome(ids, user)`: what may be shown to them unasked, beside something else, where that is less than `readable`.
    `topic_now(slug)` is the slug that a topic with this one has by now.
    """
    _sources[kind] = Source(documents, readable, quotable, welcome or readable, topic_now)


def registered() -> dict[str, Source]:
    return dict(_sources)


def readable(wanted: Mapping[str, Collection[int]], user: User | AnonymousUser) -> set[tuple[str, int]]:
    """Which of these objects, ids by kind, that person may open; none of a kind that nobody registered. One statement
    for all kinds."""
    return _among({kind: source.readable for kind, source in _sources.items()}, wanted, user)


def welcome(wanted: Mapping[str, Collection[int]], user: User | AnonymousUser) -> set[tuple[str, int]]:
    """The same of what nobody asked for."""
    return _among({kind: source.welcome for kind, source in _sources.items()}, wanted, user)


def _among(
    queries: Mapping[str, Readable], wanted: Mapping[str, Collection[int]], user: User | AnonymousUser
) -> set[tuple[str, int]]:
    asked = [
        queries[kind](ids, user).order_by().annotate(of_kind=Value(kind))
        for kind, ids in wanted.items()
        if kind in queries
    ]
    if not asked:
        return set()
    first, *others = asked
    return {(kind, pk) for pk, kind in (first.union(*others, all=True) if others else first)}


def quotable(kind: str, answer_ids: Collection[int]) -> set[int]:
    """Which of these answers may be quoted: all, where the room that registered the kind does not ask."""
    source = _sources.get(kind)
    return set(source.quotable(answer_ids) if source and source.quotable and answer_ids else answer_ids)


def topic_now(slug: str) -> str:
    """The slug of the topic that had this one; empty if there is none."""
    return next((now for source in _sources.values() if source.topic_now and (now := source.topic_now(slug))), "")
