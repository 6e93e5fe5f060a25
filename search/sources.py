"""The port to the rooms whose documents are searched: where they come from, and who may read them now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from search.documents import Document

Documents = Callable[[], Iterable[Document]]
Readable = Callable[[Collection[int], User | AnonymousUser], Collection[int]]


@dataclass(frozen=True)
class Source:
    documents: Documents
    readable: Readable


_sources: dict[str, Source] = {}


def register(kind: str, *, documents: Documents, readable: Readable) -> None:
    """Called in `AppConfig.ready()`.

    `documents()` yields every document of this kind that belongs in the index. `readable(ids, user)` answers which of
    these objects that person may open now, asked of the live rows: it decides, whatever the index says.
    """
    _sources[kind] = Source(documents, readable)


def registered() -> dict[str, Source]:
    return dict(_sources)


def readable(kind: str, ids: Collection[int], user: User | AnonymousUser) -> set[int]:
    """Which of the objects `ids` that person may open; none of a kind that nobody registered."""
    source = _sources.get(kind)
    return set(source.readable(ids, user)) if source and ids else set()
