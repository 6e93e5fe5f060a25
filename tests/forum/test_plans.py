"""Hot lists cost what they show: each is read along its own partial index, sorted by nobody and counted by nobody."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from core.pagination import cursor
from forum.models import Answer, Comment, Question
from tests import factories

ROWS, THREAD = 3_000, 200

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("who", ["guest", "member"])]


@pytest.fixture(scope="module")
def long_thread(django_db_setup, django_db_blocker) -> Iterator[Question]:
    """A question with a long thread, among enough rows for an index to be worth its while."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield fill()
        transaction.set_rollback(True)


def fill() -> Question:
    names = ("writer", "reader", "somebody")
    writer, _, somebody = (factories.make_user(name) for name in names)
    topic = factories.make_topic("Muscles and nerves")
    now = timezone.now()
    others = [factories.make_topic(f"Other {number}") for number in range(39)]

    def common(number: int) -> dict:
        at = now - timedelta(minutes=number)
        return {
            "author": (writer, somebody)[number % 50 != 0],
            "body": "It began some days ago.",
            "status": "published",
            "created_at": at,
            "published_at": at,
            "submission_key": uuid.uuid4(),
            "shown_to_members": True,
            "shown_to_all": number % 20 != 0,
        }

    Question.objects.bulk_create(
        Question(
            title=f"Question {number}",
            topic=[topic, *others][number % 40],
            active_at=now - timedelta(minutes=number),
            answers_count=number % 3,
            audience="public" if number % 20 else "members",
            **common(number),
        )
        for number in range(ROWS)
    )
    questions = list(Question.objects.order_by("pk")[1:1001])
    Answer.objects.bulk_create(
        Answer(
            question=questions[number % 1000 if number > THREAD else 0],
            basis="own",
            rank=1 + number % 7,
            **common(number),
        )
        for number in range(ROWS)
    )
    Comment.objects.bulk_create(
        Comment(question=questions[number % 1000 if number > THREAD else 0], **common(number)) for number in range(ROWS)
    )
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # Among so few rows it would rather sort; here it shows whether it can do without.
            for way in ("sort", "bitmapscan", "seqscan"):
                db.execute(f"SET LOCAL enable_{way} = off")
    return questions[0]


def plans_of(url: str, who: str, table: str) -> list[str]:
    """How the database reads `table` for this page, a plan for each statement."""
    client = Client()
    if who == "member":
        client.force_login(User.objects.get(handle="reader"))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    statements = [query["sql"] for query in captured if re.search(rf'FROM \(?.*"{table}"', query["sql"])]
    assert all("COUNT(" not in statement for statement in statements)
    return [plan(statement) for statement in statements]


def plan(statement: str) -> str:
    with connection.cursor() as db:
        db.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
        return "\n".join(str(row[-1]) for row in db.fetchall())


def sorts(plan: str) -> bool:
    return "TEMP B-TREE" in plan or re.search(r"\bSort\b", plan) is not None


def read_along(plans: list[str], index: str, who: str) -> bool:
    name = f"{index}_{'all' if who == 'guest' else 'members'}"
    return any(re.search(rf"\b{name}\b", plan) and not sorts(plan) for plan in plans)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "q_active"),
        ("sort=newest", "q_new"),
        ("sort=unanswered", "q_unanswered"),
        ("topic=muscles-and-nerves", "q_topic_active"),
        ("sort=newest&topic=muscles-and-nerves", "q_topic_new"),
        ("sort=unanswered&topic=muscles-and-nerves", "q_topic_unansw"),
    ],
)
def test_lists_of_questions(long_thread, who, query, index):
    by = "published_at" if "sort" in query else "active_at"
    middle = cursor(Question.objects.order_by(f"-{by}")[ROWS // 2], by)
    for place in ("", f"&after={middle}"):
        plans = plans_of(f"/questions/?{query}{place}", who, "forum_question")
        assert read_along(plans, index, who), plans


def test_the_start_page(long_thread, who):
    plans = plans_of("/", who, "forum_question")
    assert read_along(plans, "q_active", who), plans
    assert read_along(plans, "q_unanswered", who), plans


def test_a_topic(long_thread, who):
    plans = plans_of("/topics/muscles-and-nerves/", who, "forum_question")
    assert read_along(plans, "q_topic_active", who), plans


def test_a_topic_with_parts_reads_the_beginning_of_each(long_thread, who):
    topic = factories.make_topic("Muscles and nerves")
    factories.Topic.objects.filter(slug__in=["other-0", "other-1"]).update(parent=topic)
    plans = plans_of("/topics/muscles-and-nerves/", who, "forum_question")
    name = f"q_topic_active_{'all' if who == 'guest' else 'members'}"
    assert any(plan.count(name) == 3 for plan in plans), plans


@pytest.mark.parametrize(("query", "table", "index"), [("", "question", "q_by"), ("?show=answers", "answer", "a_by")])
def test_what_a_member_wrote(long_thread, who, query, table, index):
    plans = plans_of(f"/members/writer/{query}", who, f"forum_{table}")
    assert read_along(plans, index, who), plans


def test_a_long_thread(long_thread, who):
    url = long_thread.get_absolute_url()
    for place in ("", f"?after=3-{Answer.objects.first().pk}"):
        plans = plans_of(url + place, who, "forum_answer")
        assert read_along(plans, "a_page", who), plans


@pytest.mark.parametrize("path", ["{url}", "/questions/{pk}/comment/"])
def test_the_comments_of_a_thread(long_thread, who, path):
    """And what of the reader's own waits in it, or stands under a number."""
    url = path.format(url=long_thread.get_absolute_url(), pk=long_thread.pk)
    for table in ("forum_comment", "forum_answer"):
        whole = re.compile(rf"Seq Scan on {table}|SCAN {table}(?! USING)")
        assert not any(whole.search(plan) for plan in plans_of(url, who, table))
