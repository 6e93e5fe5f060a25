"""What is kept of a form while somebody writes."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import give_health_consent
from core import drafts
from core.models import Draft
from forum.models import Answer
from tests import factories

pytestmark = pytest.mark.django_db

KEEP = "/drafts/keep/"
TEXT = "Mine went away after a week of sleeping more."
CHANGED = "It came back after a month, and salt helped."


@pytest.fixture
def writer(ben):
    give_health_consent(user=ben)
    client = Client()
    client.force_login(ben)
    return client


@pytest.fixture
def form(question):
    return reverse("forum:answer", args=[question.pk])


def keep(client, form, *, began="", window="", body=TEXT, key=None, **more):
    typed = {"basis": "own", "body": body, "submission_key": key or uuid.uuid4(), **more}
    return client.post(KEEP, {"form": form, "began": began, "window": window, **typed})


def test_what_is_kept_is_in_the_form_again_and_beside_its_question(writer, question, form):
    assert keep(writer, form).status_code == 200
    for path in (form, question.get_absolute_url()):
        page = writer.get(path).content.decode()
        assert TEXT in page and "This is your draft of" in page and "Throw it away" in page


def test_every_form_that_changes_a_text_is_kept(writer, ben, question):
    answer = factories.make_answer(ben, question)
    remark = factories.make_comment(ben, answer)
    for name, pk in (("edit_answer", answer.pk), ("edit_comment", remark.pk)):
        path = reverse(f"forum:{name}", args=[pk])
        last = (answer if name == "edit_answer" else remark).edits.get().pk
        assert writer.post(KEEP, {"form": path, "body": CHANGED, "version": last}).status_code == 200
        assert CHANGED in writer.get(path).content.decode()
        assert writer.post(path, {"body": CHANGED, "version": last}).status_code == 303
        assert not Draft.objects.exists()
        # What the page sent as it was left may come after that.
        assert writer.post(KEEP, {"form": path, "body": CHANGED, "version": last}).json()["is_sent"]


def test_posting_ends_the_draft_and_twice_is_once(writer, form):
    key = uuid.uuid4()
    keep(writer, form, key=key)
    assert str(key) in writer.get(form).content.decode()
    for _ in range(2):
        writer.post(form, {"basis": "own", "body": TEXT, "submission_key": key})
    assert Answer.objects.count() == 1 and not Draft.objects.exists()
    assert keep(writer, form, key=key).json()["is_sent"]
    assert not Draft.objects.exists()


def test_a_yes_a_token_and_what_the_form_does_not_ask_are_not_kept(writer, form):
    keep(writer, form, consent="on", csrfmiddlewaretoken="x" * 64, password="secret")
    assert set(Draft.objects.get().fields) == {"basis", "body", "submission_key"}


def test_a_page_that_did_not_see_the_newest_draft_writes_over_nothing(writer, form):
    first = keep(writer, form, window="one").json()["saved_at"]
    second = keep(writer, form, began=first, window="two", body="Newer words from another window")
    late = keep(writer, form, began=first, window="one", body="Older words")
    assert late.status_code == 409
    assert late.json()["fields"]["body"] == "Newer words from another window"
    assert late.json()["saved_at"] == second.json()["saved_at"]
    assert keep(writer, form, began="", window="three").status_code == 409
    assert keep(writer, form, began=late.json()["saved_at"], window="one", body="Mine").status_code == 200
    assert Draft.objects.get().fields["body"] == "Mine"


def test_a_page_goes_on_from_its_own_draft_although_it_did_not_hear_that_it_was_saved(writer, form):
    keep(writer, form, window="one")
    assert keep(writer, form, window="one", body="More words").status_code == 200


def test_what_is_seven_days_old_is_gone_and_in_nobodys_way(writer, ben, form):
    keep(writer, form)
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert TEXT not in writer.get(form).content.decode()
    assert keep(writer, form, body="New words").status_code == 200


@pytest.mark.parametrize("form", ["/settings/profile/", "/no-such-page/", "//example.org/ask/", ""])
def test_other_forms_are_not_kept(writer, form):
    assert keep(writer, form).status_code == 400


def test_too_long_and_too_many_are_refused_with_a_sentence(writer, form, monkeypatch):
    answer = keep(writer, form, body="x" * 100_001)
    assert answer.status_code == 413 and "too long" in answer.json()["error"]
    monkeypatch.setattr("forum.views.drafts.MOST", 1)
    assert keep(writer, "/ask/").status_code == 200
    assert keep(writer, form).status_code == 429
    assert keep(writer, "/ask/", began=Draft.objects.get().saved_at.isoformat()).status_code == 200


def test_a_guest_keeps_nothing_here(client, form):
    assert keep(client, form).status_code == 401
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone(writer, eve, question, form):
    keep(writer, form)
    other = Client()
    other.force_login(eve)
    for path in (form, question.get_absolute_url()):
        assert TEXT not in other.get(path).content.decode()


def test_throwing_away_leads_back_to_where_it_was_pressed(writer, question, form):
    keep(writer, form)
    path = question.get_absolute_url()
    response = writer.post(reverse("forum:forget"), {"form": form}, headers={"Referer": f"http://testserver{path}"})
    assert response["Location"] == path and not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_pages_at_once_one_is_told(ben, form):
    def write(window: str) -> str:
        try:
            drafts.keep(owner_id=ben.pk, form=form, fields={"body": window}, began=None, window=window)
        except drafts.NewerDraft as newer:
            return f"told of {newer.draft.fields['body']}"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(write, "abcd"))
    assert sorted(said)[0] == "kept" and said.count("kept") == 1
    assert set(said) == {"kept", f"told of {Draft.objects.get().fields['body']}"}


# My drafts


def test_a_draft_is_found_under_its_question_and_leads_on(writer, question, form):
    keep(writer, form, body="Begun. " + "More words. " * 40)
    page = writer.get("/settings/drafts/").content.decode()
    for shown in (question.title, f'href="{form}"', "Begun. More words.", "All of it", "An answer"):
        assert shown in page
    writer.post(reverse("forum:forget"), {"form": form}, headers={"Referer": "http://testserver/settings/drafts/"})
    assert "There is nothing" in writer.get("/settings/drafts/").content.decode()


def test_what_is_hidden_meanwhile_is_not_named_but_the_words_are_there(writer, question, form):
    keep(writer, form)
    keep(writer, reverse("forum:comment_question", args=[question.pk]), body="A remark")
    question.status, question.shown_to_members, question.shown_to_all = "hidden", False, False
    question.save()
    page = writer.get("/settings/drafts/").content.decode()
    assert question.title not in page and form not in page.replace(f'value="{form}"', "")
    assert TEXT in page and "A remark" in page


def test_many_drafts_come_in_pages(writer, ben):
    for number in range(1, 23):
        drafts.keep(owner_id=ben.pk, form=f"/questions/{number}/answer/", fields={}, began=None, window="")
    page = writer.get("/settings/drafts/").content.decode()
    assert page.count("Throw it away") == 20 and "after=" in page


def test_what_a_guest_brings_along_does_not_end_an_earlier_draft(client, writer, ben, form):
    keep(writer, form, body="The earlier words")
    key = uuid.uuid4()
    for body in (TEXT, CHANGED):
        guest = Client()
        guest.post(form, {"basis": "own", "body": body, "submission_key": key})
        guest.force_login(ben)
        assert body in guest.get(form).content.decode()
    page = writer.get("/settings/drafts/").content.decode()
    assert "The earlier words" in page and CHANGED in page and TEXT not in page
    assert page.count("Continue") == 1
