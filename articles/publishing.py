"""The port to whoever must hear that readers have a new text: the forum, for questions that refer to the article."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from articles.models import Article


class Published(Protocol):
    def __call__(self, article: Article, changes: Collection[str]) -> None:
        """`article.live` is new. `changes`: names of its columns that differ from what readers had before; all of
        them the first time. Called inside the transaction."""


_listeners: list[Published] = []


def register(published: Published) -> None:
    """From `AppConfig.ready()` of an upper room."""
    _listeners.append(published)


def announce(article: Article, changes: Collection[str]) -> None:
    for published in _listeners:
        published(article, changes)
