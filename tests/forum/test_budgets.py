"""How many statements a page may cost, whatever its size: 8 for guests, 12 for people signed in."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum import actions
from forum.models import Question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def big(ana, ben, cleo, newt, article, topic) -> Question:
    """A long thread in a topic with parts, in which the reader, a clinician, has posts that are not shown."""
    for name in ("Calves", "Hands", "Eyelids", "Ribs"):
        factories.make_question(ben, topic=factories.make_topic(name, parent=topic))
    question = factories.make_question(ana, article=article, topic=topic)
    writers = [factories.make_user() for _ in range(5)]
    for number in range(30):
        author = writers[number % 5]
        answer = factories.make_answer(author, question, basis="support" if number % 5 == 0 else "own")
        factories.make_comment(author, answer)
        factories.make_comment(author, question)
    actions.mark_same(question=question, member=cleo)
    for basis in ("own", "carer"):
        actions.hide(post=factories.make_answer(cleo, question, basis=basis))
    type(cleo).objects.filter(pk=cleo.pk).update(trust="new")
    cleo.refresh_from_db()
    factories.make_answer(cleo, question)
    factories.make_comment(cleo, question)
    return question


PAGES = [
    "/",
    "/questions/",
    "/questions/?sort=unanswered&topic=muscles-and-nerves",
    "/topics/muscles-and-nerves/",
    "/members/ana/",
    "/members/ben/?show=answers",
    "{question}",
    "{question}?after=1-1",
    "/questions/{pk}/answer/",
    "/questions/{pk}/comment/",
    "/questions/{pk}/similar/",
    "/answers/{answer}/comment/",
]


def statements_of(client: Client, url: str) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [one["sql"] for one in captured if one["sql"].startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize(("who", "budget"), [("guest", 8), ("cleo", 12)])
def test_every_page_keeps_to_its_budget(big, cleo, browser_of, who, budget):
    client = browser_of(cleo) if who == "cleo" else Client()
    urls = [url.format(question=big.get_absolute_url(), pk=big.pk, answer=big.answers.first().pk) for url in PAGES]
    over = {url: asked for url in urls if len(asked := statements_of(client, url)) > budget}
    assert over == {}


def test_pages_cost_the_same_when_more_is_written(big, ben):
    urls = [big.get_absolute_url(), "/questions/", "/", "/members/ben/"]
    before = [len(statements_of(Client(), url)) for url in urls]
    for _ in range(5):
        factories.make_comment(ben, factories.make_answer(factories.make_user(), big))
        factories.make_question(ben)
    assert [len(statements_of(Client(), url)) for url in urls] == before
