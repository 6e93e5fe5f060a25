"""Closed questions take no more answers and lead to what settles them; a locked thread takes no words at all."""

import pytest
from django.test import Client

from core.rulings import Refused
from forum import actions
from forum.models import Question
from notifications.models import Notification
from search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db

ANSWER = {"basis": "own", "body": "Mine went away after a week of sleeping more."}


@pytest.fixture
def other(ben, topic) -> Question:
    return factories.make_question(ben, "What did the twitching in your belly turn out to be?", topic=topic)


def close_as_duplicate(question: Question, target: Question) -> None:
    question = Question.objects.get(pk=question.pk)
    actions.close_as_duplicate(question=question, target=target, as_seen=question.standing)


def page(question: Question, client: Client | None = None) -> str:
    return (client or Client()).get(f"/questions/{question.pk}/", follow=True).text


def test_a_closed_question_takes_comments_but_no_answers(browser_of, ben, question):
    actions.close(question=question, reason="needs_care", as_seen=question.standing)
    browser = browser_of(ben)
    assert "This needs somebody who can examine" in page(question, browser)
    assert "Your answer" not in page(question, browser)
    refused = browser.post(f"/questions/{question.pk}/answer/", ANSWER)
    assert refused.status_code == 403
    assert ANSWER["body"] in refused.text
    assert browser.post(f"/questions/{question.pk}/comment/", {"body": "Get well soon."}).status_code == 303
    actions.mark_same(question=question, member=ben)
    assert Notification.objects.get(recipient=question.author, kind="closed").subject == ("question", question.pk)


def test_a_locked_thread_takes_no_words(browser_of, ana, ben, question, answer):
    actions.lock_thread(question=question, as_seen=question.standing)
    answers, asks = browser_of(ben), browser_of(ana)
    for browser, path, fields in (
        (answers, f"/questions/{question.pk}/answer/", ANSWER),
        (answers, f"/questions/{question.pk}/comment/", {"body": "Get well soon."}),
        (answers, f"/answers/{answer.pk}/comment/", {"body": "Get well soon."}),
        (asks, f"/questions/{question.pk}/settle/", {}),
    ):
        assert browser.post(path, fields).status_code == 403, path
    fields = {"body": "Something else that I typed.", "version": answer.edits.get().pk}
    changed = answers.post(f"/answers/{answer.pk}/edit/", fields)
    assert changed.status_code == 403
    assert "thread is locked" in changed.content.decode() and "Something else that I typed." in changed.content.decode()
    shown = page(question, answers)
    assert "Nobody can write in this thread" in shown
    assert not any(words in shown for words in ("Your answer", ">Comment<", ">Change it<"))
    question.refresh_from_db()
    actions.unlock_thread(question=question, as_seen=question.standing)
    assert answers.post(f"/questions/{question.pk}/answer/", ANSWER).status_code == 303


def test_who_asked_closes_and_opens_again_but_not_what_the_moderators_closed(browser_of, ana, ben, question):
    browser, path = browser_of(ana), f"/questions/{question.pk}/settle/"
    assert "I need no more answers" in page(question, browser)
    assert browser.post(path).status_code == 303
    assert "needs no more answers" in page(question)
    assert browser_of(ben).post(path, {"undo": "1"}).status_code == 403
    assert not Notification.objects.filter(kind="closed").exists()
    assert browser.post(path, {"undo": "1"}).status_code == 303
    question.refresh_from_db()
    assert question.closed_at is None
    actions.close(question=question, reason="heated", as_seen=question.standing)
    assert browser.post(path, {"undo": "1"}).status_code == 403


def test_a_closed_question_waits_for_no_answer(question):
    assert question in Question.objects.unanswered()
    actions.settle(question=question)
    assert question not in Question.objects.unanswered()
    assert "closed" in Client().get("/questions/").text


def test_a_duplicate_leads_on_and_is_listed_there(question, other):
    close_as_duplicate(question, other)
    assert f'href="{other.get_absolute_url()}"' in page(question)
    similar = Client().get(f"/questions/{other.pk}/similar/").text
    assert "Also asked as" in similar
    assert similar.count(f'href="{question.get_absolute_url()}"') == 1


def test_a_duplicate_of_a_duplicate_is_led_to_the_end(ana, question, other):
    last = factories.make_question(ana)
    close_as_duplicate(question, other)
    close_as_duplicate(other, last)
    question.refresh_from_db()
    assert question.duplicate_of == last
    first = factories.make_question(ana)
    close_as_duplicate(first, question)
    first.refresh_from_db()
    assert first.duplicate_of == last


def test_two_questions_never_lead_to_each_other(question, other):
    close_as_duplicate(question, other)
    with pytest.raises(Refused):
        close_as_duplicate(other, question)
    other.refresh_from_db()
    assert other.closed_at is None


def test_where_it_leads_is_named_to_those_only_who_may_go_there(browser_of, eve, question, other):
    Question.objects.filter(pk=other.pk).update(audience="members", shown_to_all=False)
    close_as_duplicate(question, other)
    assert other.title not in page(question)
    assert other.title in page(question, browser_of(eve))
    actions.hide(post=Question.objects.get(pk=other.pk))
    assert other.title not in page(question, browser_of(eve))
    Question.objects.filter(pk=question.pk).update(audience="members", shown_to_all=False)
    assert question.title not in Client().get(f"/questions/{other.pk}/similar/").text


def test_an_article_that_answers_it_is_named_and_lists_it(question, article):
    actions.close_by_article(question=question, article=article, as_seen=question.standing)
    assert f'href="{article.get_absolute_url()}"' in page(question)
    assert question.title in Client().get(article.get_absolute_url()).text
    question.refresh_from_db()
    actions.reopen(question=question, as_seen=question.standing)
    assert Entry.objects.get(kind="question", object_id=question.pk).origin is None


def test_a_moved_question_is_found_in_its_new_topic(question):
    topic = factories.make_topic("Sleep")
    actions.move(question=question, topic=topic, as_seen=question.standing)
    assert question.title in Client().get("/topics/sleep/").text
    assert question.title not in Client().get("/topics/muscles-and-nerves/").text
    assert Entry.objects.get(kind="question", object_id=question.pk).topic == "sleep"
    assert Notification.objects.filter(recipient=question.author, kind="moved").exists()
