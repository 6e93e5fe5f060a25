"""The start page and the pages of topics."""

import pytest
from django.test import Client

from forum import actions
from forum.models import Question
from tests import factories

pytestmark = pytest.mark.django_db


def read(url: str, client: Client | None = None) -> str:
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_site_has_a_start_page():
    assert "You can be the first." in read("/")


def test_the_start_page_shows_what_there_is(article, question, answer, ana):
    waiting = factories.make_question(ana, "Does cold water stop hiccups for good?")
    page = read("/")
    for words in ("What are you looking for?", article.live.title, question.title, waiting.title, "<b>1</b> answer"):
        assert words in page
    assert page.count(waiting.title) == 2
    assert page.count(question.title) == 1


def test_the_start_page_has_one_search_field():
    assert read("/").count('type="search"') == 1


def test_the_start_page_names_the_topics_of_the_upper_level(topic):
    below = factories.make_topic("Calves", parent=topic)
    page = read("/")
    assert topic.get_absolute_url() in page
    assert below.get_absolute_url() not in page


def test_a_topic_shows_its_articles_parts_and_questions(article, question, topic, ana):
    below = factories.make_topic("Calves", parent=topic)
    inner = factories.make_question(ana, "What helps against cramps in the calves?", topic=below)
    page = read(topic.get_absolute_url())
    for words in (topic.name, article.live.title, question.title, inner.title, below.get_absolute_url()):
        assert words in page
    assert f'href="/ask/?topic={topic.slug}"' in page


def test_a_part_of_a_topic_leads_up(topic):
    below = factories.make_topic("Calves", parent=topic)
    assert f'href="{topic.get_absolute_url()}"' in read(below.get_absolute_url())


def test_a_topic_without_anything_asks_for_the_first_question():
    assert "You can be the first." in read(factories.make_topic("Hiccups").get_absolute_url())


def test_only_what_is_shown_is_there(ana, newt, eve, topic, ed, browser_of):
    held = factories.make_question(newt, topic=topic)
    members_only = factories.make_question(ana, topic=topic, audience=Question.Audience.MEMBERS)
    hidden = factories.make_question(ana, topic=topic)
    actions.hide(post=hidden)
    draft = factories.make_draft(ed, "A draft about hiccups", topic=topic)
    for url in ("/", topic.get_absolute_url()):
        for page in (read(url), read(url, browser_of(eve)), read(url, browser_of(newt))):
            assert not any(title in page for title in (held.title, hidden.title, draft.title))
        assert members_only.title not in read(url)
        assert members_only.title in read(url, browser_of(eve))


@pytest.mark.parametrize("slug", ["nothing", "x" * 300, "%00", "-"])
def test_an_unknown_topic_is_missing(client, slug):
    assert client.get(f"/topics/{slug}/").status_code == 404


@pytest.mark.parametrize("url", ["/", "/questions/", "/topics/muscles-and-nerves/", "/members/ana/"])
def test_a_guest_gets_no_cookie_and_no_token(client, question, url):
    response = client.get(url)
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.content.decode()
