"""Six moderators in turns: when they look, what they take up, how long they read, when they follow a mail."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from typing import Protocol

from moderation import care
from moderation.models import URGENT
from tests.moderation.simulation.clock import (
    FOLLOWS_OFF_DUTY,
    FOLLOWS_ON_DUTY,
    MOVES_EVERY,
    READING,
    REST_AFTER_A_LONG_SHIFT,
    SENIOR,
    TURNS,
    Clock,
    Wait,
    drawn,
    is_night,
    turns,
)


class Desk(Protocol):
    """What a moderator gets to read, and what becomes of it."""

    def next(self, who: int) -> Wait | None: ...
    def take(self, who: int, wait: Wait) -> bool: ...
    def stay(self, who: int, wait: Wait) -> None: ...
    def pass_on(self, who: int, wait: Wait, *, to_seniors: bool) -> None: ...
    def decide(self, who: int, wait: Wait) -> None: ...
    def is_tired(self, who: int) -> bool: ...


class Moderators:
    """Six people in turns at a desk."""

    def __init__(self, clock: Clock, at_desk: Desk, days: int, seed: str) -> None:
        self.clock, self.desk, self.chance = clock, at_desk, random.Random(f"{seed} moderators")
        self.until = [0.0] * len(TURNS)  # when their turn ends
        self.busy: set[int] = set()
        self.has_rested: set[int] = set()
        self.called: set[int] = set()
        for begins, ends, who in turns(days + 1):
            clock.at(begins, lambda who=who, ends=ends: self.begin(who, ends))

    def begin(self, who: int, ends: float) -> None:
        self.until[who] = ends
        self.has_rested.discard(who)
        self.look(who)

    def is_on(self, who: int) -> bool:
        return self.clock.now < self.until[who]

    def look(self, who: int) -> None:
        """Take up what is first; without anything, look again later."""
        if who in self.busy or not (self.is_on(who) or who in self.called):
            return
        wait = self.desk.next(who)
        if wait is None or (not self.is_on(who) and wait.harm < URGENT):
            self.called.discard(who)
            if self.is_on(who):
                self.clock.at(self.clock.now + self.chance.uniform(10, 30), lambda: self.look(who))
            return
        if not self.desk.take(who, wait):
            self.clock.at(self.clock.now + 1, lambda: self.look(who))
            return
        if wait.first_at is None:
            wait.first_at = self.clock.now
        self.busy.add(who)
        wait.times_read += 1
        # The same of this item, in whatever order things are read.
        chance = random.Random(f"{wait.number} {wait.times_read}")
        takes = drawn(chance, READING[wait.kind])
        for minute in range(MOVES_EVERY, math.ceil(takes), MOVES_EVERY):
            self.clock.at(self.clock.now + minute, lambda: self.desk.stay(who, wait))
        self.clock.at(self.clock.now + takes, lambda: self.finish(who, wait, chance))

    def finish(self, who: int, wait: Wait, chance: random.Random) -> None:
        self.busy.discard(who)
        lot, away = chance.random(), 0.0
        if lot < 0.02:
            away = 20
        elif wait.harm >= URGENT and lot < 0.07:
            self.desk.pass_on(who, wait, to_seniors=False)
        elif wait.harm >= URGENT and lot < 0.09 and who != SENIOR:
            self.desk.pass_on(who, wait, to_seniors=True)
        else:
            self.desk.decide(who, wait)
        if not away and who not in self.has_rested and self.desk.is_tired(who):
            self.has_rested.add(who)
            away = REST_AFTER_A_LONG_SHIFT
        self.called.discard(who)
        self.clock.at(self.clock.now + away, lambda: self.look(who))

    def mailed(self, people: set[int]) -> None:
        for who in sorted(people):
            if self.is_on(who):
                delay = drawn(self.chance, FOLLOWS_ON_DUTY)
            elif not is_night(self.clock.now) and self.chance.random() < 1 / 3:
                delay = drawn(self.chance, FOLLOWS_OFF_DUTY)
            else:
                continue
            self.clock.at(self.clock.now + delay, lambda who=who: self.follow(who))

    def follow(self, who: int) -> None:
        """Somebody has read a mail. Whoever is asleep by now does not."""
        if self.is_on(who) or not is_night(self.clock.now):
            self.called.add(who)
            self.look(who)


@dataclass
class FirstInFirstOut:
    """A desk at which the oldest comes first, and no mail is sent. Who takes something up has it for 15 minutes after
    they last moved."""

    clock: Clock
    waits: list[Wait] = field(default_factory=list)
    taken: dict[int, tuple[int, float]] = field(default_factory=dict)
    left_by: set[tuple[int, int]] = field(default_factory=set)
    decided: list[tuple[float, int, bool]] = field(default_factory=list)

    def next(self, who: int) -> Wait | None:
        self.waits = [wait for wait in self.waits if wait.is_open]
        free = (wait for wait in self.waits if (wait.number, who) not in self.left_by and self._is_free(who, wait))
        return min(free, key=lambda wait: wait.opened_at, default=None)

    def _is_free(self, who: int, wait: Wait) -> bool:
        by, until = self.taken.get(wait.number, (who, 0.0))
        return by == who or until <= self.clock.now

    def take(self, who: int, wait: Wait) -> bool:
        self.taken[wait.number] = who, self.clock.now + 15
        return True

    def stay(self, who: int, wait: Wait) -> None:
        if self.taken.get(wait.number, (None, 0))[0] == who:
            self.taken[wait.number] = who, self.clock.now + 15

    def pass_on(self, who: int, wait: Wait, *, to_seniors: bool) -> None:
        self.taken.pop(wait.number, None)
        self.left_by.add((wait.number, who))

    def decide(self, who: int, wait: Wait) -> None:
        wait.is_open = False
        self.decided.append((self.clock.now, who, wait.harm >= URGENT))

    def is_tired(self, who: int) -> bool:
        hard = [is_hard for at, by, is_hard in self.decided if by == who and at >= self.clock.now - 240]
        return len(hard) >= care.MANY or sum(hard) >= care.MANY_DISTRESSING
