"""What happened at the desk, in numbers: counted once a day, and how moderators see it."""

import re
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import forum.actions
from forum.models import Edit
from moderation import actions, appeals, figures, plots
from moderation.figures import quantile
from moderation.models import Appeal, DayFigures, Decision, Report, ReviewItem
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """It is noon for the site, so that a day begins and ends long before and after whatever is done."""
    noon = figures.midnight(figures.today()) + timedelta(hours=12)
    monkeypatch.setattr(timezone, "now", lambda: noon)


def decide(action, post, moderator, *, minutes: int = 0, **fields) -> Decision:
    """After so many minutes."""
    waited(post, minutes)
    item = item_of(post)
    action(item=item, version=item.version, moderator=moderator, **fields)
    return Decision.objects.latest("pk")


def report(post, reason="unkind") -> None:
    actions.report(thing=post, reporter=None, reason=reason, note="", contact="", submission_key=uuid.uuid4())


def waited(post, minutes: int) -> None:
    ReviewItem.objects.about(post).open().update(opened_at=timezone.now() - timedelta(minutes=minutes))


@pytest.fixture
def busy(newt, ana, ben, mia, mo, question, held):
    """A day: of six texts three wait, and a fourth is reported and hidden; one rejection is overturned on appeal."""
    mended, link = factories.make_question(newt), factories.make_question(ben, body=f"See https://x.example. {WORDS}")
    reply = factories.make_answer(ben, question)
    factories.make_comment(ana, question)
    decide(actions.approve, held, mia, minutes=4)
    decide(actions.ask_for_changes, mended, mo, minutes=9, words=WORDS)
    rejected = decide(actions.reject, link, mia, minutes=130, rule="advertising", words=WORDS)
    report(reply)
    decide(actions.hide, reply, mo, rule="unkind", words=WORDS)
    report(question, "medicine")
    decide(actions.keep, question, mia)
    said = appeals.appeal(decision=rejected, member=ben, text="It is the page of my own hospital.")
    appeals.overturn(appeal=said, moderator=mo, words="You were right.")


def counted() -> Counter[str]:
    return figures.count(figures.today()).counts


def test_a_day_is_counted_from_the_log_the_items_and_the_reports(busy):
    assert +counted() == {
        "received": 6,
        "held": 3,
        "decided:approved:": 1,
        "decided:returned:": 1,
        "decided:rejected:advertising": 1,
        "decided:hidden:unkind": 1,
        "decided:kept:": 1,
        "decided:overturned:": 1,
        "waited:1:4": 1,
        "waited:1:9": 1,
        "waited:2:130": 1,
        "waited:2:0": 1,
        "waited:4:0": 1,
        "wrong:first_post": 1,
        "right:first_post": 1,
        "right:link": 1,
        "reported:unkind": 1,
        "reported:medicine": 1,
        "settled:upheld": 1,
        "settled:dismissed": 1,
        "appealed": 1,
    }


def test_of_what_is_decided_again_only_the_first_decision_ended_the_waiting(newt, mia, held):
    decide(actions.ask_for_changes, held, mia, minutes=7, words=WORDS)
    forum.actions.edit(post=held, editor=newt, title=held.title, body=f"{held.body} It is worse when I lie down.")
    again = decide(actions.approve, held, mia, minutes=2)
    assert again.item_id != Decision.objects.earliest("pk").item_id
    assert figures.count(figures.today()).minutes(range(6)) == {7: 1, 2: 1}


def test_each_finished_day_is_counted_once_and_the_running_one_not_yet(held, mia, monkeypatch):
    decide(actions.approve, held, mia)
    assert figures.sweep() == 0
    day, now = figures.today(), timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=3))
    assert [figures.sweep(), figures.sweep()] == [3, 0]
    kept = figures.kept(day, day + timedelta(days=9))
    assert [one.many("decided") for one in kept.values()] == [1, 0, 0]
    assert kept[day].counts == figures.count(day).counts


def test_what_happens_to_rows_later_does_not_change_a_day_that_is_over(held, mia, monkeypatch):
    decide(actions.approve, held, mia)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1))
    figures.sweep()
    kept = DayFigures.objects.get().counts
    Report.objects.create(question=held, reason="unkind", submission_key=uuid.uuid4(), created_at=now)
    assert (figures.sweep(), DayFigures.objects.get().counts) == (0, kept)


def test_quantiles_are_of_whole_items():
    minutes = Counter({1: 10, 5: 9, 600: 1})
    assert [quantile(minutes, share) for share in (0.5, 0.95, 1)] == [1, 5, 600]
    assert quantile(Counter(), 0.5) is None


# How moderators see it


