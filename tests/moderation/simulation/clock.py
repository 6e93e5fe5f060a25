"""When what happens: posts, turns, and what waits since when."""

from __future__ import annotations

import heapq
import itertools
import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
POSTS_A_DAY = 400
# Twice the 1 in 100 of which we speak, in several rounds of as many days, each by itself: of 10,000 posts that makes
# about 200, enough for a 95th percentile. More of them at once would wait for each other.
HARMFUL, DAYS = 0.02, 5
ROUNDS = ("first", "second", "third", "fourth", "fifth")
CRISIS, ADVICE, REST = KINDS = ("crisis", "dangerous advice", "the rest")
DAY, TURN, DUTY_BEGINS, DUTY_ENDS = 24 * 60, 2 * 60, 6 * 60, 22 * 60
# How many turns in a row each of the six takes.
TURNS = (2, 1, 1, 2, 1, 1)
# Minutes: the median, and the standard deviation of the logarithm.
READING = {CRISIS: (7, 0.6), ADVICE: (5, 0.6), REST: (1.5, 0.7)}
# How often whoever reads moves on the page, at least.
MOVES_EVERY = 2
FOLLOWS_ON_DUTY, FOLLOWS_OFF_DUTY = (4, 0.6), (30, 0.8)
NOTICED_BY_READERS = (60, 1.0)
REST_AFTER_A_LONG_SHIFT = 15
SENIOR = 1


@dataclass
class Wait:
    """Something that came to wait, when, and when the first moderator took it up. In minutes."""

    # That of its item.
    number: int
    kind: str
    harm: int
    opened_at: float
    # Of what was reported, when it had been posted.
    posted_at: float
    first_at: float | None = None
    times_read: int = 0
    # A decision on it ends it; else it comes back.
    is_open: bool = True


class Clock:
    """What happens in order of time, which it moves on."""

    def __init__(self, move: Callable[[float], None]) -> None:
        self.move, self.now = move, 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()

    def at(self, when: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (when, next(self._numbers), act))

    def run(self, until: float, progress: Callable[[float], None]) -> None:
        while self._due and self._due[0][0] <= until:
            self.now, _number, act = heapq.heappop(self._due)
            self.move(self.now)
            act()
            progress(self.now / until)


def drawn(chance: random.Random, distribution: tuple[float, float]) -> float:
    middle, spread = distribution
    return chance.lognormvariate(math.log(middle), spread)


def turns(days: int) -> Iterator[tuple[float, float, int]]:
    """From when until when which of the moderators is on duty."""
    for day in range(days):
        begins = day * DAY + DUTY_BEGINS
        for place, many in enumerate(TURNS):
            yield begins, begins + many * TURN, (place + day % 7) % len(TURNS)
            begins += many * TURN


def is_night(minute: float) -> bool:
    return not DUTY_BEGINS <= minute % DAY < DUTY_ENDS
