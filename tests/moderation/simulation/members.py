"""Who writes what on the site of the simulation, and reports what."""

from __future__ import annotations

import json
import random
import uuid
from pathlib import Path
from typing import Any

from accounts.models import User
from forum.desk import Submission
from forum.models import Post, Question
from moderation import actions, desk
from moderation.models import ReviewItem
from tests import factories
from tests.moderation.simulation.clock import (
    ADVICE,
    CRISIS,
    DAY,
    HARMFUL,
    KINDS,
    NOTICED_BY_READERS,
    POSTS_A_DAY,
    REST,
    Clock,
    Wait,
    drawn,
)
from tests.moderation.simulation.site import Site

CASES = Path(__file__).parent.parent / "distress_cases"
WHAT = (
    "My calf twitches",
    "I have a dry cough",
    "My knee clicks on the stairs",
    "I wake at four and lie there",
    "The new tablets make me sleepy",
    "My little one has had a cold",
    "I get heartburn after supper",
    "My hands are cold all day",
)
WHEN = ("since Monday", "for about three weeks", "mostly in the evening", "after long days at work", "on and off")
MORE = (
    "The doctor was not worried, and I would like to know how it went for others.",
    "Walking a little every day has helped me more than anything else.",
    "I keep a diary of it now, and it is slowly getting better.",
    "Thank you all for what you wrote, it was good to read.",
)
DANGEROUS = (
    "You can stop the insulin as soon as you feel fine, I did and never looked back.",
    "Leave the inhaler at home. A spoon of oil and salt opens the lungs for a whole day.",
    "Just double the dose until it works, the leaflet is far too careful.",
    "Drink a glass of cleaning vinegar each morning and the lump goes by itself.",
    "Do not let them vaccinate or scan you, fasting for two weeks cures all of it.",
)


class Members:
    """Who writes what, and reports what."""

    def __init__(self, clock: Clock, site: Site, days: int, chance: random.Random) -> None:
        self.clock, self.site, self.chance = clock, site, chance
        levels = [User.Trust.NEW] * 40 + [User.Trust.BASIC] * 60 + [User.Trust.TRUSTED] * 20
        self.people = [factories.make_user(f"member{number}", trust=level) for number, level in enumerate(levels)]
        self.readers = [person for person in self.people if person.trust != User.Trust.NEW]
        self.threads = [factories.make_question(reader) for reader in self.readers[:40]]
        self.danger, self.indirect, self.harmless = (
            [json.loads(text) for text in (CASES / f"{name}.jsonl").read_text().splitlines()]
            for name in ("unseen-danger", "indirect-danger", "unseen-harmless")
        )
        self.posted, self.unseen = dict.fromkeys(KINDS, 0), dict.fromkeys(KINDS, 0)
        minute = 0.0
        while (minute := minute + chance.expovariate(POSTS_A_DAY / DAY)) < days * DAY:
            clock.at(minute, self.post)

    def post(self) -> None:
        kind = REST
        if self.chance.random() < HARMFUL:
            kind = self.chance.choices((CRISIS, ADVICE), (4, 1))[0]
        text = self.text(kind)
        author = self.chance.choice(self.people[:40] if self.chance.random() < 1 / 3 else self.people[40:])
        self.posted[kind] += 1
        is_reported = kind != REST or self.chance.random() < 0.015
        submission = Submission(text["kind"], author, text.get("title", ""), text["body"])
        if not is_reported and not desk.screen(submission).holds:
            return
        post = self.write(author, text)
        item = ReviewItem.objects.about(post).open().first()
        # A first post waits for being one, whatever it says.
        self.unseen[kind] += item is None or item.rules in ("", " first_post ")
        if item is not None:
            self.site.received(Wait(item.pk, kind, item.harm, self.clock.now, self.clock.now))
        else:
            posted_at = self.clock.now
            after = drawn(self.chance, NOTICED_BY_READERS)
            self.clock.at(posted_at + after, lambda: self.report(post, kind, posted_at))

    def write(self, author: User, text: dict[str, str]) -> Any:
        if text["kind"] == "question":
            return factories.make_question(author, text["title"], text["body"])
        thread = Question.objects.get(pk=self.chance.choice(self.threads).pk)
        make = factories.make_answer if text["kind"] == "answer" else factories.make_comment
        return make(author, thread, text["body"])

    def report(self, post: Post, kind: str, posted_at: float) -> None:
        post.refresh_from_db()
        if post.status != Post.Status.PUBLISHED:
            return
        reason, note = {
            CRISIS: self.chance.choice(
                (("dangerous", ""), ("other", "I think they want to kill themselves."), ("other", "I am worried."))
            ),
            ADVICE: ("dangerous", ""),
            REST: (self.chance.choice(("unkind", "advertising", "other", "dangerous")), "Please look."),
        }[kind]
        reporter = self.chance.choice([reader for reader in self.readers if reader.pk != post.author_id])
        actions.report(thing=post, reporter=reporter, reason=reason, note=note, contact="", submission_key=uuid.uuid4())
        item = factories.item_of(post)
        if item.pk not in self.site.waits:
            self.site.received(Wait(item.pk, kind, item.harm, self.clock.now, posted_at))

    def text(self, kind: str) -> dict[str, str]:
        pick = self.chance.choice
        if kind == CRISIS:
            return pick(self.danger if self.chance.random() < 0.8 else self.indirect)
        if kind == ADVICE:
            return {"kind": "answer", "body": pick(DANGEROUS)}
        if self.chance.random() < 0.1:
            return pick(self.harmless)
        where = self.chance.choices(("question", "answer", "comment"), (3, 5, 3))[0]
        began = f"{pick(WHAT)} {pick(WHEN)}. {pick(MORE)}"
        if self.chance.random() < 0.04:
            began += f" I read about it at www.site-{self.chance.randrange(1_000)}.example.com."
        return {"kind": where, "title": f"Does anybody know this: {pick(WHAT).lower()}?", "body": began}
