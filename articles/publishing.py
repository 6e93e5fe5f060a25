"""The port to whoever must hear what readers have: the forum, for questions that refer to the article."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from articles.models import Article


class Published(Protocol):
    def __call__(self, article: Article, changes: Collection[str]) -> None:
        """`article.live` is new. `changes`: names of its columns that differ from what readers had before; all of
        them the first time. Called inside the transaction."""


class CameOrWent(Protocol):
    def __call__(self, article: Article) -> None:
        """Readers can open `article` from now on, or not any more. Called inside the transaction."""


_listeners: list[Published] = []
_watchers: list[CameOrWent] = []


def register(published: Published, came_or_went: CameOrWent) -> None:
    """From `AppConfig.ready()` of an upper room."""
    _listeners.append(published)
    _watchers.append(came_or_went)


def announce(article: Article, changes: Collection[str]) -> None:
    for published in _listeners:
        published(article, changes)


def came_or_went(article: Article) -> None:
    for watcher in _watchers:
        watcher(article)
