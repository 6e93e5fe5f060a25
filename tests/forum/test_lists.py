"""The lists of questions: in the order that was asked for, page by page, and nothing in them that is not shown."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from core.pagination import cursor
from forum import actions, lists
from forum.models import Follow, Question, Saved
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def topics():
    above = factories.make_topic("Muscles")
    return above, factories.make_topic("Calves", parent=above), factories.make_topic("Sleep")


@pytest.fixture
def three(ana, topics) -> list[Question]:
    """One in each topic, the oldest first."""
    questions = [factories.make_question(ana, topic=topic) for topic in topics]
    for age, question in enumerate(reversed(questions)):
        at = timezone.now() - timedelta(days=age)
        Question.objects.filter(pk=question.pk).update(published_at=at, active_at=at)
    return questions


def listed(query: str, questions: list[Question], client: Client | None = None) -> list[Question]:
    response = (client or Client()).get(f"/questions/{query}")
    assert response.status_code == 200
    page = response.content.decode()
    found = [question for question in questions if f'id="question-{question.pk}"' in page]
    return sorted(found, key=lambda question: page.index(f'id="question-{question.pk}"'))


def test_the_newest_come_first(three):
    assert listed("?sort=newest", three) == three[::-1]


def test_an_answer_makes_a_question_active(ben, three):
    factories.make_answer(ben, three[0])
    assert listed("", three) == [three[0], three[2], three[1]]
    assert listed("?sort=newest", three) == three[::-1]


def test_a_comment_makes_a_question_active(ben, three):
    factories.make_comment(ben, three[1])
    assert listed("?sort=active", three)[0] == three[1]


def test_unanswered_are_those_without_an_answer_that_everybody_sees(ben, newt, mia, three):
    factories.make_answer(ben, three[0])
    factories.make_answer(ben, three[1], "Hang in there, it passes.", basis="support")
    held = factories.make_answer(newt, three[2])
    assert listed("?sort=unanswered", three) == [three[2], three[1]]
    factories.approve(held, mia)
    assert listed("?sort=unanswered", three) == [three[1]]
    actions.hide(post=held)
    assert listed("?sort=unanswered", three) == [three[2], three[1]]


def test_a_topic_holds_its_parts(three):
    assert listed("?topic=calves", three) == [three[1]]
    assert listed("?topic=muscles", three) == [three[1], three[0]]


@pytest.mark.parametrize("sort", [lists.ACTIVE, lists.NEWEST, lists.UNANSWERED])
@pytest.mark.parametrize("how_many", [0, 1, 2])
def test_every_question_is_on_exactly_one_page(ana, topics, sort, how_many):
    questions = [factories.make_question(ana, topic=topics[number % 2]) for number in range(7)]
    same_time = timezone.now()
    Question.objects.filter(pk__in=[question.pk for question in questions[:4]]).update(
        active_at=same_time, published_at=same_time
    )
    wanted = {question.pk for question in questions if not how_many or question.topic in topics[:how_many]}
    found, after, pages = [], "", []
    while True:
        page = lists.questions(ana, sort=sort, topics=topics[:how_many], after=after, size=3)
        found += [question.pk for question in page.items]
        assert page.is_first == (after == "")
        pages.append([question.pk for question in page.items])
        if not (after := page.next_cursor):
            break
    assert len(found) == len(set(found))
    assert set(found) == wanted
    assert len(pages) == -(-len(wanted) // 3)
    # And back, over the same pages.
    for number in reversed(range(len(pages) - 1)):
        page = lists.questions(ana, sort=sort, topics=topics[:how_many], before=page.previous_cursor, size=3)
        assert [question.pk for question in page.items] == pages[number]
        assert page.next_cursor
        assert page.is_first == (number == 0) == (page.previous_cursor == "")
    by = lists.ORDERS[sort]
    assert found == list(Question.objects.filter(pk__in=found).order_by(f"-{by}", "-pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    "query",
    [
        "?sort=best",
        "?topic=nothing",
        "?after=x",
        "?after=99999999999999999999-1",
        "?before=1",
        "?tag=nothing",
        "?sort=&topic=&after=",
        "?%00",
    ],
)
def test_what_is_asked_wrongly_is_left_out(three, query):
    assert listed(query, three) == three[::-1]


def test_only_what_is_shown_is_listed(ana, newt, eve, three, browser_of):
    held = factories.make_question(newt)
    members_only = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    actions.hide(post=three[0])
    questions = [*three, held, members_only]
    assert set(listed("", questions)) == {three[1], three[2]}
    assert set(listed("", questions, browser_of(eve))) == {three[1], three[2], members_only}
    assert set(listed("", questions, browser_of(newt))) == {three[1], three[2], members_only}


def test_a_row_says_what_became_of_it(ana, ben, cleo, eve):
    question = factories.make_question(ana)
    helped = factories.make_answer(ben, question)
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    actions.mark_helped(answer=helped)
    actions.mark_same(question=question, member=eve)
    page = Client().get("/questions/").content.decode()
    for words in ("answers", "1 helped the asker", "a clinician replied", "1 has this too"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Nobody has asked so far"),
        ("?sort=unanswered", "Nothing waits for an answer"),
        ("?topic=sleep", "/ask/?topic=sleep"),
        ("?after=1-1", "That was all."),
    ],
)
def test_an_empty_list_says_what_to_do(client, topics, query, words):
    assert words in client.get(f"/questions/{query}").content.decode()


def test_the_next_page_keeps_what_was_asked_for(ana, topics, client):
    for _ in range(21):
        factories.make_question(ana, topic=topics[2])
    page = client.get("/questions/?sort=newest&topic=sleep").content.decode()
    assert 'href="?sort=newest&amp;topic=sleep&amp;after=' in page


def test_what_a_clinician_replied_to(ben, cleo, three):
    factories.make_answer(ben, three[0])
    reply = factories.make_answer(cleo, three[1], basis="clinician", credential=cleo.credentials.get())
    assert listed("?sort=clinician", three) == [three[1]]
    actions.hide(post=reply)
    assert listed("?sort=clinician", three) == []


def test_a_members_own_lists_are_for_members(three, ana, eve, browser_of):
    Follow.objects.create(member=eve, question=three[1])
    Saved.objects.create(member=eve, question=three[0])
    Saved.objects.create(member=eve, question=three[2])
    assert listed("?sort=following", three, browser_of(eve)) == [three[1]]
    assert listed("?sort=following", three, browser_of(ana)) == three[::-1]
    assert listed("?sort=saved", three, browser_of(eve)) == [three[2], three[0]]
    assert listed("?sort=saved&topic=muscles", three, browser_of(eve)) == [three[0]]
    actions.hide(post=three[2])
    assert listed("?sort=saved", three, browser_of(eve)) == [three[0]]
    assert Client().get("/questions/?sort=saved").headers["Location"].startswith("/accounts/login/")


def test_whatever_is_in_a_topic_or_has_a_tag_that_one_follows_is_listed_once(three, ben, eve, browser_of):
    above = factories.make_topic("Body")
    arms = factories.make_topic("Arms", parent=above)
    in_part = factories.make_question(ben, topic=arms, tags="Coffee")
    tagged = factories.make_question(ben, topic=factories.make_topic("Legs"), tags="Coffee")
    factories.make_question(ben, topic=factories.make_topic("Legs"))
    for thing in (three[1], in_part, above, tagged.tags.get()):
        actions.follow(thing=thing, member=eve)
    everything = [*three, in_part, tagged]
    assert listed("?sort=following", everything, browser_of(eve)) == [tagged, in_part, three[1]]
    assert listed("?sort=following&tag=coffee&topic=arms", everything, browser_of(eve)) == [in_part]
    middle = cursor(Question.objects.get(pk=in_part.pk), "active_at")
    assert listed(f"?sort=following&after={middle}", everything, browser_of(eve)) == [three[1]]
    assert listed(f"?sort=following&before={middle}", everything, browser_of(eve)) == [tagged]


def test_what_is_pinned_is_on_top_of_its_topic_for_a_while(three):
    Question.objects.filter(pk=three[0].pk).update(pinned_until=timezone.now() + timedelta(days=1))
    for path in ("/topics/muscles/", "/questions/?topic=muscles"):
        page = Client().get(path).content.decode()
        assert page.count("Pinned") == 1
        assert page.count(f'id="question-{three[0].pk}"') == 1
        assert page.index(three[0].title) < page.index(three[1].title)
    Question.objects.filter(pk=three[0].pk).update(pinned_until=timezone.now() - timedelta(days=1))
    assert "Pinned" not in Client().get("/topics/muscles/").content.decode()
