"""Trust as it is counted from the rows, told to whom it is about, and what it lets through."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import trust
from accounts.models import User
from forum.models import Answer, Question
from moderation import actions, sweeps
from moderation.models import Appeal, Decision
from moderation.standing import record
from tests import factories
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

LINKS = "See https://one.example/a and https://two.example/b and https://three.example/c about it, all of them."
ASKED = {"title": "Does anyone else have this in the evening?", "topic": "muscles-and-nerves", "audience": "usual"}


def known(user: User, *, days: int, published: int, helped: int = 0, level: str) -> None:
    joined = timezone.now() - timedelta(days=days, minutes=1)
    User.objects.filter(pk=user.pk).update(
        joined_at=joined, published_count=published, helped_count=helped, trust=level
    )


def reported(thing, **fields):
    said = {"reporter": None, "reason": "unkind", "note": "", "contact": "", "submission_key": uuid.uuid4()}
    return actions.report(thing=thing, **(said | fields))


def hide(post, moderator) -> Decision:
    reported(post)
    item = factories.item_of(post)
    actions.hide(item=item, version=item.version, moderator=moderator, rule="unkind", words="Please be kind.")
    return Decision.objects.latest("pk")


def level_of(user: User) -> str:
    user.refresh_from_db()
    return user.trust


@pytest.mark.parametrize(
    ("days", "published", "helped", "before", "after"),
    [
        (3, 3, 0, "new", "basic"),
        (2, 3, 0, "new", "new"),
        (3, 2, 0, "new", "new"),
        (30, 20, 5, "basic", "trusted"),
        (30, 20, 4, "basic", "basic"),
        (0, 0, 0, "trusted", "trusted"),
    ],
)
def test_trust_is_earned(newt, days, published, helped, before, after):
    known(newt, days=days, published=published, helped=helped, level=before)
    assert sweeps.weigh_trust() == (before != after)
    assert level_of(newt) == after
    assert sweeps.weigh_trust() == 0


def test_a_decision_that_stands_takes_trust_and_its_end_gives_it_back(ana, mia, mo):
    posts = [factories.make_question(ana, f"Does anyone else have this at night, number {n}?") for n in range(3)]
    known(ana, days=40, published=20, helped=5, level="trusted")
    decision = hide(posts[0], mia)
    assert sweeps.weigh_trust() == 1
    assert level_of(ana) == "basic"
    outcome = Decision.objects.create(
        item=decision.item, item_version=99, moderator=mo, code="overturned", target_kind="question", target_id=1
    )
    Appeal.objects.create(decision=decision, member=ana, text="It was kind.", outcome=outcome)
    User.objects.filter(pk=ana.pk).update(published_count=20)
    assert sweeps.weigh_trust() == 1
    assert level_of(ana) == "trusted"
    assert record(ana).against == []


def test_after_three_decisions_somebody_is_read_first_again(ana, mia):
    for number in range(3):
        hide(factories.make_question(ana, f"Does anyone else have this at night, number {number}?"), mia)
    known(ana, days=40, published=20, helped=5, level="trusted")
    sweeps.weigh_trust()
    assert level_of(ana) == "new"
    assert factories.make_question(ana).status == Question.Status.PENDING


def test_a_member_reads_what_is_missing(newt):
    known(newt, days=1, published=2, level="new")
    page = sign_in(newt).get("/settings/trust/").text
    assert "2 more days" in page and "1 more published post" in page
    known(newt, days=22, published=40, helped=3, level="basic")
    page = sign_in(newt).get("/settings/trust/").text
    assert "8 more days" in page and "2 more answers marked helpful" in page


# What a level lets through


def test_more_links_than_a_level_may_are_refused_and_nothing_typed_is_lost(newt, ana, question):
    newcomer, member = sign_in(newt), sign_in(ana)
    fields = ASKED | {"body": LINKS, "consent": "on", "submission_key": uuid.uuid4()}
    refused = newcomer.post("/ask/", fields)
    assert refused.status_code == 422
    assert "for now your posts can have 2" in refused.text and "https://three.example/c" in refused.text
    assert member.post("/ask/", fields).status_code == 303
    answer = {"body": LINKS, "basis": "own", "consent": "on", "submission_key": uuid.uuid4()}
    assert newcomer.post(f"/questions/{question.pk}/answer/", answer).status_code == 422
    mine = Question.objects.get(author=ana, title=ASKED["title"])
    fields = {"title": mine.title, "body": LINKS * 2, "version": mine.edits.latest("pk").pk}
    assert member.post(f"/questions/{mine.pk}/edit/", fields).status_code == 422


def test_links_to_public_health_bodies_do_not_count(newt, topic):
    body = "See https://www.nhs.uk/a and https://www.nih.gov/b and https://www.who.int/c about it, all of them."
    fields = ASKED | {"body": body, "consent": "on", "submission_key": uuid.uuid4()}
    assert sign_in(newt).post("/ask/", fields).status_code == 303


def test_who_reports_all_day_is_asked_to_wait(newt, question, monkeypatch):
    monkeypatch.setattr("accounts.trust.ALLOWANCES", {"new": trust.Allowance({}, 0, 1, False, True, True)})
    client, fields = sign_in(newt), {"reason": "unkind", "note": "It is rude to whoever asked."}
    address = f"/report/question/{question.pk}/"
    assert client.post(address, fields | {"submission_key": uuid.uuid4()}).status_code == 303
    refused = client.post(address, fields | {"submission_key": uuid.uuid4()})
    assert refused.status_code == 429 and "It is rude to whoever asked." in refused.text


def test_approval_is_never_blocked_by_the_limits_of_the_author(newt, mia, question, monkeypatch):
    held = [factories.make_question(newt, body=LINKS), factories.make_answer(newt, question, body=LINKS)]
    monkeypatch.setattr("accounts.trust.ALLOWANCES", {"new": trust.Allowance({}, 0, 0, False, True, True)})
    User.objects.filter(pk=newt.pk).update(
        silenced_until=timezone.now() + timedelta(days=7),
        suspended_until=timezone.now() + timedelta(days=7),
        must_acknowledge=True,
    )
    for post in held:
        factories.approve(post, mia)
    assert [post.status for post in held] == [Question.Status.PUBLISHED, Answer.Status.PUBLISHED]