def test_moderators_see_how_the_desk_is_doing_and_nothing_of_anybody(busy, newt, mia, mo, ben):
    waiting = factories.make_question(newt, "Is it bad to sleep on the left side?")
    waited(waiting, 50)
    page = sign_in(mia).get("/review/figures/")
    desk = page.context["desk"]
    assert (desk.waiting, desk.oldest) == (1, item_of(waiting).opened_at)
    assert (desk.share_held, desk.share_overturned) == (57, 100)
    assert [(one.median, one.p95, one.decided) for one in desk.waits] == [
        (None, None, 0), (0, 0, 1), (0, 130, 2), (4, 9, 2),
    ]  # fmt: skip
    assert [(one.name, one.held, one.share) for one in desk.precision] == [("First post", 2, 50), ("Link", 1, 100)]
    assert (desk.decided.most, len(desk.decided.rows), desk.medians.most) == (6, 28, 4)
    main = page.text.partition("<main")[2].partition("</main>")[0]
    assert re.search(r"57 %</strong> of what was sent was held.*4 of 7 texts", main, re.DOTALL)
    for secret in (WORDS, waiting.title, *(one.handle for one in (newt, ben, mo, mia))):
        assert not re.search(rf"\b{re.escape(secret)}\b", main), secret


def test_finished_days_are_read_from_what_was_kept(mia):
    today = figures.today()
    for days_ago, many in ((1, 3), (27, 4), (28, 50)):
        counts = {"decided:approved:": many, "waited:5:2": many, "received": many, "held": many}
        DayFigures.objects.create(day=today - timedelta(days=days_ago), counts=counts)
    desk = sign_in(mia).get("/review/figures/").context["desk"]
    assert (desk.received, desk.waits[0].decided, desk.waits[0].median) == (7, 7, 2)
    assert [value for _day, value in desk.decided.rows] == [4, *[0] * 25, 3, 0]


def test_the_head_of_the_queue_leads_there(mia):
    assert 'href="/review/figures/"' in sign_in(mia).get("/review/").text


def test_what_is_counted_of_a_day_is_read_along_indexes(mia, held):
    """A busy site of some years, of which one day is looked at."""
    now = timezone.now()
    item = item_of(held)
    ReviewItem.objects.bulk_create(
        ReviewItem(
            question=held, state="closed", closed_at=now, opened_at=now - timedelta(hours=n), rules=" link ", version=9
        )
        for n in range(1, 800)
    )
    Decision.objects.bulk_create(
        Decision(
            item=item,
            item_version=10 + n,
            moderator=mia,
            code="approved",
            target_kind="question",
            target_id=held.pk,
            made_at=now - timedelta(hours=n),
        )
        for n in range(1, 800)
    )
    Report.objects.bulk_create(
        Report(
            question=held,
            reason="unkind",
            state="dismissed",
            submission_key=uuid.uuid4(),
            created_at=now - timedelta(hours=n),
            settled_at=now - timedelta(hours=n),
        )
        for n in range(1, 800)
    )
    Edit.objects.bulk_create(
        Edit(question=held, state="superseded", created_at=now - timedelta(hours=n)) for n in range(1, 800)
    )
    decisions = Decision.objects.order_by("pk")[:800]
    Appeal.objects.bulk_create(
        Appeal(decision=one, outcome=one, member=mia, made_at=now - timedelta(hours=n))
        for n, one in enumerate(decisions)
    )
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for way in ("sort", "bitmapscan", "seqscan", "hashjoin", "mergejoin"):
                db.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connection) as asked:
        figures.count(figures.today() - timedelta(days=20))
    assert len(asked) == 7
    with connection.cursor() as db:
        plans = []
        for one in asked:
            explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
            db.execute(explain + one["sql"])
            plans.append(" ".join(str(row) for row in db.fetchall()))
    by_day = ("edit_by_day", "review_item_by_day", "appeal_by_day", "report_by_day", "report_settled_by_day")
    for index in (*by_day, "decision_newest"):
        assert any(index in plan for plan in plans), (index, plans)


# Plots


def test_bars_stand_on_the_ground_and_the_highest_fills_the_plot():
    drawn = plots.bars({date(2026, 3, 1): 2, date(2026, 3, 2): 4, date(2026, 3, 3): 0})
    assert [(bar.y, bar.height) for bar in drawn.bars] == [(50, 50), (0, 100), (100, 0)]
    assert [bar.x for bar in drawn.bars] == [10, 110, 210]
    assert plots.bars({date(2026, 3, 1): 0}).bars[0].height == 0


def test_a_day_without_a_value_has_no_bar_and_keeps_its_place():
    drawn = plots.bars({date(2026, 3, 1): 10, date(2026, 3, 2): None, date(2026, 3, 3): 5})
    assert [(bar.x, bar.height) for bar in drawn.bars] == [(10, 100), (210, 50)]
    assert drawn.most == 10
