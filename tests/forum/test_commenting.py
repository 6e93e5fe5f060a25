"""Commenting on a question or an answer."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import trust
from forum import actions
from forum.models import Comment
from tests import factories

BODY = "How long did it last for you?"

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_question(question) -> str:
    return reverse("forum:comment_question", args=[question.pk])


@pytest.fixture
def on_answer(answer) -> str:
    return reverse("forum:comment_answer", args=[answer.pk])


def filled(**fields: str) -> dict[str, str]:
    return {"body": BODY, "submission_key": str(uuid.uuid4())} | fields


def test_a_member_comments_on_a_question(browser_of, ben, question, on_question):
    response = browser_of(ben).post(on_question, filled())
    comment = Comment.objects.get()
    assert (response.status_code, response["Location"]) == (303, comment.get_absolute_url())
    assert (comment.author, comment.question, comment.answer, comment.body) == (ben, question, None, BODY)


def test_a_member_comments_on_an_answer(browser_of, eve, answer, on_answer):
    response = browser_of(eve).post(on_answer, filled())
    assert f"?at={answer.pk}#comment-" in response["Location"]
    assert Comment.objects.get().answer == answer


def test_comments_are_no_answers(browser_of, ben, question, on_question):
    browser_of(ben).post(on_question, filled())
    question.refresh_from_db()
    assert question.answers_count == 0


def test_the_form_opens_in_its_place_or_on_a_page_of_its_own(browser_of, ben, on_question, question):
    member = browser_of(ben)
    part = member.get(on_question, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert f'id="comment-form-question-{question.pk}"' in part.content.decode()
    assert "HX-Request" in part["Vary"]
    assert "<h1>" in member.get(on_question).content.decode()


def test_a_wrong_comment_comes_back_in_its_place(browser_of, ben, on_question):
    part = browser_of(ben).post(on_question, filled(body="Hm"), headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "<html" not in part.content.decode()
    assert "at least 5 characters" in part.content.decode()


@pytest.mark.parametrize("body", ["", "Hm", "\x00\u200b", "word " * 121])
def test_a_comment_has_a_length(browser_of, ben, on_question, body):
    response = browser_of(ben).post(on_question, filled(body=body))
    assert response.status_code == 422
    assert body.strip("\x00\u200b ")[:30] in response.content.decode()
    assert not Comment.objects.exists()


def test_a_comment_sent_twice_is_one(browser_of, ben, on_question):
    member, fields = browser_of(ben), filled()
    member.post(on_question, fields)
    member.post(on_question, fields)
    assert Comment.objects.count() == 1


def test_the_comment_of_a_new_member_waits(browser_of, newt, question, on_question):
    page = browser_of(newt).post(on_question, filled(), follow=True).content.decode()
    assert "Your comment: only you and the moderators can see it." in page
    for url in (question.get_absolute_url(), on_question):
        assert BODY not in Client().get(url).content.decode()


def test_a_member_comments_without_their_name(browser_of, ben, question, on_question):
    browser_of(ben).post(on_question, filled(anonymous="on"))
    page = Client().get(question.get_absolute_url()).content.decode()
    assert "Anonymous member 2" in page
    assert "ben" not in page


def test_a_member_has_one_number_in_answers_and_comments(browser_of, ben, question, on_question):
    factories.make_answer(ben, question, anonymous=True)
    browser_of(ben).post(on_question, filled(anonymous="on"))
    assert Comment.objects.get().alias == 2


def test_the_unnamed_asker_comments_unnamed(browser_of, ana):
    question = factories.make_question(ana, anonymous=True)
    browser_of(ana).post(reverse("forum:comment_question", args=[question.pk]), filled())
    assert Comment.objects.get().alias == 1


def test_a_guest_writes_first_and_signs_in_then(client, ben, on_question):
    response = client.post(on_question, filled())
    assert response["Location"].startswith("/accounts/signup/?next=")
    client.force_login(ben)
    assert BODY in client.get(on_question).content.decode()


def test_what_is_not_shown_is_not_commented_on(browser_of, newt, eve, question, answer, on_answer):
    held = factories.make_question(newt)
    actions.hide(post=answer)
    for client in (Client(), browser_of(eve)):
        for url in (on_answer, reverse("forum:comment_question", args=[held.pk])):
            assert client.get(url).status_code == client.post(url, filled()).status_code == 404


def test_nobody_comments_on_what_is_hidden_not_even_its_author(browser_of, ben, answer, on_answer):
    actions.hide(post=answer)
    assert browser_of(ben).post(on_answer, filled()).status_code == 403
    assert not Comment.objects.exists()


def test_comments_count_as_posts_of_the_day(browser_of, ben, on_question, monkeypatch):
    monkeypatch.setitem(trust.ALLOWANCES[ben.trust].a_day, "comment", 1)
    member = browser_of(ben)
    member.post(on_question, filled())
    response = member.post(on_question, filled())
    assert response.status_code == 429
    assert BODY in response.content.decode()


def test_somebody_silenced_does_not_comment(browser_of, ben, on_question):
    member = browser_of(ben)
    type(ben).objects.filter(pk=ben.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    assert member.post(on_question, filled()).status_code == 403
    assert not Comment.objects.exists()
