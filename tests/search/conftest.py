"""A small index of its own: two kinds of documents, and a list of those that may be read now."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from search import index, sources
from search.documents import Document
from search.models import Entry, Synonym
from tests import factories

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Library:
    """Stands for the upper rooms: what they have, and what of it is taken down though the index does not know yet."""

    def __init__(self) -> None:
        self.documents: dict[tuple[str, int], Document] = {}
        self.taken_down: set[tuple[str, int]] = set()

    def put(self, kind: str, title: str, **more) -> Document:
        number = more.pop("object_id", len(self.documents) + 1)
        facts = {"url": f"/{kind}s/{number}/", "published_at": NOW + timedelta(minutes=number)} | more
        document = Document(kind=kind, object_id=number, title=title, **facts)
        self.documents[kind, number] = document
        index.put(document)
        return document

    def article(self, title: str, **more) -> Document:
        return self.put("article", title, **{"reviewed": True, "stands_on": "Reviewed article"} | more)

    def question(self, title: str, **more) -> Document:
        return self.put("question", title, **more)

    def settle(self) -> None:
        factories.find_neighbours()

    def of(self, kind: str) -> Callable[[], list[Document]]:
        return lambda: [document for (one, _), document in self.documents.items() if one == kind]

    def readable(self, kind: str) -> Callable:
        def asked(ids, user):
            open_now = [
                pk
                for pk in ids
                if (kind, pk) not in self.taken_down
                and (user.is_authenticated or self.documents[kind, pk].audience == "all")
            ]
            return Entry.objects.filter(kind=kind, object_id__in=open_now).order_by("pk").values_list("object_id")

        return asked


@pytest.fixture
def library(db, monkeypatch) -> Library:
    monkeypatch.setattr(sources, "_sources", {})
    # What means the same is what a test says.
    Synonym.objects.all().delete()
    library = Library()
    for kind in ("article", "question"):
        sources.register(kind, documents=library.of(kind), readable=library.readable(kind))
    return library


@pytest.fixture
def guest() -> AnonymousUser:
    return AnonymousUser()
