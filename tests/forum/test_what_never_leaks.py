"""Held, hidden and unnamed: what must be on no page of the forum, whoever looks."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum import actions
from forum.models import Question
from tests import factories
from tests.pages import IN_PARTS, name_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "xylophonetwitch"


@pytest.fixture
def public(ana, topic) -> Question:
    return factories.make_question(ana, "Does anyone else feel this under the ribs?", topic=topic)


def pages_about(*questions: Question) -> list[str]:
    """Where something of these questions could show up."""
    urls = ["/", "/questions/", "/questions/?sort=newest", "/questions/?sort=unanswered"]
    urls += ["/questions/?topic=muscles-and-nerves", "/topics/muscles-and-nerves/"]
    urls += [f"/members/{user.handle}/{show}" for user in User.objects.all() for show in ("", "?show=answers")]
    for question in questions:
        urls += [question.get_absolute_url(), *(reverse(f"forum:{name}", args=[question.pk]) for name in FORMS)]
        urls += [reverse("forum:comment_answer", args=[answer.pk]) for answer in question.answers.all()]
    return urls


FORMS = ("answer", "comment_question", "similar")


def where(words: str, urls: list[str], client: Client) -> list[str]:
    found = []
    for url in urls:
        for headers in ({}, {"HX-Request": "true"}) if name_of(url) in IN_PARTS else ({},):
            response = client.get(url, headers=headers)
            assert response.status_code in (200, 301, 403, 404)
            if words in response.content.decode().lower() + response.get("Location", ""):
                found.append(url)
    return found


@pytest.fixture
def others(ben, cleo, eve, browser_of) -> list[Client]:
    return [Client(), browser_of(ben), browser_of(cleo), browser_of(eve)]


def test_held_posts(newt, public, others):
    held = factories.make_question(newt, f"Does {SECRET} mean anything bad?", SECRET * 3)
    factories.make_answer(newt, public, f"It is {SECRET}, I think.")
    factories.make_comment(newt, public, f"It is {SECRET}, I say.")
    for client in others:
        assert where(SECRET, pages_about(public, held), client) == []


def test_hidden_posts(ana, ben, public, others, browser_of):
    answer = factories.make_answer(ana, public, f"It is {SECRET}, I think.")
    factories.make_comment(ana, answer, f"It is {SECRET}, I say.")
    alone = factories.make_comment(ana, public, f"It is {SECRET}, I repeat.")
    whole = factories.make_question(ana, f"Does {SECRET} mean anything bad?")
    factories.make_answer(ben, whole, f"Not {SECRET}, I think.")
    for post in (answer, alone, whole):
        actions.hide(post=post)
    for client in others:
        assert where(SECRET, pages_about(public, whole), client) == []


def test_a_change_that_is_held(ana, public, others):
    answer = factories.make_answer(ana, public)
    User.objects.filter(pk=ana.pk).update(trust="new")
    ana.refresh_from_db()
    actions.edit(post=answer, editor=ana, title="", body=f"It is {SECRET}, I think.")
    actions.edit(post=public, editor=ana, title=f"Does {SECRET} mean anything bad?", body=SECRET * 3)
    for client in others:
        assert where(SECRET, pages_about(public), client) == []


def test_what_only_members_see(ana, ben, others):
    inside = factories.make_question(ana, f"Does {SECRET} mean anything bad?", audience=Question.Audience.MEMBERS)
    factories.make_comment(ben, factories.make_answer(ben, inside, f"It is {SECRET}."), f"It is {SECRET}.")
    guest, *members = others
    assert where(SECRET, pages_about(inside), guest) == []
    for member in members:
        assert inside.get_absolute_url() in where(SECRET, pages_about(inside), member)


def test_who_is_unnamed(public, others, mia, browser_of):
    shy = factories.make_user(SECRET, display_name=SECRET.title())
    asked = factories.make_question(shy, "What would you do about this, please?", anonymous=True)
    factories.make_answer(shy, asked)
    factories.make_comment(shy, asked)
    answer = factories.make_answer(shy, public, anonymous=True)
    factories.make_comment(shy, answer, anonymous=True)
    actions.mark_helped(answer=answer)
    urls = [url for url in pages_about(public, asked) if not url.startswith("/members/")]
    for client in (*others, browser_of(mia)):
        assert where(SECRET, urls, client) == []


def test_who_is_unnamed_is_not_on_their_own_page(public, others):
    shy = factories.make_user("shy")
    asked = factories.make_question(shy, "What would you do about this, please?", anonymous=True)
    answer = factories.make_answer(shy, public, f"It is {SECRET}, I think.", anonymous=True)
    actions.mark_helped(answer=answer)
    for client in others:
        pages = client.get("/members/shy/").content + client.get("/members/shy/?show=answers").content
        assert asked.title not in pages.decode()
        assert SECRET not in pages.decode()
        assert "helped the person" not in pages.decode()


def test_what_somebody_typed_is_not_in_any_address(ben, public, browser_of):
    fields = {"basis": "own", "body": f"It is {SECRET}, I think.", "submission_key": str(uuid.uuid4())}
    for client in (Client(), browser_of(ben)):
        response = client.post(reverse("forum:answer", args=[public.pk]), fields)
        assert SECRET not in response["Location"]
