"""'Ask me later how it went': off unless wished, once, never after a crisis or a loss; and telling it in the thread."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from forum import actions, rules
from forum.models import Comment, Question
from forum.sweeps import ask_how_it_went
from notifications.models import Notification
from tests import factories

LATER = "Ask me in two weeks how it went"
KEY = "0b9d1f5e-4a54-4c8f-9d3a-5f0f6a2f3b11"
DIED = "My father died in spring, and I twitch since."

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(question) -> str:
    """Where ana tells how it went; her question is old enough for that."""
    Question.objects.filter(pk=question.pk).update(published_at=timezone.now() - timedelta(days=3))
    return reverse("forum:outcome", args=[question.pk])


def told(question: Question) -> list[Comment]:
    return list(Comment.objects.filter(question=question, is_outcome=True))


def wait_two_weeks(question: Question) -> None:
    Question.objects.filter(pk=question.pk).update(ask_later_at=timezone.now())


def asked(user) -> list[str]:
    return list(Notification.objects.shown_to(user).filter(kind="how_it_went").values_list("subject_kind", flat=True))


def page(question: Question, client: Client) -> str:
    return client.get(Question.objects.get(pk=question.pk).get_absolute_url()).content.decode()


# Being asked


def test_nobody_is_asked_who_did_not_wish_it(ana, question):
    assert question.ask_later_at is None
    assert ask_how_it_went() == 0


def test_the_two_weeks_begin_when_the_question_is_published(newt, mia):
    held = factories.make_question(newt, ask_later=True)
    Question.objects.filter(pk=held.pk).update(ask_later_at=timezone.now())
    assert ask_how_it_went() == 0
    factories.approve(held, mia)
    held.refresh_from_db()
    assert held.ask_later_at == held.published_at + rules.ASKED_AFTER


def test_the_box_is_not_there_and_does_nothing_after_words_of_loss(browser_of, ana, topic):
    typed = {
        "title": "Is it grief that makes it twitch?",
        "body": DIED,
        "topic": topic.slug,
        "audience": "usual",
    }
    client = browser_of(ana)
    assert LATER in client.get(reverse("forum:ask")).content.decode()
    assert LATER not in client.post(reverse("forum:ask"), typed | {"step": "preview"}).content.decode()
    client.post(reverse("forum:ask"), typed | {"ask_later": "on"})
    assert Question.objects.get().ask_later_at is None
    assert LATER not in page(Question.objects.get(), client)


def test_whoever_wished_it_is_asked_once_and_led_to_the_form(browser_of, ana, question, form):
    client = browser_of(ana)
    client.post(reverse("forum:ask_later", args=[question.pk]))
    assert ask_how_it_went() == 0
    wait_two_weeks(question)
    assert (ask_how_it_went(), ask_how_it_went()) == (1, 0)
    assert asked(ana) == ["outcome"]
    told = Notification.objects.get(recipient=ana)
    assert client.get(told.get_absolute_url())["Location"].endswith(form)


def test_the_wish_can_be_taken_back(browser_of, ana, question):
    client, url = browser_of(ana), reverse("forum:ask_later", args=[question.pk])
    client.post(url)
    assert "Do not ask me" in page(question, client)
    client.post(url, {"undo": "1"})
    question.refresh_from_db()
    assert question.ask_later_at is None


@pytest.mark.parametrize("why", ["hidden", "gone", "told", "grave", "locked"])
def test_nobody_is_asked_when_it_does_not_fit_any_more(ana, question, why):
    actions.ask_later(question=question)
    wait_two_weeks(question)
    if why == "hidden":
        actions.hide(post=question)
    elif why == "gone":
        type(ana).objects.filter(pk=ana.pk).update(is_active=False)
    elif why == "told":
        factories.make_comment(ana, question, "Better.", is_outcome=True)
    elif why == "grave":
        factories.make_comment(ana, question, "We were at her funeral today.")
    else:
        actions.lock_thread(question=question, as_seen=question.standing)
    assert ask_how_it_went() == 0
    assert asked(ana) == []


# Telling it


def test_it_stands_on_top_of_the_thread_and_apart_from_the_comments(browser_of, ana, question, form):
    actions.ask_later(question=question)
    for _ in range(12):
        factories.make_comment(ana, question)
    sent = browser_of(ana).post(form, {"went": "better", "body": "I sleep more.", "submission_key": KEY})
    (outcome,) = told(question)
    assert sent["Location"] == outcome.get_absolute_url()
    assert outcome.body == "Better.\n\nI sleep more."
    text = page(question, Client())
    assert text.count("I sleep more.</p>") == 1
    assert text.index("I sleep more.") < text.index('id="question"')
    question.refresh_from_db()
    assert question.ask_later_at is None


def test_it_is_told_once_and_can_be_changed(browser_of, ana, question, form):
    client = browser_of(ana)
    for word in ("better", "worse"):
        client.post(form, {"went": word})
    (outcome,) = told(question)
    assert outcome.body == "Better."
    twin = actions.tell_outcome(author=ana, question=question, body="Not better.", submission_key=KEY)
    assert twin == outcome
    assert "Tell how it went" not in page(question, client)


def test_who_would_rather_not_say_says_nothing(browser_of, ana, question, form):
    actions.ask_later(question=question)
    sent = browser_of(ana).post(form, {"went": "unsaid"}, follow=True)
    assert "We do not ask again." in sent.content.decode()
    question.refresh_from_db()
    assert (told(question), question.ask_later_at) == ([], None)


def test_it_is_screened_and_without_a_name_where_the_question_is(browser_of, newt, mia):
    question = factories.make_question(newt, anonymous=True)
    factories.approve(question, mia)
    Question.objects.filter(pk=question.pk).update(published_at=timezone.now() - timedelta(days=3))
    client = browser_of(newt)
    client.post(reverse("forum:outcome", args=[question.pk]), {"went": "same", "body": "It comes and goes."})
    assert "It comes and goes." not in page(question, Client())
    assert "Tell how it went" not in page(question, client)
    factories.approve(told(question)[0], mia)
    text = page(question, Client())
    assert "It comes and goes." in text
    assert "newt" not in text


def test_only_whoever_asked_tells_it_and_not_at_once(browser_of, ana, eve, question, answer):
    url = reverse("forum:outcome", args=[question.pk])
    assert browser_of(eve).post(url, {"went": "better"}).status_code == 403
    assert browser_of(ana).get(url).status_code == 403
    actions.mark_helped(answer=answer)
    assert browser_of(ana).get(url).status_code == 200


def test_what_was_typed_is_kept_when_it_cannot_be_taken(browser_of, ana, question, form):
    sent = browser_of(ana).post(form, {"body": "It is gone since Monday."})
    assert sent.status_code == 422
    assert "It is gone since Monday." in sent.content.decode()


def test_it_is_told_where_the_question_is_closed_and_not_where_it_is_locked(browser_of, ana, question, form):
    actions.settle(question=question)
    assert browser_of(ana).get(form).status_code == 200
    actions.lock_thread(question=question, as_seen=question.standing)
    assert browser_of(ana).get(form).status_code == 403
