"""A question that was answered before: who is told, how sure we are, and where one press leads."""

import pytest
from django.test import Client

import accounts.actions
from forum import actions
from forum.models import Question
from tests import factories

pytestmark = pytest.mark.django_db

TITLE = "Is stomach twitching after a stomach bug normal?"
AGAIN = "Is stomach twitching after a stomach bug normal, please?"


@pytest.fixture
def question(ana, ben, topic) -> Question:
    question = factories.make_question(ana, TITLE, topic=topic)
    factories.make_answer(ben, question)
    return question


@pytest.fixture
def again(question, eve, topic) -> Question:
    """The same question once more; the first one has been answered."""
    again = factories.make_question(eve, AGAIN, topic=topic)
    factories.find_neighbours()
    return again


def page(question: Question, user=None) -> str:
    client = Client()
    if user:
        client.force_login(user)
    return client.get(question.get_absolute_url()).text


def scores(question: Question, user) -> str:
    client = Client()
    client.force_login(user)
    return client.get(f"/questions/{question.pk}/similar/?scores=yes", headers={"HX-Request": "true"}).text


def closing(again: Question, question: Question) -> str:
    return f'href="/review/question/{again.pk}/?to=question-{question.pk}#chosen"'


def test_members_are_led_to_the_answers_and_moderators_to_closing_it(question, again, ben, mia):
    line = f'This may already be answered: <a href="{question.get_absolute_url()}">'
    assert line in page(again, ben)
    assert closing(again, question) not in page(again, ben)
    assert closing(again, question) in page(again, mia)
    assert line.partition(":")[0] not in page(again)


def test_one_press_and_the_existing_page_closes_it(settings, question, again, mia):
    settings.REQUIRE_STAFF_MFA = False
    client = Client()
    client.force_login(mia)
    chosen = client.get(f"/review/question/{again.pk}/?to=question-{question.pk}").text
    assert f'name="target" value="{question.pk}"' in chosen
    fields = {"way": "duplicate", "as_seen": again.standing, "target": question.pk}
    assert client.post(f"/review/question/{again.pk}/", fields).status_code == 303
    assert "may already be answered" not in page(again, mia)
    assert closing(again, question) not in scores(again, mia)


def test_nobody_is_led_from_the_answered_one_to_what_leads_to_it(question, again, ben, mia):
    factories.make_answer(ben, again)
    factories.find_neighbours()
    assert "may already be answered" in page(question, ben)
    again.refresh_from_db()
    actions.close_as_duplicate(question=again, target=question, as_seen=again.standing)
    assert "may already be answered" not in page(question, ben)
    assert AGAIN in scores(question, mia)
    assert "May be answered already" not in scores(question, mia)


def test_moderators_are_told_how_sure_it_is_and_others_are_not(question, again, ben, mia):
    told = scores(again, mia)
    assert "Probably the same question" in told
    assert "likeness 9" in told
    assert closing(again, question) in told
    assert told.count(question.get_absolute_url()) == 1
    assert "likeness" not in scores(again, ben)


def test_what_waits_is_compared_too_and_cannot_be_closed_yet(question, again, newt, mia):
    held = factories.make_question(newt, AGAIN)
    assert held.is_held
    told = scores(held, mia)
    assert "Probably the same question" in told
    assert "once it is published" in told
    assert "/review/question/" not in told
    assert "likeness" not in scores(held, newt)


@pytest.mark.parametrize("change", ["hidden", "unanswered", "muted"])
def test_what_is_not_there_any_more_is_not_offered_though_the_worker_has_not_come(question, again, ana, mia, change):
    if change == "hidden":
        actions.hide(post=question)
    elif change == "unanswered":
        actions.hide(post=question.answers.get())
    else:
        accounts.actions.mute(member=mia, other=ana)
    assert TITLE not in page(again, mia)
    assert "May be answered already" not in scores(again, mia)


def test_those_whom_a_member_keeps_at_a_distance_are_not_shown_beside_but_found(question, again, ana, ben):
    accounts.actions.mute(member=ben, other=ana)
    client = Client()
    client.force_login(ben)
    similar = f"/questions/{again.pk}/similar/"
    assert TITLE not in client.get(similar).text
    assert TITLE in Client().get(similar).text
    assert question.get_absolute_url() in client.get("/search/?q=stomach+twitching").text
