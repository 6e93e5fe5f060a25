"""What is shown while somebody writes a question, and what becomes of it when they say so. Nobody is followed."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import give_health_consent
from forum.models import Question
from forum.views import suggestions
from search.models import SuggestionDay, Wording
from tests import factories

ASK = reverse("forum:ask")
TITLE = "Stomach twitching after a bug"

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(ben, question) -> Question:
    factories.make_answer(ben, question, "Salt and water settled my stomach twitching.")
    return question


def offered(client: Client, **typed: str) -> str:
    return client.post(reverse("forum:suggestions"), {"title": TITLE} | typed).text


def value_of(name: str, page: str) -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


def tell(client: Client, **fields: str) -> str:
    response = client.post(reverse("forum:told_of_suggestions"), fields, headers={"HX-Request": "true"})
    assert not response.cookies
    return response.text


def say_it_answers(client: Client, **fields: str) -> str:
    return tell(client, this_answers=value_of("this_answers", offered(client)), **fields)


def totals() -> list[tuple[str, int, int, int, int]]:
    return list(SuggestionDay.objects.values_list("kind", "opened", "answered", "posted", "refused"))


def test_a_suggestion_says_what_it_is_what_it_stands_on_and_why(client, asked):
    page = offered(client)
    assert "Question · 1 answer" in page
    assert "A member’s experience: <q>Salt and water settled my stomach twitching.</q>" in page
    assert re.search(r"because you wrote <em>stomach</em>,\s*<em>twitching</em>", page)
    assert "None of these? Carry on below." in page


def test_an_article_that_says_when_to_call_an_emergency_number_says_so(client, ed, rae):
    factories.make_article(ed, rae, help_emergency="you cannot breathe.")
    assert "It says when to call an emergency number." in offered(client, title="Why do my stomach muscles twitch?")


def test_while_one_types_nothing_is_suggested_before_three_words_of_content(client, asked):
    assert asked.title not in offered(client, title="is my stomach twitching", quick="1")
    assert asked.title in offered(client, title="is my stomach twitching after a bug", quick="1")
    assert asked.title in offered(client, title="is my stomach twitching")


def test_while_one_types_the_embedder_is_not_asked(client, asked, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("asked while typing")

    monkeypatch.setattr("search.embedder.current", refuse)
    assert asked.title in offered(client, quick="1")
    with pytest.raises(AssertionError):
        offered(client)


def test_distress_is_answered_at_once_however_few_the_words(client):
    assert 'id="support-emergency"' in offered(client, title="Can't breathe", quick="1")


def test_what_is_shown_already_is_not_sent_again(client, asked):
    shown = value_of("shown", offered(client))
    again = client.post(reverse("forum:suggestions"), {"title": f"{TITLE}?", "shown": shown})
    assert (again.status_code, again.content) == (204, b"")
    assert client.post(reverse("forum:suggestions"), {"title": "Xylophone", "shown": shown}).status_code == 200


def test_who_says_that_it_answers_is_thanked_and_counted_and_not_followed(client, asked):
    assert "Thank you, we are glad." in say_it_answers(client)
    assert totals() == [("question", 0, 1, 0, 0)]


def test_a_pause_does_not_bring_back_what_somebody_has_done_with(client, asked):
    told = {"title": TITLE, "shown": value_of("shown", say_it_answers(client))}
    assert client.post(reverse("forum:suggestions"), told).status_code == 204
    assert client.post(reverse("forum:suggestions"), told | {"quick": "1"}).status_code == 200


def test_who_posts_all_the_same_is_counted_as_not_answered(client, ana, asked):
    give_health_consent(user=ana)
    client.force_login(ana)
    answered = value_of("answered", say_it_answers(client))
    fields = {"title": f"{TITLE}, still", "body": "It has not gone away in all these weeks.", "topic": asked.topic.slug}
    fields |= {"audience": "usual", "submission_key": str(uuid.uuid4()), "answered": answered}
    client.post(ASK, fields | {"body": "No."})
    assert totals() == [("question", 0, 1, 0, 0)]
    for _ in range(2):
        assert client.post(ASK, fields).status_code == 303
    assert totals() == [("question", 0, 1, 1, 0)]


def test_it_is_still_known_after_signing_up_in_the_middle(client, ana, asked):
    answered = value_of("answered", say_it_answers(client))
    fields = {"title": f"{TITLE}, still", "body": "It has not gone away in all these weeks.", "topic": asked.topic.slug}
    client.post(ASK, fields | {"audience": "usual", "answered": answered})
    client.force_login(ana)
    assert value_of("answered", client.get(ASK).text) == answered


def test_from_an_article_it_goes_along_to_the_form(client, asked):
    token = value_of("this_answers", offered(client))
    assert value_of("answered", client.get(ASK, {"title": TITLE, "answered": token}).text) == token


def test_none_of_these_is_counted_for_each_of_them_and_leads_on(client, asked):
    page = offered(client)
    assert "Carry on below" in tell(client, none_of_these=value_of("none_of_these", page))
    assert totals() == [("question", 0, 0, 0, 1)]


def test_without_javascript_both_are_steps_that_keep_what_was_typed(client, asked):
    page = client.post(ASK, {"title": TITLE, "body": "All that I wrote.", "step": "suggestions"}).text
    for name, words in (("this_answers", "Thank you, we are glad."), ("none_of_these", "Carry on below")):
        after = client.post(ASK, {"title": TITLE, "body": "All that I wrote.", name: value_of(name, page)}).text
        assert words in after
        assert "All that I wrote." in after
        assert asked.title not in after
    assert totals() == [("question", 0, 1, 0, 1)]
    assert Question.objects.count() == 1


def test_opening_one_is_counted_once_and_answers_nothing(client, asked):
    token = value_of("this_answers", offered(client))
    for _ in range(2):
        response = client.post(reverse("forum:opened_suggestion"), {"suggestion": token})
        assert (response.status_code, response.content) == (204, b"")
    assert totals() == [("question", 1, 0, 0, 0)]


def test_nobody_makes_up_numbers_by_the_thousand(client, asked, monkeypatch):
    monkeypatch.setattr(suggestions, "TOLD_AN_HOUR", 2)
    for _ in range(4):
        assert "Thank you" in say_it_answers(client)
    assert totals() == [("question", 0, 2, 0, 0)]


def test_whom_to_call_stays_when_the_suggestions_go(client, asked):
    assert 'id="support-crisis"' in say_it_answers(client, title="I want to die")


def test_it_costs_eight_statements_and_one_for_the_article_asked_from(
    client, asked, ed, rae, django_assert_max_num_queries
):
    article = factories.make_article(ed, rae)
    title = "Why do stomach muscles twitch after a bug?"
    offered(client, title=title)
    with django_assert_max_num_queries(8):
        assert "None of these?" in offered(client, title=title)
    with django_assert_max_num_queries(9):
        assert "None of these?" in offered(client, title=title, article=article.slug)


def test_a_title_that_no_suggestion_answers_is_counted_for_those_who_write(client, asked):
    tell(client, none_of_these=value_of("none_of_these", offered(client)), title=TITLE)
    assert [(one.kind, one.count) for one in Wording.objects.all()] == [("refused", 1)]


@pytest.mark.parametrize(
    ("more", "times"),
    [({}, 1), ({"anonymous": "on"}, 0), ({"audience": "members"}, 0)],
    ids=["open", "nameless", "members"],
)
def test_what_is_posted_all_the_same_is_counted_if_everybody_may_know(client, ana, asked, more, times):
    give_health_consent(user=ana)
    client.force_login(ana)
    fields = {"title": f"{TITLE}, still", "body": "It has not gone away in all these weeks.", "topic": asked.topic.slug}
    fields |= {
        "audience": "usual",
        "submission_key": str(uuid.uuid4()),
        "answered": value_of("answered", say_it_answers(client)),
    }
    assert client.post(ASK, fields | more).status_code == 303
    assert Wording.objects.count() == times
