"""Answering: with what it stands on, once, and without losing a word."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import trust
from accounts.models import Consent
from core.models import Draft
from forum import actions
from forum.models import Answer, Question
from tests import factories

BODY = "Mine went away after a week of sleeping more."

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(question) -> str:
    return reverse("forum:answer", args=[question.pk])


def filled(**fields: str) -> dict[str, str]:
    return {"basis": "own", "body": BODY, "submission_key": str(uuid.uuid4())} | fields


def test_a_member_answers(browser_of, ben, question, url):
    response = browser_of(ben).post(url, filled())
    answer = Answer.objects.get()
    assert (response.status_code, response["Location"]) == (303, answer.get_absolute_url())
    assert (answer.author, answer.question, answer.basis, answer.body) == (ben, question, "own", BODY)
    assert answer.shown_to_all
    question.refresh_from_db()
    assert question.answers_count == 1


def test_the_answer_is_on_the_page_it_leads_to(browser_of, ben, url):
    page = browser_of(ben).post(url, filled(), follow=True).content.decode()
    assert BODY in page
    assert "It is published." in page


@pytest.mark.parametrize("basis", ["own", "carer", "support"])
def test_a_member_says_what_it_stands_on(browser_of, ben, url, basis):
    browser_of(ben).post(url, filled(basis=basis))
    assert Answer.objects.get().basis == basis


def test_information_needs_a_source(browser_of, ben, url):
    member = browser_of(ben)
    response = member.post(url, filled(basis="source"))
    assert response.status_code == 422
    assert "address of your source" in response.content.decode()
    member.post(url, filled(basis="source", body=f"{BODY} See https://www.nhs.uk/conditions/twitching/"))
    assert Answer.objects.get().basis == "source"


def test_kind_words_may_be_short(browser_of, ben, question, url):
    browser_of(ben).post(url, filled(basis="support", body="Hang in there"))
    question.refresh_from_db()
    assert (Answer.objects.get().body, question.answers_count) == ("Hang in there", 0)


def test_kind_words_may_stay_short_when_they_are_changed(browser_of, ben, question):
    kind = factories.make_answer(ben, question, "Hang in there", basis="support")
    fields = {"body": "Hang on, you", "version": kind.edits.last().pk}
    assert browser_of(ben).post(reverse("forum:edit_answer", args=[kind.pk]), fields).status_code == 303
    kind.refresh_from_db()
    assert kind.body == "Hang on, you"


# Clinicians


def test_a_clinician_answers_as_one_with_the_line_of_that_day(browser_of, cleo, question, url):
    browser_of(cleo).post(url, filled(basis="clinician"))
    cleo.credentials.update(line="cardiology, France")
    answer = Answer.objects.get()
    assert (answer.basis, answer.credential_line) == ("clinician", "neurology, United Kingdom")
    question.refresh_from_db()
    assert question.clinician_replied


def test_nobody_else_answers_as_a_clinician(browser_of, ben, url):
    response = browser_of(ben).post(url, filled(basis="clinician"))
    assert response.status_code == 422
    assert BODY in response.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("change", [{"withdrawn_at": timezone.now()}, {"expires_at": timezone.now()}])
def test_not_with_a_credential_that_has_ended(browser_of, cleo, url, change):
    cleo.credentials.update(verified_at=timezone.now() - timedelta(days=9), **change)
    member = browser_of(cleo)
    assert "As a verified clinician" not in member.get(url).content.decode()
    assert member.post(url, filled(basis="clinician")).status_code == 422


def test_a_clinician_is_never_anonymous(browser_of, cleo, url):
    response = browser_of(cleo).post(url, filled(basis="clinician", anonymous="on"))
    assert response.status_code == 422
    assert "A clinician answers by name" in response.content.decode()


def test_an_unnamed_asker_is_not_offered_to_answer_as_a_clinician(browser_of, cleo):
    question = factories.make_question(cleo, anonymous=True)
    response = browser_of(cleo).post(reverse("forum:answer", args=[question.pk]), filled(basis="clinician"))
    assert response.status_code == 422
    assert not Answer.objects.exists()


# Without one's name


def test_a_member_answers_without_their_name(browser_of, ben, eve, question, url):
    member = browser_of(ben)
    assert "Senior moderators can" in member.get(url).content.decode()
    member.post(url, filled(anonymous="on"))
    browser_of(eve).post(url, filled(anonymous="on"))
    assert list(Answer.objects.order_by("pk").values_list("alias", flat=True)) == [2, 3]
    page = Client().get(question.get_absolute_url()).content.decode()
    assert "Anonymous member 2" in page
    assert "ben" not in page


def test_a_member_keeps_their_number_in_a_thread(browser_of, ben, url):
    member = browser_of(ben)
    member.post(url, filled(anonymous="on"))
    member.post(url, filled(anonymous="on", body=f"{BODY} And more water."))
    assert list(Answer.objects.values_list("alias", flat=True)) == [2, 2]


def test_whoever_is_unnamed_in_a_thread_is_not_named_by_oversight(browser_of, ben, url):
    member = browser_of(ben)
    assert "checked" not in member.get(url).content.decode()
    member.post(url, filled(anonymous="on"))
    assert "checked" in member.get(url).content.decode()


def test_the_asker_is_there_as_they_asked(browser_of, ana):
    question = factories.make_question(ana, anonymous=True)
    member = browser_of(ana)
    url = reverse("forum:answer", args=[question.pk])
    page = member.get(url).content.decode()
    assert "You write here as “Anonymous asker”" in page
    assert 'name="anonymous"' not in page
    member.post(url, filled())
    assert Answer.objects.get().alias == 1


def test_an_asker_with_a_name_cannot_hide_it_later(browser_of, ana, url):
    browser_of(ana).post(url, filled(anonymous="on"))
    assert Answer.objects.get().alias is None


# Held


def test_the_answer_of_a_new_member_waits(browser_of, newt, eve, question, url):
    page = browser_of(newt).post(url, filled(), follow=True).content.decode()
    assert BODY in page
    assert "Your answer: only you and the moderators can see it." in page
    assert "We cannot say how long that takes" in page
    assert "/take-back/" in page
    for client in (Client(), browser_of(eve)):
        assert BODY not in client.get(question.get_absolute_url()).content.decode()
    question.refresh_from_db()
    assert question.answers_count == 0


def test_a_hidden_answer_is_explained_to_its_author_alone(browser_of, ben, eve, mia, question, answer):
    actions.hide(post=answer)
    assert (
        "Only you and the moderators can see it now."
        in browser_of(ben).get(question.get_absolute_url()).content.decode()
    )
    assert answer.body not in browser_of(eve).get(question.get_absolute_url()).content.decode()


# Consent


def test_the_first_post_needs_a_yes(client, ben, url):
    client.force_login(ben)
    response = client.post(url, filled())
    assert response.status_code == 422
    assert BODY in response.content.decode()
    client.post(url, filled(consent="on"))
    assert Answer.objects.count() == Consent.objects.filter(user=ben).count() == 1


def test_the_yes_is_asked_once(browser_of, ben, url):
    assert 'name="consent"' not in browser_of(ben).get(url).content.decode()


# Refused, with every word kept


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"body": ""}, "Please fill this in."),
        ({"body": "Too short."}, "at least 15 characters"),
        ({"body": "\x00\u200b\u202e  \n"}, "Please fill this in."),
        ({"body": "word " * 4_001}, "20000"),
        ({"basis": ""}, "Please choose one."),
        ({"basis": "magic"}, "Please choose one of these."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(browser_of, ben, url, fields, words):
    response = browser_of(ben).post(url, filled(**fields))
    page = response.content.decode().replace("20,000", "20000")
    assert response.status_code == 422
    assert words in page
    assert filled(**fields)["body"].strip("\x00\u200b\u202e \n")[:40] in page
    assert not Answer.objects.exists()


def test_a_megabyte_is_refused_with_a_sentence(browser_of, ben, url):
    response = browser_of(ben).post(url, filled(body="a " * 500_000))
    assert response.status_code == 422
    assert not Answer.objects.exists()


def test_script_and_marks_that_nobody_sees_do_no_harm(browser_of, ben, question, url):
    body = "Look\x00 here \u202e<script>alert(1)</script> and [there](javascript:alert(2)) too"
    browser_of(ben).post(url, filled(body=body))
    page = Client().get(question.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "javascript:alert" not in page.replace("(javascript:alert(2))", "")
    assert "\u202e" not in page
    assert "\x00" not in page


@pytest.mark.parametrize("key", ["", "nonsense", None])
def test_a_form_without_a_proper_key_is_taken(browser_of, ben, url, key):
    fields = filled() | {"submission_key": key}
    response = browser_of(ben).post(url, {name: value for name, value in fields.items() if value is not None})
    assert response.status_code == 303


def test_somebody_silenced_is_told_and_keeps_their_text(browser_of, ben, url):
    member = browser_of(ben)
    type(ben).objects.filter(pk=ben.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    response = member.post(url, filled())
    assert response.status_code == 403
    assert BODY in response.content.decode()
    assert "You cannot post until" in response.content.decode()
    assert member.get(url).status_code == 403


def test_too_many_posts_in_a_day_are_kept_for_tomorrow(browser_of, ben, url, monkeypatch):
    monkeypatch.setitem(trust.ALLOWANCES[ben.trust].a_day, "answer", 1)
    member = browser_of(ben)
    assert member.post(url, filled()).status_code == 303
    response = member.post(url, filled(body="Something else that I wanted to say."))
    assert response.status_code == 429
    assert "tomorrow" in response.content.decode()
    assert "Something else" in member.get(url).content.decode()


@pytest.mark.parametrize("who", ["guest", "eve"])
def test_a_question_that_is_not_shown_is_not_answered(browser_of, newt, eve, who):
    held = factories.make_question(newt)
    client = browser_of(eve) if who == "eve" else Client()
    url = reverse("forum:answer", args=[held.pk])
    assert client.get(url).status_code == client.post(url, filled()).status_code == 404
    assert not Answer.objects.exists()


def test_not_even_its_author_answers_a_held_question(browser_of, newt):
    held = factories.make_question(newt)
    member = browser_of(newt)
    url = reverse("forum:answer", args=[held.pk])
    assert member.get(url).status_code == 403
    assert member.post(url, filled()).status_code == 403
    assert not Answer.objects.exists()


def test_a_form_without_its_token_is_shown_again_with_the_text(ben, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ben)
    response = client.post(url, filled(), headers={"Origin": "http://testserver"})
    assert response.status_code == 403
    assert BODY in response.content.decode()


# Once


def test_a_form_sent_twice_is_one_answer(browser_of, ben, question, url):
    member, fields = browser_of(ben), filled()
    first, second = member.post(url, fields), member.post(url, fields)
    assert first["Location"] == second["Location"]
    assert Answer.objects.count() == 1
    question.refresh_from_db()
    assert question.answers_count == 1


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_one_answer(browser_of, ben, question, url):
    fields, statuses = filled(), []
    browsers = [browser_of(ben) for _ in range(4)]

    def send(browser: Client) -> None:
        try:
            statuses.append(browser.post(url, fields).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [303] * 4
    assert Answer.objects.count() == 1
    assert Question.objects.get(pk=question.pk).answers_count == 1


# Guests


def test_a_guest_writes_first_and_signs_in_then(client, ben, question, url):
    assert "What you wrote is kept" in client.get(url).content.decode()
    response = client.post(url, filled())
    assert (response.status_code, response["Location"]) == (303, f"/accounts/signup/?next={url.replace('/', '%2F')}")
    assert not Answer.objects.exists()
    client.force_login(ben)
    page = client.get(url).content.decode()
    assert BODY in page
    assert '<option value="own" selected>' in page
    client.post(url, filled(consent="on"))
    assert Answer.objects.count() == 1
    assert not Draft.objects.exists()


def test_what_a_guest_wrote_is_not_shown_to_another(client, url):
    client.post(url, filled())
    assert BODY not in Client().get(url).content.decode()


def test_a_guest_corrects_before_signing_in(client, url):
    response = client.post(url, filled(body="Short"))
    assert response.status_code == 422
    assert not Draft.objects.exists()


def test_a_guest_does_not_fill_the_table_of_kept_forms(client, url, monkeypatch):
    monkeypatch.setattr("forum.rules.PARKED_AN_HOUR", 1)
    assert client.post(url, filled()).status_code == 303
    response = Client().post(url, filled())
    assert response.status_code == 429
    assert BODY in response.content.decode()


def test_the_token_and_what_was_not_asked_is_not_kept(client, url):
    client.post(url, filled(csrfmiddlewaretoken="x" * 64, other="y"))
    assert set(Draft.objects.get().fields) == {"basis", "body", "submission_key"}


def test_search_engines_leave_the_form_alone(client, url):
    assert "noindex" in client.get(url).content.decode()
