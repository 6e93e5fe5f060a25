"""Following: who may follow what, once and back; nobody else learns of it, and what is gone has no name in the list."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Topic
from forum import actions, rules
from forum.models import Follow, Question
from forum.privacy import erase, export
from tests import factories

FRAGMENT = {"HX-Request": "true"}
LIST = "/settings/following/"

pytestmark = pytest.mark.django_db


def button(kind: str, key: object) -> str:
    return reverse("forum:follow", kwargs={"kind": kind, "key": key})


@pytest.fixture
def tagged(ben, topic) -> Question:
    return factories.make_question(ben, topic=topic, tags="Coffee")


def test_everything_that_may_be_followed_is_followed_once_and_no_longer(
    browser_of, eve, ben, question, topic, article, tagged
):
    member = browser_of(eve)
    for kind, thing, key in (
        ("question", question, question.pk),
        ("topic", topic, topic.slug),
        ("tag", tagged.tags.get(), "coffee"),
        ("article", article, article.slug),
        ("person", ben, ben.handle),
    ):
        for fields, count in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
            response = member.post(button(kind, key), fields)
            assert (response.status_code, response["Location"]) == (303, thing.get_absolute_url())
            assert Follow.objects.about(kind, thing.pk).filter(member=eve).count() == count
        assert "Follow: " in member.get(button(kind, key)).content.decode()


def test_the_button_says_on_the_page_that_one_follows(browser_of, eve, ben, question, topic, tagged):
    for kind, thing, key in (
        ("question", question, question.pk),
        ("topic", topic, topic.slug),
        ("tag", tagged.tags.get(), "coffee"),
        ("person", ben, ben.handle),
    ):
        pressed = f'id="follow-button-{kind}-{key}" aria-pressed="true"'
        assert pressed not in browser_of(eve).get(thing.get_absolute_url()).content.decode()
        actions.follow(thing=thing, member=eve)
        assert pressed in browser_of(eve).get(thing.get_absolute_url()).content.decode()


def test_the_button_changes_in_its_place(browser_of, eve, question):
    part = browser_of(eve).post(button("question", question.pk), headers=FRAGMENT).content.decode()
    assert part.strip().startswith(f'<div id="follow-question-{question.pk}">')
    assert 'aria-pressed="true"' in part and 'name="undo"' in part


def test_who_is_not_signed_in_is_led_there_and_back(question, article):
    guest = Client()
    for thing in (question, article):
        page = guest.get(thing.get_absolute_url()).content.decode()
        assert f'href="/accounts/login/?next={thing.get_absolute_url()}" rel="nofollow">Follow</a>' in page
    response = guest.post(button("question", question.pk), headers={"Referer": "http://testserver/questions/"})
    assert response["Location"] == "/accounts/login/?next=%2Fquestions%2F"


def test_nobody_follows_themselves_or_their_own_question(browser_of, ana, question):
    for kind, key, sentence in (("person", "ana", "This is you."), ("question", question.pk, "your own question")):
        response = browser_of(ana).post(button(kind, key))
        assert response.status_code == 403 and sentence in response.content.decode()
    assert f"follow-question-{question.pk}" not in browser_of(ana).get(question.get_absolute_url()).content.decode()


def test_a_thousand_are_enough(browser_of, eve, topic, question):
    topics = Topic.objects.bulk_create(Topic(name=f"T {n}", slug=f"t-{n}") for n in range(rules.FOLLOWS))
    Follow.objects.bulk_create(Follow(member=eve, topic=one) for one in topics)
    response = browser_of(eve).post(button("question", question.pk))
    assert response.status_code == 403 and "You follow 1,000 things" in response.content.decode()
    assert browser_of(eve).post(button("topic", "t-0"), {"undo": "1"}).status_code == 303
    assert browser_of(eve).post(button("question", question.pk)).status_code == 303


def test_the_list_ends_what_one_follows_and_does_not_name_what_is_gone(browser_of, eve, ben, question, topic):
    for thing in (question, topic):
        actions.follow(thing=thing, member=eve)
    actions.hide(post=question)
    page = browser_of(eve).get(LIST).content.decode()
    assert question.title not in page and "Something that is no longer shown" in page and topic.name in page
    gone = eve.follows.get(question=question)
    assert browser_of(ben).post(LIST, {"follow": gone.pk}).status_code == 303
    assert eve.follows.count() == 2
    assert browser_of(eve).post(f"{LIST}?kind=question", {"follow": gone.pk})["Location"] == f"{LIST}?kind=question"
    assert [follow.topic for follow in eve.follows.all()] == [topic]


def test_what_one_follows_is_given_and_forgotten_with_the_rest(eve, ben, question, topic):
    for thing in (question, topic, ben):
        actions.follow(thing=thing, member=eve)
    actions.follow(thing=eve, member=ben)
    told = export(eve)["following"]
    assert [(one["kind"], one["what"]) for one in told] == [
        ("question", question.title),
        ("topic", topic.name),
        ("person", ben.name),
    ]
    erase(eve)
    assert not Follow.objects.exists()
