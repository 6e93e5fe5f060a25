"""Reporting: by members and by people who are not signed in; it lands in the queue, once."""

import uuid

import pytest

import forum.actions
from moderation import house
from moderation.models import Report, ReviewItem
from moderation.views.reports import REPORTS_AN_HOUR
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db


def path_of(thing) -> str:
    return f"/report/{getattr(thing, 'kind', 'member')}/{thing.pk}/"


def send(client, thing, **fields):
    return client.post(path_of(thing), {"reason": "advertising", "submission_key": uuid.uuid4()} | fields)


@pytest.fixture
def remark(ben, question):
    return factories.make_comment(ben, question)


@pytest.mark.parametrize("kind", ["question", "answer", "remark", "eve"])
def test_anybody_can_report_posts_and_members(client, request, kind, mia):
    thing = request.getfixturevalue(kind)
    page = client.get(path_of(thing))
    assert page.status_code == 200
    assert all(str(rule.text) in page.text for rule in house.RULES)
    answer = send(client, thing, note="He sells pills.", contact="reader@example.org")
    assert (answer.status_code, answer["Location"]) == (303, f"{path_of(thing)}thanks/")
    made = Report.objects.about(thing).get()
    assert (made.reporter, made.note, made.contact) == (None, "He sells pills.", "reader@example.org")
    assert ReviewItem.objects.about(thing).open().exists()
    assert "He sells pills." in sign_in(mia).get("/review/").text


def test_thanks_say_what_happens_next(client, question):
    page = client.get(send(client, question)["Location"])
    assert "A moderator compares it with our rules and decides." in page.text
    assert question.get_absolute_url() in page.text


def test_members_are_not_asked_for_an_address(eve, question):
    client = sign_in(eve)
    assert "contact" not in client.get(path_of(question)).context["form"].fields
    send(client, question, contact="eve@example.org")
    assert (Report.objects.get().reporter, Report.objects.get().contact) == (eve, "")


def test_a_form_sent_twice_is_one_report(client, question):
    key = uuid.uuid4()
    for _ in range(2):
        assert send(client, question, submission_key=key).status_code == 303
    assert Report.objects.count() == 1
    assert len(item_of(question).reasons) == 1


def test_a_report_without_a_key_still_arrives(client, question):
    assert send(client, question, submission_key="nonsense").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Please choose what fits best."),
        ({"reason": "boring"}, "Please choose what fits best."),
        ({"note": "Kept words " + "x" * 1000}, "Please keep this to 1000 characters"),
        ({"contact": "Kept words"}, "This is not a whole address."),
    ],
)
def test_a_report_that_cannot_be_sent_says_why_and_keeps_what_was_typed(client, question, fields, sentence):
    answer = send(client, question, **({"note": "Kept words"} | fields))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Kept words" in answer.text
    assert not Report.objects.exists()


def test_something_else_has_to_be_said(client, question):
    answer = send(client, question, reason="other", note=" ")
    assert answer.status_code == 422
    assert "Please say in a few words what it is." in answer.text


def test_unseen_marks_are_taken_out_of_a_note(client, question):
    send(client, question, note="A\x00 no\u200bte\u202e")
    assert Report.objects.get().note == "A note"


def test_ten_reports_an_hour_from_one_address(client, question):
    for _ in range(REPORTS_AN_HOUR):
        assert send(client, question).status_code == 303
    answer = send(client, question, note="My eleventh.")
    assert answer.status_code == 429
    assert "Please send this one in an hour." in answer.text
    assert "My eleventh." in answer.text
    assert Report.objects.count() == REPORTS_AN_HOUR


def test_a_refused_form_is_not_counted(client, question):
    for _ in range(REPORTS_AN_HOUR + 1):
        assert send(client, question, reason="").status_code == 422


def test_nobody_reports_themselves(ana, question):
    for thing, sentence in ((question, "You wrote this yourself."), (ana, "This is you.")):
        answer = send(sign_in(ana), thing)
        assert answer.status_code == 403
        assert sentence in answer.text
    assert not Report.objects.exists()


def test_what_others_do_not_see_they_do_not_report(client, held, eve, question, mia, newt):
    for who in (client, sign_in(eve)):
        assert who.get(path_of(held)).status_code == 404
        assert send(who, held).status_code == 404
    assert send(sign_in(mia), held).status_code == 403
    assert send(sign_in(newt), held).status_code == 403
    forum.actions.hide(post=question)
    assert send(sign_in(eve), question).status_code == 404


def test_a_question_for_members_is_reported_by_members_only(client, ana, eve, topic):
    question = factories.make_question(ana, topic=topic, audience="members")
    assert send(client, question).status_code == 404
    assert send(sign_in(eve), question).status_code == 303


def test_a_closed_account_is_not_reported(client, eve):
    eve.is_active = False
    eve.save()
    assert client.get(path_of(eve)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/report/question/999999/", "/report/planet/1/", "/report/planet/1/thanks/", "/report/"]
)
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_thanks_do_not_tell_what_is_hidden(client, held):
    page = client.get(f"{path_of(held)}thanks/")
    assert page.status_code == 200
    assert held.title not in page.text


def test_an_anonymous_author_is_not_named(client, ana, topic):
    question = factories.make_question(ana, topic=topic, anonymous=True)
    assert "ana" not in client.get(path_of(question)).text.replace("anatom", "")


def test_search_engines_leave_reports_alone(client, question):
    assert '<meta name="robots" content="noindex">' in client.get(path_of(question)).text


def test_the_author_is_told_nothing_of_a_report(client, ana, question):
    send(client, question)
    ana.refresh_from_db()
    assert ana.unread_count == 0


def test_what_a_note_tells_of_distress_is_read_as_soon_as_if_a_post_told_of_it(client, question):
    send(client, question, note="I want to die since I have read this.")
    item = item_of(question)
    assert item.harm == 5
    assert item.reasons[-1]["words"] == "advertising; in the note: Possible self-harm"
