"""Whatever people and the worker do, in whatever order: readers get what is signed, or a correction of it."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from articles import actions, sweeps
from articles.models import Article, Correction, Revision, SignOff
from core.rulings import Refused
from search.models import Entry
from tests.factories import make_credential, make_draft, make_user

TITLE = "Why does my eyelid flicker?"
BODY = (
    "People notice flickering.[^1] Do not take 5 mg. Walking quietly makes people calm.\n\n- Rest often.\n- Never stop."
)
CHANGES = {
    "a slip": lambda said: said.replace("quietly", "quietlly"),
    "a slip mended": lambda said: said.replace("quietlly", "quietly"),
    "another dose": lambda said: said.replace("5 mg", "50 mg"),
    "not gone": lambda said: said.replace("Do not take", "Do take"),
    "not moved": lambda said: said.replace("Do not take 5 mg.", "Do take not 5 mg."),
    "a sentence gone": lambda said: said.replace(" Do not take 5 mg.", ""),
    "a point gone": lambda said: said.replace("\n- Never stop.", ""),
    "more": lambda said: f"{said}\n\nTake it twice.",
    "as it began": lambda said: BODY,
}
MATTERS = re.compile(r"\d+|\b(?:mg|not|no|never|stop|twice|take|often|rest)\b", re.IGNORECASE)
CHANGE = st.sampled_from(sorted(CHANGES))
DAYS = st.integers(0, 12)


def carried(text: Revision) -> list[str]:
    return MATTERS.findall(text.body)


def pieces(text: Revision) -> list[str]:
    return [one.strip() for line in text.body.splitlines() for one in re.split(r"(?<=[.\]])\s", line) if one.strip()]


class Library(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.time = self.clock.start()
        self.people = {
            "ed": make_user("ed", is_editor=True),
            "una": make_user("una", is_editor=True, is_senior_editor=True),
            # They write too.
            "rae": make_user("rae", is_editor=True, is_reviewer=True),
            "ray": make_user("ray", is_editor=True, is_reviewer=True),
        }
        for who in ("rae", "ray"):
            make_credential(self.people[who], expires_at=timezone.now() + timedelta(days=9000))
        self.links: list = []
        self.pk = make_draft(self.people["ed"], TITLE, body=BODY, lay_words="flicker").pk

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @property
    def article(self) -> Article:
        return Article.objects.get(pk=self.pk)

    def text(self, which: int) -> Revision:
        """The newest, or one of those before it."""
        return list(self.article.revisions.all())[: which + 1][-1]

    @initialize(is_published=st.booleans())
    def begin(self, is_published):
        if is_published:
            actions.sign_off(revision=self.text(0), reviewer=self.people["rae"])
            self.publish(days=300)

    # What people do

    @rule(who=st.sampled_from(["ed", "una", "rae", "ray"]), change=CHANGE)
    def save(self, who, change):
        article = self.article
        article.body = CHANGES[change](article.body)
        actions.save(article=article, editor=self.people[who])

    @rule()
    def submit(self):
        actions.submit_for_review(article=self.article, editor=self.people["ed"])

    @rule(who=st.sampled_from(["ed", "rae", "ray"]), which=st.integers(0, 2))
    def sign(self, who, which):
        with suppress(Refused):
            actions.sign_off(revision=self.text(which), reviewer=self.people[who])

    @rule(which=st.integers(0, 1))
    def make_link(self, which):
        self.links.append(
            actions.make_review_link(
                revision=self.text(which), editor=self.people["ed"], name="Demo reviewer", role="general practice"
            )[0]
        )

    @rule(which=st.integers(0, 3), name=st.sampled_from(["Demo reviewer", "ed", "Rae"]), gone=st.booleans())
    def sign_by_link(self, which, name, gone):
        if self.links:
            link = self.links[which % len(self.links)]
            if gone:
                actions.revoke_review_link(link=link)
            with suppress(Refused):
                actions.sign_off_by_link(link=link, name=name, role="GP", registration=secrets.token_hex(3))

    @rule(days=st.integers(1, 400), change=CHANGE, is_signed=st.booleans())
    def publish(self, days, change="a slip mended", is_signed=False):
        self.save("ed", change)
        if is_signed:
            self.sign("ray", 0)
        with suppress(actions.NotReady):
            day = timezone.localdate() + timedelta(days=days)
            actions.publish(article=self.article, editor=self.people["ed"], next_review_on=day)

    @rule(days=DAYS)
    def schedule(self, days):
        with suppress(actions.NotReady):
            at = timezone.now() + timedelta(days=days, minutes=1)
            day = timezone.localdate() + timedelta(days=400)
            actions.schedule(article=self.article, editor=self.people["ed"], at=at, next_review_on=day)

    @rule()
    def call_off(self):
        actions.call_off(article=self.article, editor=self.people["ed"])

    @rule(change=CHANGE)
    def correct_form(self, change):
        self.save("ed", change)
        with suppress(actions.NotReady):
            actions.correct_form(article=self.article, editor=self.people["ed"])

    @rule(change=CHANGE, box=st.sampled_from(["", "Never take ten."]))
    def correct_urgently(self, change, box):
        article = self.article
        body = CHANGES[change](article.live.body) if article.live else BODY
        with suppress(actions.NotReady):
            actions.correct_urgently(
                article=article, editor=self.people["una"], texts={"body": body}, box=box, reason="It was wrong."
            )

    @rule(who=st.sampled_from(["ed", "rae", "ray"]))
    def find_still_right(self, who):
        with suppress(Refused):
            day = timezone.localdate() + timedelta(days=300)
            actions.find_still_right(article=self.article, reviewer=self.people[who], next_review_on=day)

    @rule()
    def archive(self):
        actions.archive(article=self.article, editor=self.people["ed"])

    @rule(days=DAYS)
    def time_goes_by(self, days):
        self.time.shift(timedelta(days=days))
        sweeps.publish_scheduled()

    # What holds

    @invariant()
    def what_readers_get_is_signed_or_a_correction_of_what_is(self):
        article = Article.objects.published().filter(pk=self.pk).first()
        if article is None:
            return
        text, signed = article.live, article.live_sign_off
        if article.live_correction is None:
            assert signed.revision == text
            return
        correction = article.live_correction
        while correction and correction.is_urgent:
            self.only_takes_out(correction)
            assert timezone.localdate() < correction.withdrawn_on <= timezone.localdate() + timedelta(days=7)
            text = correction.base
            correction = Correction.objects.filter(revision=text).first() if text != signed.revision else None
        if correction:
            text = correction.revision
            assert (correction.kind, carried(text)) == ("form", carried(signed.revision))
            assert len(pieces(text)) == len(pieces(signed.revision))
        else:
            assert text == signed.revision

    def only_takes_out(self, correction: Correction) -> None:
        before, after = correction.base, correction.revision
        left = iter(pieces(before))
        assert all(piece in left for piece in pieces(after))
        assert after.correction_box.startswith(before.correction_box)
        assert (after.title, after.help_soon, after.sources) == (before.title, before.help_soon, before.sources)

    @invariant()
    def nobody_signed_what_they_wrote(self):
        for signed in SignOff.objects.select_related("revision"):
            before = SignOff.objects.filter(revision__number__lt=signed.revision.number)
            since = max((one.revision.number for one in before.select_related("revision")), default=0)
            unsigned = Revision.objects.filter(number__gt=since, number__lte=signed.revision.number)
            assert signed.reviewer_id not in set(unsigned.values_list("author", flat=True))
            assert signed.reviewer_id or not signed.line.startswith("ed")

    @invariant()
    def search_knows_what_readers_can_open(self):
        found = Entry.objects.filter(kind="article", object_id=self.pk)
        assert found.exists() == Article.objects.with_a_page().filter(pk=self.pk).exists()


@pytest.mark.django_db
def test_readers_get_what_is_signed_or_a_correction_of_it():
    # Not made shorter where one is found: that takes longer than reading it.
    how = settings(max_examples=30, stateful_step_count=25, deadline=None, phases=[Phase.generate])
    run_state_machine_as_test(Library, settings=how)
