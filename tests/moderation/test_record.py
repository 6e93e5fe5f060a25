"""The whole log of decisions: searched by moderators, and taken along as a table by senior moderators."""

import csv
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from moderation import actions, record
from moderation.models import Decision
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


def decide(action, post, moderator, **fields) -> Decision:
    item = item_of(post)
    action(item=item, version=item.version, moderator=moderator, **fields)
    return Decision.objects.latest("pk")


@pytest.fixture
def log(held, newt, mia, mo) -> list[Decision]:
    """Approved by mia, sent back by mo, rejected by mia as advertising."""
    second, third = factories.make_question(newt), factories.make_question(newt)
    return [
        decide(actions.approve, held, mia),
        decide(actions.ask_for_changes, second, mo, words=WORDS),
        decide(actions.reject, third, mia, rule="advertising", words=WORDS),
    ]


def shown(reader, /, **asked) -> list[int]:
    return [one.pk for one in sign_in(reader).get("/review/log/", asked).context["page"].items]


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(response.getvalue().decode().splitlines()))


def test_the_log_is_narrowed_down_by_who_what_why_and_when(log, mia):
    approved, returned, rejected = (one.pk for one in log)
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    for asked, found in [
        ({}, [rejected, returned, approved]),
        ({"moderator": "mia"}, [rejected, approved]),
        ({"moderator": "@MO"}, [returned]),
        ({"code": "returned"}, [returned]),
        ({"rule": "advertising"}, [rejected]),
        ({"moderator": "mo", "rule": "advertising"}, []),
        ({"since": yesterday, "until": tomorrow}, [rejected, returned, approved]),
        ({"since": tomorrow + timedelta(days=1)}, []),
        ({"until": yesterday - timedelta(days=1)}, []),
    ]:
        assert shown(mia, **asked) == found, asked


def test_the_last_day_that_is_asked_for_counts_to_its_end(mia, newt, held):
    item = item_of(held)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    made = [
        Decision.objects.create(
            item=item, item_version=50 + n, moderator=mia, code="kept", target_kind="question", target_id=1, made_at=at
        )
        for n, at in enumerate([midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=1)])
    ]
    day = timezone.localdate()
    assert shown(mia, since=day, until=day) == [made[1].pk]


def test_what_is_asked_for_wrongly_is_said_and_kept(log, mia):
    for asked, sentence in [
        ({"moderator": "nobody-here"}, "Nobody here has this handle."),
        ({"since": "yesterday"}, "Enter a valid date."),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "This is before the day that it begins with."),
        ({"code": "burnt"}, "burnt is not one of the available choices."),
    ]:
        answer = sign_in(mia).get("/review/log/", asked)
        assert (answer.status_code, sentence in answer.text) == (200, True), asked
    assert 'value="nobody-here"' in sign_in(mia).get("/review/log/", {"moderator": "nobody-here"}).text


def test_page_after_page_shows_everything_once_and_keeps_what_was_asked_for(log, mia, monkeypatch):
    monkeypatch.setattr(record, "SHOWN", 1)
    page = sign_in(mia).get("/review/log/", {"moderator": "mia"})
    assert f"moderator=mia&amp;after={page.context['page'].next_cursor}" in page.text
    assert shown(mia, moderator="mia", after=page.context["page"].next_cursor) == [log[0].pk]


def test_the_log_shows_no_text_and_nobody_without_their_name(newt, held, mia):
    nameless = factories.make_question(newt, "May I say it at work?", anonymous=True)
    decide(actions.approve, nameless, mia)
    decide(actions.ask_for_changes, held, mia, words=WORDS)
    desk = sign_in(mia)
    mia.is_senior_moderator = True
    mia.save()
    for text in (desk.get("/review/log/").text, desk.get("/review/log/csv/").getvalue().decode()):
        assert f"{nameless.pk}" in text
        for secret in (WORDS, held.title, nameless.title, newt.handle):
            assert secret not in text, secret


def test_nobody_learns_who_decided_about_their_own_post(log, mia, mo):
    mine = factories.make_question(mia)
    actions.report(thing=mine, reporter=None, reason="advertising", note="", contact="", submission_key=uuid.uuid4())
    kept = decide(actions.keep, mine, mo)
    assert kept.pk not in shown(mia)
    assert kept.pk in shown(mo)


def test_what_the_log_names_may_be_gone(held, mia):
    gone = Decision.objects.create(
        item_id=987_654, item_version=1, moderator_id=987_654, code="warned", rule="unkind", target_kind="member",
        target_id=987_654,
    )  # fmt: skip
    answer = sign_in(mia).get("/review/log/")
    assert gone in answer.context["page"].items
    assert "a moderator who has left" in answer.text
    assert "/review/987654/" not in answer.text


# As a table


def test_senior_moderators_and_administrators_take_it_along(log, mia, boss):
    assert "csv" not in sign_in(mia).get("/review/log/").text.lower()
    refusal = sign_in(mia).get("/review/log/csv/")
    assert (refusal.status_code, "Only senior moderators" in refusal.text) == (403, True)
    mia.is_senior_moderator = True
    mia.save()
    for who in (mia, boss):
        answer = sign_in(who).get("/review/log/csv/", {"moderator": "mia"})
        assert answer.streaming
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        assert [(row["decision"], row["code"], row["rule"], row["moderator"]) for row in rows(answer)] == [
            (str(log[2].pk), "rejected", "advertising", "mia"),
            (str(log[0].pk), "approved", "", "mia"),
        ]
    assert "/review/log/csv/?rule=advertising" in sign_in(boss).get("/review/log/?rule=advertising").text


def test_what_is_asked_for_wrongly_is_no_table(log, boss):
    answer = sign_in(boss).get("/review/log/csv/?since=yesterday")
    assert (answer.status_code, answer["Location"]) == (303, "/review/log/?since=yesterday")


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(begins):
    assert record.as_cell(f"{begins}1+1") == f"'{begins}1+1"
    assert record.as_cell("1-1") == "1-1"


# However long it is


def test_the_log_is_read_along_its_indexes(mia, mo, held):
    item, now = item_of(held), timezone.now()
    about = {"item": item, "target_kind": "question", "target_id": held.pk}
    Decision.objects.bulk_create(
        Decision(
            **about,
            item_version=10 + n,
            moderator=mia if n % 50 == 1 else mo,
            code="rejected" if n % 50 == 0 else "approved",
            rule="unkind" if n % 50 == 0 else "",
            made_at=now - timedelta(minutes=n),
        )
        for n in range(3_000)
    )
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for way in ("sort", "bitmapscan", "seqscan", "hashjoin", "mergejoin"):
                db.execute(f"SET LOCAL enable_{way} = off")
    for asked, index in [
        ({}, "decision_newest"),
        ({"moderator": mia}, "decision_by_moderator"),
        ({"code": "rejected"}, "decision_by_code"),
        ({"rule": "unkind"}, "decision_by_rule"),
    ]:
        read = record.decisions(mia, asked).order_by("-made_at", "-pk")[:51].explain()
        assert index in read, (asked, read)
