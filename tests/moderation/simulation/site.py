"""The desk of the site, as it is, on the clock of the simulation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from datetime import time, timedelta

from django.core import mail
from django.core.cache import cache

from accounts.models import User
from moderation import actions, alerts, care, duty, lists
from moderation.models import URGENT, ReviewItem
from notifications.sweeps import send_mails
from tests import factories
from tests.moderation.simulation.clock import ADVICE, DAY, SENIOR, TURNS, Clock, Wait, turns


class Site:
    """The desk of the site, as it is."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people = [
            factories.make_user(f"mod{who}", is_moderator=True, is_senior_moderator=who == SENIOR)
            for who in range(len(TURNS))
        ]
        hours: dict[int, dict[int, tuple[time, time]]] = defaultdict(dict)
        for begins, ends, who in turns(7):
            day, begin, end = int(begins // DAY), int(begins % DAY), int(ends % DAY)
            hours[who][day] = time(begin // 60), time(end // 60)
        for who, spans in hours.items():
            duty.choose_hours(moderator=self.people[who], spans=spans)
        cache.clear()
        self.waits: dict[int, Wait] = {}  # by item
        self.alerted: Callable[[set[int]], None] = lambda _people: None

    def received(self, wait: Wait) -> None:
        """From now on it waits."""
        self.waits[wait.number] = wait
        if wait.harm >= URGENT:
            self.watch(1, 16, 61)

    def watch(self, *after: float) -> None:
        """Let the worker look whom to alert. It looks all the time; in between it finds nobody."""
        for some in after:
            self.clock.at(self.clock.now + some, self.alert)

    def next(self, who: int) -> Wait | None:
        # As after a decision, then as the queue opens.
        found = lists.next_unread(self.people[who]) or lists.next_for(self.people[who])
        return self.waits[found.pk] if found else None

    def take(self, who: int, wait: Wait) -> bool:
        self._watch_when_it_ends(wait)
        return actions.claim(item=ReviewItem(pk=wait.number), moderator=self.people[who])

    def stay(self, who: int, wait: Wait) -> None:
        if actions.stay(item=self._item(wait), moderator=self.people[who]):
            self._watch_when_it_ends(wait)

    def pass_on(self, who: int, wait: Wait, *, to_seniors: bool) -> None:
        leave = actions.escalate if to_seniors else actions.pass_on
        leave(item=self._item(wait), moderator=self.people[who], note="I know them.")
        self.watch(1)

    def decide(self, who: int, wait: Wait) -> None:
        # Who read for longer than they had it to themselves may find that another was quicker.
        with suppress(actions.Overtaken):
            self._decide(self.people[who], wait, self._item(wait))
        wait.is_open = ReviewItem.objects.open().filter(pk=wait.number).exists()

    def _decide(self, moderator: User, wait: Wait, item: ReviewItem) -> None:
        seen = {"item": item, "version": item.version, "moderator": moderator}
        why = {"rule": "dangerous", "words": "It could hurt somebody."}
        if wait.kind == ADVICE and item.held_for:
            actions.reject(**seen, **why)
        elif wait.kind == ADVICE:
            actions.hide(**seen, **why)
        elif item.held_for:
            actions.ask_for_changes(**seen, words="Please say a little more.")
        else:
            actions.keep(**seen)

    def is_tired(self, who: int) -> bool:
        if not care.shift(self.people[who]).is_long:
            return False
        care.rest(moderator=self.people[who])
        return True

    def alert(self) -> None:
        alerts.alert_moderators()
        while send_mails():
            pass
        to = {address for message in mail.outbox for address in message.to if "waiting" in message.subject}
        mail.outbox.clear()
        self.alerted({who for who, person in enumerate(self.people) if person.email in to})

    def _watch_when_it_ends(self, wait: Wait) -> None:
        if wait.harm >= URGENT:
            # Whoever has gone away no longer has it to themselves.
            self.watch(actions.URGENT_FOR / timedelta(minutes=1) + 1)

    def _item(self, wait: Wait) -> ReviewItem:
        return ReviewItem.objects.for_page().get(pk=wait.number)
