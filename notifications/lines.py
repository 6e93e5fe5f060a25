"""How what somebody is told becomes lines, in the inbox and in mails: several of one kind about one thread are one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime

from notifications.kinds import pile_of, sentence
from notifications.models import Notification
from notifications.subjects import Subject


class Line:
    """Some of what one person was told, as it is read now; `subject` is None when that is no longer shown.

    Whatever counts, counts notifications and not lines: the number beside the bell, mails, and a line, which says how
    many it stands for. One in which something is unread speaks of that only: so the numbers of the unread lines add up
    to the one beside the bell.
    """

    def __init__(self, told: Iterable[Notification], found: Mapping[tuple[str, int], Subject]) -> None:
        oldest_first = sorted(told, key=lambda one: (one.created_at, one.pk))
        unread = [one for one in oldest_first if one.read_at is None]
        spoken_of = unread or oldest_first
        self.is_unread = bool(unread)
        # From there one reads on.
        self.opens = spoken_of[0]
        self.subject = found.get(self.opens.subject)
        # Who has read of something may be told it once more.
        self.count = len({one.subject for one in spoken_of})
        self.sentence = sentence(self.opens.kind, self.opens.subject_kind, count=self.count)
        self.newest_at: datetime = oldest_first[-1].created_at


def lines(told: Iterable[Notification], found: Mapping[tuple[str, int], Subject]) -> list[Line]:
    """The lines that `told` makes, in its order. Only what is in it is joined, so that pages by key stay what they are:
    what has grown across their border is a line on each."""
    piles: dict[Hashable, list[Notification]] = {}
    for one in told:
        piles.setdefault(pile(one, found.get(one.subject)), []).append(one)
    return [Line(joined, found) for joined in piles.values()]


def pile(notification: Notification, subject: Subject | None) -> Hashable:
    """Equal for those that are one line. What is no longer shown, or part of nothing, stands alone."""
    name = pile_of(notification.kind, notification.subject_kind)
    return (name, subject.thread) if name and subject and subject.thread else notification.pk
