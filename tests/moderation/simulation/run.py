"""What comes of it: the same arrivals at the desk of the site and first in, first out, and the table of both."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import time_machine

from moderation.models import URGENT
from tests.moderation.simulation.clock import ADVICE, CRISIS, DAY, KINDS, REST, START, Clock, Wait, is_night
from tests.moderation.simulation.members import Members
from tests.moderation.simulation.people import FirstInFirstOut, Moderators
from tests.moderation.simulation.site import Site


@dataclass(frozen=True)
class Result:
    waits: list[Wait]
    in_order_of_arrival: list[Wait]
    posted: dict[str, int]
    unseen: dict[str, int]


def together(results: list[Result]) -> Result:
    """Of several rounds one."""
    return Result(
        [wait for one in results for wait in one.waits],
        [wait for one in results for wait in one.in_order_of_arrival],
        {kind: sum(one.posted[kind] for one in results) for kind in KINDS},
        {kind: sum(one.unseen[kind] for one in results) for kind in KINDS},
    )


def simulate(days: int, *, seed: str, say: Callable[[str], None]) -> Result:
    with time_machine.travel(START, tick=False) as machine:
        clock = Clock(lambda minute: machine.move_to(START + timedelta(minutes=minute), tick=False))
        site = Site(clock)
        members = Members(clock, site, days, random.Random(seed))
        moderators = Moderators(clock, site, days, seed)

        site.alerted = moderators.mailed
        clock.run((days + 1) * DAY, bar(f"{seed}, as it is", say))
    waits = list(site.waits.values())
    plain = Clock(lambda _minute: None)
    fifo = FirstInFirstOut(plain)
    again = [Wait(one.number, one.kind, one.harm, one.opened_at, one.posted_at) for one in waits]
    for wait in again:
        plain.at(wait.opened_at, lambda wait=wait: fifo.waits.append(wait))
    Moderators(plain, fifo, days, seed)
    plain.run((days + 1) * DAY, bar(f"{seed}, first in, first out", say))
    return Result(waits, again, members.posted, members.unseen)


def bar(name: str, say: Callable[[str], None]) -> Callable[[float], None]:
    shown = -1

    def progress(share: float) -> None:
        nonlocal shown
        if (now := int(share * 40)) > shown:
            shown = now
            say(f"\r{name:<28} [{'#' * now:<40}]" + ("\n" if now == 40 else ""))

    return progress


def minutes(waits: list[Wait], belongs: Callable[[Wait], bool], since: str = "opened_at") -> list[float]:
    return sorted(wait.first_at - getattr(wait, since) for wait in waits if belongs(wait))


def percentile(numbers: list[float], share: float) -> float:
    """The smallest of them that at least this share of them does not exceed."""
    return numbers[max(math.ceil(share * len(numbers)) - 1, 0)] if numbers else math.nan


def is_told_as_crisis(wait: Wait) -> bool:
    """Whether a screener or a report says what it is. The others wait as what they seem to be, such as first posts."""
    return wait.kind == CRISIS and wait.harm >= URGENT


WHENS: dict[str, Callable[[Wait], bool]] = {
    "somebody on duty": lambda wait: not is_night(wait.opened_at),
    "night": lambda wait: is_night(wait.opened_at),
    "over all": lambda wait: True,
}
GROUPS: dict[str, Callable[[Wait], bool]] = {
    "crisis": lambda wait: wait.kind == CRISIS,
    "- told as such": is_told_as_crisis,
    "dangerous advice": lambda wait: wait.kind == ADVICE,
    "the rest": lambda wait: wait.kind == REST,
}


def told_by_day(result: Result) -> list[float]:
    """The minutes of those who tell of a crisis, as far as anybody could know, while somebody is on duty."""
    return minutes(result.waits, lambda wait: is_told_as_crisis(wait) and not is_night(wait.opened_at))


def table(result: Result) -> str:
    lines = [
        "Minutes until the first moderator          as it is           first in, first out",
        "                                    many  median     p95     median     p95",
    ]
    for when, is_then in WHENS.items():
        for group, is_in in GROUPS.items():
            ours, theirs = (
                minutes(waits, lambda wait, is_in=is_in, is_then=is_then: is_in(wait) and is_then(wait))
                for waits in (result.waits, result.in_order_of_arrival)
            )
            figures = [figure for one in (ours, theirs) for figure in (percentile(one, 0.5), percentile(one, 0.95))]
            lines.append(
                f"{when:<18}{group:<18}{len(ours):>4}" + "{:>8.1f}{:>8.1f}   {:>8.1f}{:>8.1f}".format(*figures)
            )
    for kind in (CRISIS, ADVICE):
        found = minutes(
            result.waits, lambda wait, kind=kind: wait.kind == kind and wait.posted_at < wait.opened_at, "posted_at"
        )
        lines.append(
            f"{kind}: {result.posted[kind]} posted, {result.unseen[kind]} noticed by no screener; {len(found)} of them "
            f"were up and reported: {percentile(found, 0.5):.0f} minutes from being posted (median), "
            f"{percentile(found, 0.95):.0f} (p95)"
        )
    lines.append(f"{sum(result.posted.values())} posts, {len(result.waits)} came to wait.")
    return "\n".join(lines)
