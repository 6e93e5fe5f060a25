"""The page that takes a question: nothing typed is lost, nothing is posted twice or too early."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import trust
from accounts.actions import give_health_consent
from accounts.models import Consent
from core.models import Draft
from forum.models import Question
from tests import factories

ASK = reverse("forum:ask")
TITLE = "Why does my eyelid flicker when I am tired?"
BODY = "It began two weeks ago and comes back every evening."

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(topic):
    return {
        "title": TITLE,
        "body": BODY,
        "topic": topic.slug,
        "audience": "usual",
        "submission_key": str(uuid.uuid4()),
    }


@pytest.fixture
def member(client, ana):
    give_health_consent(user=ana)
    client.force_login(ana)
    return ana


def test_a_member_posts_a_question_from_an_article(client, member, fields, article):
    answer = client.post(ASK, fields | {"article": article.slug})
    question = Question.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, question.get_absolute_url())
    assert (question.author, question.article, question.audience) == (member, article, "public")


def test_what_the_address_says_is_filled_in(client, article):
    page = client.get(ASK, {"title": TITLE, "article": article.slug}).content.decode()
    assert TITLE in page
    assert article.live.title in page
    assert f'value="{article.live.topic.slug}" selected' in page


def test_a_whole_story_in_the_short_field_is_not_cut_off(client, topic):
    story = "My legs jump every night as soon as I lie down. " * 10
    page = client.get(ASK, {"title": story}).content.decode()
    assert " ".join(story.split()) in page
    assert "check the short version" in page
    assert client.post(ASK, {"title": "x" * 151, "step": "preview"}).status_code == 200


def test_an_article_that_is_not_published_is_not_named(client, ed):
    draft = factories.make_draft(ed)
    page = client.get(ASK, {"title": TITLE, "article": draft.slug}).content.decode()
    assert draft.title not in page


def test_without_a_name_it_is_kept_off_search_engines(client, member, fields):
    client.post(ASK, fields | {"anonymous": "on"})
    question = Question.objects.get()
    assert (question.alias, question.audience) == (1, "unlisted")


def test_a_sensitive_topic_is_kept_off_search_engines(client, member, fields):
    sensitive = factories.make_topic("Mental health", is_sensitive=True)
    client.post(ASK, fields | {"topic": sensitive.slug})
    assert Question.objects.get().audience == "unlisted"


def test_who_chose_an_audience_gets_it(client, member, fields):
    client.post(ASK, fields | {"anonymous": "on", "audience": "members"})
    assert Question.objects.get().audience == "members"


# Consent


def test_the_first_question_needs_a_yes_to_keeping_health_details(client, ana, fields):
    client.force_login(ana)
    refused = client.post(ASK, fields)
    assert refused.status_code == 422
    assert "We need your yes" in refused.content.decode()
    assert not Question.objects.exists()
    assert client.post(ASK, fields | {"consent": "on"}).status_code == 303
    assert Consent.objects.get().user == ana
    assert 'name="consent"' not in client.get(ASK).content.decode()


# Refusals keep what was typed


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Please fill this in."),
        ({"title": "Too short"}, "Please write at least 15 characters; you have 9."),
        ({"title": "Does " + "very " * 40 + "long fit?"}, "Please keep this to 150 characters"),
        ({"title": "Is this short one?", "body": "No."}, "Please write a little more"),
        ({"body": "a" * 20_001}, "Please keep this to 20000 characters"),
        ({"topic": ""}, "Please choose a topic."),
        ({"topic": "no-such-topic"}, "Please choose a topic."),
        ({"audience": "everybody"}, "Please choose one of these."),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(client, member, fields, changed, sentence):
    fields |= changed
    answer = client.post(ASK, fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert fields["body"][:200] in page
    assert not Question.objects.exists()


def test_a_megabyte_is_refused_and_kept(client, member, fields):
    answer = client.post(ASK, fields | {"body": "word " * 200_000})
    assert answer.status_code == 422
    assert len(answer.content) > 900_000


@pytest.mark.parametrize("typed", ["\x00", "\u202e", "\u200b", "<script>alert(1)</script>", "🦋", "مرحبا", "頭痛"])
def test_strange_characters_are_no_error(client, member, fields, typed):
    answer = client.post(ASK, fields | {"title": f"{TITLE} {typed}", "body": f"{BODY} {typed}"})
    assert answer.status_code == 303
    question = Question.objects.get()
    assert not {"\x00", "\u202e", "\u200b"} & set(question.title + question.body)
    assert "<script" not in question.body_html


def test_a_broken_submission_key_is_no_reason_to_refuse(client, member, fields):
    assert client.post(ASK, fields | {"submission_key": "nonsense"}).status_code == 303


def test_the_silenced_are_told_and_lose_nothing(client, member, fields):
    type(member).objects.filter(pk=member.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    answer = client.post(ASK, fields)
    assert answer.status_code == 403
    assert BODY in answer.content.decode()


def test_too_many_in_a_day_are_kept_for_tomorrow(client, member, fields, monkeypatch):
    monkeypatch.setitem(trust.ALLOWANCES[member.trust].a_day, "question", 0)
    answer = client.post(ASK, fields)
    assert answer.status_code == 429
    assert BODY in answer.content.decode()
    assert BODY in client.get(ASK).content.decode()


def test_a_stale_token_shows_the_form_again_with_what_was_typed(ana, fields):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    answer = strict.post(ASK, fields | {"csrfmiddlewaretoken": "old"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 403
    assert BODY in answer.content.decode()
    foreign = strict.post(ASK, fields, headers={"Origin": "https://evil.example"})
    assert BODY not in foreign.content.decode()


# Once


def test_a_form_sent_twice_makes_one_question(client, member, fields):
    first, second = client.post(ASK, fields), client.post(ASK, fields)
    assert first["Location"] == second["Location"]
    assert Question.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_ten_times_at_once_makes_one_question(ana, fields):
    give_health_consent(user=ana)
    answers = []

    def send():
        client = Client()
        client.force_login(ana)
        answers.append(client.post(ASK, fields))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Question.objects.count() == 1


# Guests


def test_a_guest_is_led_to_signing_up_and_finds_everything_again(client, ana, fields, article):
    sent = client.post(ASK, fields | {"article": article.slug, "anonymous": "on"})
    assert (sent.status_code, sent["Location"]) == (303, f"{reverse('account_signup')}?next=%2Fask%2F")
    assert not Question.objects.exists()
    client.force_login(ana)
    page = client.get(ASK).content.decode()
    for kept in (TITLE, BODY, fields["submission_key"], article.live.title):
        assert kept in page
    assert re.search(r'name="anonymous"[^>]* checked', page)
    assert client.post(ASK, fields | {"article": article.slug, "consent": "on"}).status_code == 303
    assert BODY not in client.get(ASK).content.decode()


def test_what_a_guest_parked_is_there_in_another_tab_of_the_browser_and_nowhere_else(client, fields):
    client.post(ASK, fields)
    assert BODY in client.get(ASK).content.decode()
    assert BODY not in Client().get(ASK).content.decode()


def test_a_guest_can_have_it_forgotten(client, fields):
    client.post(ASK, fields)
    client.post(reverse("forum:forget"))
    assert BODY not in client.get(ASK).content.decode()


def test_a_parked_answer_can_be_forgotten_too(client, question):
    form = reverse("forum:answer", args=[question.pk])
    client.post(form, {"basis": "own", "body": BODY, "submission_key": str(uuid.uuid4())})
    assert "Forget this" in client.get(form).content.decode()
    assert client.post(reverse("forum:forget"), {"form": form})["Location"] == form
    assert BODY not in client.get(form).content.decode()


@pytest.mark.parametrize("elsewhere", ["", "https://evil.example/", "//evil.example", "\x00", "ask"])
def test_forgetting_leads_nowhere_else(client, elsewhere):
    assert client.post(reverse("forum:forget"), {"form": elsewhere})["Location"] == ASK


def test_a_new_title_from_an_article_does_not_throw_the_parked_question_away(client, fields):
    client.post(ASK, fields)
    page = client.get(ASK, {"title": "Another worry that I have today"}).content.decode()
    assert "Another worry" in page
    assert "You had begun another question" in page
    assert BODY in client.get(ASK).content.decode()


def test_a_guest_hears_what_is_wrong_before_having_to_sign_up(client, fields):
    assert client.post(ASK, fields | {"title": "Short"}).status_code == 422


def test_a_sign_in_that_ended_meanwhile_loses_nothing(client, member, fields):
    client.logout()
    assert client.post(ASK, fields)["Location"].endswith("next=%2Fask%2F")
    client.force_login(member)
    assert BODY in client.get(ASK).content.decode()


def test_one_address_cannot_fill_the_table(client, fields, monkeypatch):
    monkeypatch.setattr("forum.rules.PARKED_AN_HOUR", 1)
    client.post(ASK, fields)
    answer = client.post(ASK, fields)
    assert answer.status_code == 429
    assert BODY in answer.content.decode()


def test_only_what_the_form_asks_is_kept(client, fields):
    client.post(ASK, fields | {"something": "x" * 1000})
    assert "something" not in Draft.objects.get().fields


# Steps without JavaScript


@pytest.mark.parametrize("step", ["suggestions", "preview"])
def test_a_step_posts_nothing_and_keeps_everything(client, member, fields, question, step):
    answer = client.post(ASK, fields | {"step": step, "title": "Stomach twitching after a bug"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert BODY in page
    assert fields["submission_key"] in page
    assert question.title in page
    assert Question.objects.count() == 1


def test_the_preview_is_what_will_be_shown(client, fields):
    page = client.post(ASK, fields | {"step": "preview", "body": "It is **very** <b>odd</b>"}).content.decode()
    assert "<strong>very</strong>" in page
    assert "<b>odd" not in page


# Suggestions


def test_suggestions_need_no_token_and_are_not_stored(question):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("forum:suggestions"), {"title": "stomach twitching after a bug"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert question.title in page
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert "<html" not in page


def test_suggestions_only_answer_what_is_sent_to_them(client):
    assert client.get(reverse("forum:suggestions")).status_code == 405


@pytest.mark.parametrize(
    "title", ["", " ", "a", "\x00", "the and of", "🦋" * 500, "word " * 50_000, '"', "頭痛", "%_\\"]
)
def test_whatever_is_typed_suggestions_answer(client, question, title):
    assert client.post(reverse("forum:suggestions"), {"title": title}).status_code == 200


def test_a_held_question_is_never_suggested(client, newt):
    held = factories.make_question(newt, "Purple spots on my knees after swimming in the sea")
    page = client.post(reverse("forum:suggestions"), {"title": "purple spots on my knees"}).content.decode()
    assert held.title not in page
