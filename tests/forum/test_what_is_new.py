"""What came since somebody last looked is marked for them; on a first visit nothing is. And what they saved."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum import actions
from forum.models import Answer, Question, Saved, Visit
from tests import factories

pytestmark = pytest.mark.django_db
NEW = "New since you looked"


@pytest.fixture
def hour_ago(question) -> Question:
    """A question of an hour ago."""
    past = timezone.now() - timedelta(hours=1)
    Question.objects.filter(pk=question.pk).update(published_at=past, active_at=past)
    question.refresh_from_db()
    return question


def look(browser: Client, question: Question) -> None:
    browser.post(f"/questions/{question.pk}/seen/", {"until": timezone.now().isoformat()})


def read(browser: Client, question: Question, query: str = "") -> str:
    return browser.get(question.get_absolute_url() + query).content.decode()


def test_nothing_is_new_on_a_first_visit_nor_to_a_guest(ben, eve, question, answer, browser_of):
    assert NEW not in read(browser_of(eve), question)
    assert "/seen/" not in read(Client(), question)
    assert not Visit.objects.exists()


def test_what_others_wrote_since_is_new_and_can_be_jumped_to(ben, eve, hour_ago, browser_of):
    browser = browser_of(eve)
    look(browser, hour_ago)
    factories.make_answer(eve, hour_ago)
    assert NEW not in read(browser, hour_ago)
    answer = factories.make_answer(ben, hour_ago)
    page = read(browser, hour_ago)
    assert f'href="#answer-{answer.pk}"' in page
    assert page.count(f">{NEW}<") == 1
    assert NEW in browser.get("/questions/").content.decode()
    look(browser, hour_ago)
    comment = factories.make_comment(ben, answer)
    page = read(browser, hour_ago)
    assert f'href="#comment-{comment.pk}"' in page
    look(browser, hour_ago)
    assert "Jump to what is new" not in read(browser, hour_ago)
    assert NEW not in browser.get("/questions/").content.decode()


def test_what_is_new_on_a_later_page_is_led_to(ben, eve, hour_ago, browser_of, monkeypatch):
    monkeypatch.setattr("forum.thread.ANSWERS", 1)
    factories.make_answer(ben, hour_ago)
    look(browser_of(eve), hour_ago)
    late = factories.make_answer(ben, hour_ago)
    assert f'href="?at={late.pk}#answer-{late.pk}"' in read(browser_of(eve), hour_ago)
    actions.hide(post=Answer.objects.get(pk=late.pk))
    assert "Jump to what is new" not in read(browser_of(eve), hour_ago)


def test_what_came_while_the_page_was_open_stays_new(ben, eve, hour_ago):
    actions.visit(question=hour_ago, member=eve, until=timezone.now() - timedelta(minutes=30))
    opened = timezone.now()
    factories.make_answer(ben, hour_ago)
    hour_ago.refresh_from_db()
    actions.visit(question=hour_ago, member=eve, until=opened)
    assert Visit.objects.get().seen_at < hour_ago.active_at


@pytest.mark.parametrize("until", ["", "x", "2026-13-45T00:00:00Z", "2026-01-01", "9999-01-01T00:00:00Z"])
def test_a_visit_is_never_in_the_future(eve, hour_ago, browser_of, until):
    assert browser_of(eve).post(f"/questions/{hour_ago.pk}/seen/", {"until": until}).status_code == 303
    assert Visit.objects.get().seen_at <= timezone.now()


def test_nothing_is_written_when_nothing_came(eve, hour_ago):
    actions.visit(question=hour_ago, member=eve, until=timezone.now())
    before = Visit.objects.get().seen_at
    actions.visit(question=hour_ago, member=eve, until=timezone.now())
    assert Visit.objects.get().seen_at == before


def test_saving_twice_is_once_and_nobody_learns_of_it(ana, eve, question, browser_of):
    browser = browser_of(eve)
    for _ in range(2):
        browser.post(f"/questions/{question.pk}/save/")
    assert Saved.objects.count() == 1
    assert ">Saved</button>" in read(browser, question)
    assert ">Saved</button>" not in read(browser_of(ana), question)
    browser.post(f"/questions/{question.pk}/save/", {"undo": "1"})
    assert not Saved.objects.exists()
