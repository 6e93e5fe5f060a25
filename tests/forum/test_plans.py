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
from forum.models import Answer, Comment, Edit, Follow, Question, Saved, Tag, Tagging
from tests import factories

ROWS, THREAD = 1_200, 200

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
    questions = list(Question.objects.order_by("pk")[1:401])
    Answer.objects.bulk_create(
        Answer(
            question=questions[number % 400 if number > THREAD else 0],
            basis="own",
            rank=1 + number % 7,
            **common(number),
        )
        for number in range(ROWS)
    )
    Comment.objects.bulk_create(
        Comment(question=questions[number % 400 if number > THREAD else 0], **common(number)) for number in range(ROWS)
    )
    tags = Tag.objects.bulk_create(Tag(name=name, slug=name) for name in ("often", "seldom"))
    Tagging.objects.bulk_create(
        Tagging(
            tag=tags[number % 10 == 0],
            question=question,
            topic_id=question.topic_id,
            active_at=question.active_at,
            published_at=question.published_at,
            is_answered=question.answers_count > 0,
            clinician_replied=number % 5 == 0,
            shown_to_members=True,
            shown_to_all=question.shown_to_all,
        )
        for number, question in enumerate(Question.objects.order_by("pk"))
    )
    Edit.objects.bulk_create(
        Edit(
            question=questions[number % 20],
            state="superseded",
            body="It began.",
            listed_at=now - timedelta(minutes=number),
        )
        for number in range(ROWS)
    )
    reader = User.objects.get(handle="reader")
    for mark in (Saved, Follow):
        mark.objects.bulk_create(mark(member=reader, question=question) for question in questions[:500])
    Question.objects.filter(pk__in=[one.pk for one in questions[::7]]).update(clinician_replied=True)
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


@pytest.mark.parametrize(
    ("query", "index"), [("sort=clinician", "q_clinician"), ("sort=clinician&topic=muscles-and-nerves", "q_topic_clin")]
)
def test_what_a_clinician_replied_to(long_thread, who, query, index):
    middle = cursor(Question.objects.order_by("-active_at")[ROWS // 2], "active_at")
    for place in ("", f"&after={middle}", f"&before={middle}"):
        plans = plans_of(f"/questions/?{query}{place}", who, "forum_question")
        assert read_along(plans, index, who), plans


@pytest.mark.parametrize(
    ("path", "index"),
    [
        ("/tags/often/?", "tagged_active"),
        ("/questions/?tag=often&sort=newest", "tagged_new"),
        ("/questions/?tag=often&sort=unanswered", "tagged_unanswered"),
        ("/questions/?tag=often&sort=clinician", "tagged_clinician"),
    ],
)
def test_lists_by_tag(long_thread, who, path, index):
    by = "published_at" if "newest" in path or "unanswered" in path else "active_at"
    middle = cursor(Question.objects.order_by(f"-{by}")[ROWS // 2], by)
    for place in ("", f"&after={middle}", f"&before={middle}"):
        plans = plans_of(path + place, who, "forum_tagging")
        assert read_along(plans, index, who), plans


def test_what_a_member_saved(long_thread, who):
    if who == "member":
        plans = plans_of("/questions/?sort=saved", who, "forum_saved")
        assert any("saved_newest" in plan and not sorts(plan) for plan in plans), plans


def test_what_is_new_in_what_a_member_follows(long_thread, who):
    if who == "member":
        reader = User.objects.get(handle="reader")
        for thing in ({"topic": long_thread.topic}, {"tag": Tag.objects.get(slug="seldom")}):
            Follow.objects.create(member=reader, **thing)
        middle = cursor(Question.objects.order_by("-active_at")[ROWS // 2], "active_at")
        for place in ("", f"&after={middle}", f"&before={middle}"):
            plans = plans_of(f"/questions/?sort=following{place}", who, "forum_tagging")
            assert any("q_topic_active_members" in one and "tagged_active_members" in one for one in plans), plans


def test_what_a_member_follows(long_thread, who):
    if who == "member":
        plans = plans_of("/settings/following/", who, "forum_follow")
        assert any("follow_newest" in plan and not sorts(plan) for plan in plans), plans


def test_what_a_member_is_writing(long_thread, who):
    if who == "member":
        plans = plans_of("/settings/drafts/", who, "core_draft")
        assert any("draft_newest" in plan and not sorts(plan) for plan in plans), plans


@pytest.mark.parametrize("table", ["answer", "comment"])
def test_what_a_member_may_put_back(long_thread, who, table):
    if who == "member":
        plans = plans_of("/questions/mine/", who, f"forum_{table}")
        # Where an author has few, PostgreSQL may as well read all of them.
        ways = rf"\b{table[0]}_taken_down\b" + (rf"|\bforum_{table}_author_id" * (connection.vendor == "postgresql"))
        assert any(re.search(ways, plan) for plan in plans), plans


def test_the_history_of_a_post(long_thread, who):
    middle = cursor(Edit.objects.filter(question=long_thread).order_by("-listed_at")[30], "listed_at")
    for place in ("", f"?after={middle}", f"?before={middle}"):
        plans = plans_of(f"{long_thread.history_url}{place}", who, "forum_edit")
        assert all("edit_of_question" in plan and not sorts(plan) for plan in plans), plans


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
    first = Answer.objects.first().pk
    for place in ("", f"?after=3-{first}", f"?before=3-{first}"):
        plans = plans_of(url + place, who, "forum_answer")
        assert read_along(plans, "a_page", who), plans


@pytest.mark.parametrize("path", ["{url}", "/questions/{pk}/comment/", "/questions/{pk}/comments/"])
def test_the_comments_of_a_thread(long_thread, who, path):
    """And what of the reader's own waits in it, or stands under a number."""
    url = path.format(url=long_thread.get_absolute_url(), pk=long_thread.pk)
    for table in ("forum_comment", "forum_answer"):
        whole = re.compile(rf"Seq Scan on {table}|SCAN {table}(?! USING)")
        assert not any(whole.search(plan) for plan in plans_of(url, who, table))
