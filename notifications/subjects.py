"""The port to the rooms that notifications are about: this room only knows keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True)
class Subject:
    """What a notification is about, as its recipient may see it now. `url` is a path of this site.

    `thread` is the subject that it is part of, or itself: what happens in one thread can be told in one line. `topic`
    is the name of what it is about. What `is_kept_off_mail` is told on the site alone.
    """

    title: str
    url: str
    thread: tuple[str, int] | None = None
    topic: str = ""
    is_kept_off_mail: Callable[[], bool] = lambda: False


Find = Callable[[Collection[int], User], Mapping[int, Subject]]

_finders: dict[str, Find] = {}


def register(kind: str, *, find: Find) -> None:
    """Called in `AppConfig.ready()`. `find(ids, user)` holds those of `ids` that this person may still open."""
    _finders[kind] = find


def find(keys: Collection[tuple[str, int]], user: User) -> dict[tuple[str, int], Subject]:
    """The subjects that `user` may open now, by (kind, id); one look-up for each kind."""
    found: dict[tuple[str, int], Subject] = {}
    for kind in sorted({kind for kind, _ in keys} & _finders.keys()):
        ids = {subject_id for key, subject_id in keys if key == kind}
        found |= {(kind, subject_id): subject for subject_id, subject in _finders[kind](ids, user).items()}
    return found
