"""The page of a member: what they wrote under their name, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import change_handle
from accounts.models import OldHandle, User
from forum import actions
from forum.models import Question
from tests import factories

pytestmark = pytest.mark.django_db


def read(url: str, client: Client | None = None) -> str:
    response = (client or Client()).get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_who_they_are_here(ben):
    User.objects.filter(pk=ben.pk).update(display_name="Ben of the hills", about="Two knees,\nboth bad.")
    page = read("/members/ben/")
    for words in ("Ben of the hills", "ben", "Joined in", "both bad."):
        assert words in page


def test_it_shows_what_they_asked_and_answered(ana, ben, question, answer):
    assert question.title in read("/members/ana/")
    page = read("/members/ben/?show=answers")
    assert question.title in page
    assert answer.body in page
    assert answer.get_absolute_url() in page


def test_what_they_wrote_without_their_name_is_not_there_even_for_themselves(ana, ben, mia, question, browser_of):
    asked = factories.make_question(ben, "What would somebody else never know about me?", anonymous=True)
    answered = factories.make_answer(ben, question, "Only I could have written this one here.", anonymous=True)
    for client in (Client(), browser_of(ana), browser_of(ben), browser_of(mia)):
        assert asked.title not in read("/members/ben/", client)
        assert answered.body not in read("/members/ben/?show=answers", client)


def test_what_is_not_shown_is_not_there(ana, ben, newt, eve, mia, question, answer, browser_of):
    held = factories.make_question(newt)
    members_only = factories.make_question(ben, audience=Question.Audience.MEMBERS)
    inside = factories.make_answer(ben, members_only, "Something that only members may read here.")
    actions.hide(post=answer)
    for client in (Client(), browser_of(eve), browser_of(mia), browser_of(newt)):
        assert held.title not in read("/members/newt/", client)
        assert answer.body not in read("/members/ben/?show=answers", client)
    assert members_only.title not in read("/members/ben/")
    assert inside.body not in read("/members/ben/?show=answers")
    assert members_only.title in read("/members/ben/", browser_of(eve))


def test_it_tells_how_many_answers_helped_and_no_other_count(ana, ben, answer):
    actions.mark_helped(answer=answer)
    page = read("/members/ben/")
    assert "1 answer helped the person who asked" in page
    assert "published" not in page.lower()


def test_it_names_a_verified_clinician_and_no_other_role(cleo, mia, boss, ed):
    page = read("/members/cleo/")
    assert "Verified clinician" in page
    assert "neurology, United Kingdom" in page
    for handle in ("mia", "boss", "ed"):
        page = read(f"/members/{handle}/").lower().partition("<main")[2].partition("</main>")[0]
        assert handle in page
        assert not any(word in page for word in ("moderator", "editor", "verified", "admin"))


def test_a_credential_that_has_ended_is_not_named(cleo):
    cleo.credentials.update(verified_at=timezone.now() - timedelta(days=9), expires_at=timezone.now())
    assert "Verified clinician" not in read("/members/cleo/")


def test_search_engines_are_asked_to_stay_away(ben):
    assert "noindex" in read("/members/ben/")


def test_it_comes_in_pages(ben, topic, monkeypatch):
    monkeypatch.setattr("forum.views.members.PAGE", 2)
    questions = [factories.make_question(ben) for _ in range(5)]
    found, after = [], ""
    for _ in range(3):
        page = read(f"/members/ben/?after={after}")
        found += [question for question in reversed(questions) if question.title in page]
        after = page.partition("after=")[2].partition('"')[0]
    assert found == questions[::-1]


def test_an_old_handle_leads_to_the_new_one(client, ben):
    change_handle(user=ben, handle="benjamin")
    response = client.get("/members/ben/")
    assert (response.status_code, response["Location"]) == (301, "/members/benjamin/")


def test_an_old_handle_leads_nowhere_after_its_time(client, ben):
    change_handle(user=ben, handle="benjamin")
    OldHandle.objects.update(until=timezone.now())
    assert client.get("/members/ben/").status_code == 404


def test_capitals_lead_to_the_handle(client, ben):
    assert client.get("/members/BEN/")["Location"] == "/members/ben/"


@pytest.mark.parametrize("handle", ["nobody", "x" * 200, "%00", "%E2%80%AEneb", "ben%20"])
def test_nobody_is_missing(client, ben, handle):
    assert client.get(f"/members/{handle}/").status_code == 404


def test_a_closed_account_is_missing(client, ben):
    change_handle(user=ben, handle="benjamin")
    User.objects.filter(pk=ben.pk).update(is_active=False)
    assert client.get("/members/benjamin/").status_code == client.get("/members/ben/").status_code == 404


def test_it_shows_what_they_chose_to_show(ana, ben, question, answer):
    asked = factories.make_question(ben)
    actions.mark_helped(answer=answer)
    User.objects.filter(pk=ben.pk).update(shows_answers=False)
    for url in ("/members/ben/", "/members/ben/?show=answers"):
        page = read(url)
        assert asked.title in page
        assert answer.body not in page
        assert "helped the person" not in page
    User.objects.filter(pk=ben.pk).update(shows_answers=True, shows_questions=False)
    page = read("/members/ben/")
    assert answer.body in page
    assert asked.title not in page
    User.objects.filter(pk=ben.pk).update(shows_answers=False)
    assert "does not list here what they wrote" in read("/members/ben/")


def test_who_wrote_much_under_their_name_may_be_found(ben, question):
    for _ in range(5):
        factories.make_question(ben)
    assert "noindex" not in read("/members/ben/")
    assert "noindex" in read("/members/ben/?show=answers")


def test_what_is_shown_is_chosen_in_the_settings(ben, browser_of):
    typed = {"display_name": "", "handle": "ben", "about": "", "time_zone": "UTC", "shows_questions": "on"}
    browser_of(ben).post("/settings/profile/", typed)
    ben.refresh_from_db()
    assert (ben.shows_questions, ben.shows_answers) == (True, False)
