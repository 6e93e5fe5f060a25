"""Whoever reports learns that it is settled and whether something was done, and nothing about whom it was done to."""

import uuid

import pytest

import forum.actions
import moderation.actions
from moderation.models import Decision, Report
from moderation.undoing import undo
from notifications.models import Notification
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_reports import path_of, send

pytestmark = pytest.mark.django_db

PICTURE = "Look at this: ![a rash](/media/2026/11/rash-10x10.webp)"


def report(thing, reporter=None, reason="unkind", **fields) -> Report:
    said = {"note": "", "contact": "", "submission_key": uuid.uuid4()} | fields
    return moderation.actions.report(thing=thing, reporter=reporter, reason=reason, **said)


def told(person) -> list[tuple[str, str, int]]:
    unread = Notification.objects.unread().filter(recipient=person)
    return list(unread.values_list("kind", "subject_kind", "subject_id"))


def decided(mia, thing, decision: str, **fields) -> None:
    item = item_of(thing)
    assert decide(sign_in(mia), item, decision, **fields).status_code == 303


@pytest.mark.parametrize(
    ("decision", "outcome"), [("keep", "Looked at; it stays"), ("hide", "Something was done")], ids=["keep", "hide"]
)
def test_a_reporter_is_told_that_it_is_settled_and_reads_how(answer, eve, mia, decision, outcome):
    made = report(answer, eve)
    assert told(eve) == []
    page = sign_in(eve).get(f"{path_of(answer)}thanks/").text
    assert "Thank you. Your report has arrived." in page and "Waiting" in page
    decided(mia, answer, decision, rule="unkind", last_report=made.pk)
    assert told(eve) == [("reported", "report", made.pk)]
    client = sign_in(eve)
    assert "your report is settled" in client.get("/notifications/").text.lower()
    page = client.get(Notification.objects.get(kind="reported").get_absolute_url(), follow=True).text
    assert outcome in page and "What came of your report" in page
    made.refresh_from_db()
    assert made.settled_at is not None


def test_an_outcome_names_nothing_that_is_hidden_by_now(question, eve, mia):
    made = report(question, eve)
    decided(mia, question, "hide", rule="unkind")
    client = sign_in(eve)
    for path in ("/notifications/", f"{path_of(question)}thanks/"):
        page = client.get(path).text
        assert question.title not in page and "ana" not in page.replace("anatom", "").replace("manag", "")
    assert made.thing == question


def test_nobody_reads_what_came_of_the_report_of_another(answer, eve, ben, client, mia):
    made = report(answer, eve)
    decided(mia, answer, "keep", last_report=made.pk)
    for other in (client, sign_in(ben)):
        page = other.get(f"{path_of(answer)}thanks/").text
        assert "Looked at; it stays" not in page
    assert [one for one in told(ben) if one[0] == "reported"] == []


def test_each_of_several_reporters_is_told_and_who_was_not_signed_in_is_mailed_nothing(
    answer, eve, ana, mia, mailoutbox
):
    made = [report(answer, eve), report(answer, ana), report(answer, contact="reader@example.org")]
    decided(mia, answer, "keep", last_report=made[-1].pk)
    for reporter, one in ((eve, made[0]), (ana, made[1])):
        assert ("reported", "report", one.pk) in told(reporter)
    assert Notification.objects.filter(kind="reported").count() == 2
    assert mailoutbox == []


def test_what_is_reported_after_the_page_was_opened_is_not_settled_with_it(answer, eve, ana, mia):
    first, second = report(answer, eve), report(answer, ana)
    decided(mia, answer, "keep", last_report=first.pk)
    assert ("reported", "report", first.pk) in told(eve)
    assert ("reported", "report", second.pk) not in told(ana)


def test_a_report_of_what_its_author_takes_back_is_settled_and_open_again_when_it_is_put_back(answer, ben, eve):
    made = report(answer, eve)
    forum.actions.take_back(post=answer)
    made.refresh_from_db()
    assert (made.state, bool(made.settled_at)) == (Report.State.GONE, True)
    assert told(eve) == [("reported", "report", made.pk)]
    forum.actions.put_back(post=answer)
    made.refresh_from_db()
    assert (made.state, made.settled_at) == (Report.State.OPEN, None)
    assert told(eve) == []


def test_what_is_taken_back_is_no_longer_said_to_be_settled_and_is_told_anew(answer, eve, mia, mo):
    made = report(answer, eve)
    decided(mia, answer, "keep", last_report=made.pk)
    undo(decision=Decision.objects.get(code="kept"), moderator=mo)
    made.refresh_from_db()
    assert (made.state, made.settled_at, told(eve)) == (Report.State.OPEN, None, [])
    decided(mia, answer, "hide", rule="unkind")
    assert told(eve) == [("reported", "report", made.pk)]


def test_a_report_of_a_member_is_settled_by_what_is_done_about_them(ben, eve, mia):
    made = report(ben, eve)
    decided(mia, ben, "keep", last_report=made.pk)
    assert told(eve) == [("reported", "report", made.pk)]


def test_a_picture_is_reported_as_what_it_is_about(client, ben, question, mia):
    plain = factories.make_answer(ben, question)
    shown = factories.make_answer(mia, question, PICTURE)
    assert "is_about_picture" not in client.get(path_of(plain)).context["form"].fields
    assert "It is about a picture in it" in client.get(path_of(shown)).text
    send(client, plain, is_about_picture="on")
    send(client, shown, is_about_picture="on", reason="copied")
    found = [Report.objects.about(one).get().is_about_picture for one in (plain, shown)]
    assert found == [False, True]


def test_moderators_read_that_a_report_is_about_a_picture(client, ana, mia, mo):
    question = factories.make_question(mia, body=PICTURE)
    send(client, question, is_about_picture="on")
    assert "about a picture in it" in sign_in(mo).get(f"/review/{item_of(question).pk}/").text


def test_what_is_reported_for_showing_abuse_is_announced_and_urgent(client, question):
    send(client, question, reason="abuse")
    item = item_of(question)
    assert (item.distress, item.harm) == ("abuse", 5)
