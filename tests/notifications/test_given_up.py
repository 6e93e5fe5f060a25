"""Mails that failed for good: which do, and what whoever runs the site can do about them."""

import smtplib

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from notifications.actions import mark_read, notify
from notifications.models import Notification
from notifications.problems import problem_of
from notifications.sweeps import send_mails

pytestmark = pytest.mark.usefixtures("shelf")


def refused(code: int, reply: bytes) -> smtplib.SMTPRecipientsRefused:
    return smtplib.SMTPRecipientsRefused({"ana@example.org": (code, reply)})


NOBODY = refused(550, b"5.1.1 <ana@example.org>: no such user")


@pytest.fixture
def given_up(ana, ben, monkeypatch) -> Notification:
    """What could not be mailed to ana, whose address nobody has; ben got his mail in the same round."""
    notify([ana.pk, ben.pk], kind="answer", subject=("answer", 1))
    send = outbox.EmailMessage.send

    def refuse_ana(message, **options):
        if message.to == ["ana@example.org"]:
            raise NOBODY
        return send(message, **options)

    with monkeypatch.context() as patch:
        patch.setattr(outbox.EmailMessage, "send", refuse_ana)
        assert send_mails() == 1
    return Notification.objects.get(recipient=ana)


@pytest.fixture
def runs_the_site(client, boss, settings):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(boss)
    return client


@pytest.mark.parametrize(
    ("raised", "problem", "is_final"),
    [
        (NOBODY, "address", True),
        (refused(550, b"Unrouteable address"), "address", True),
        (refused(550, b"5.7.1 Relaying denied"), "refused", False),
        (refused(550, b"relay not permitted"), "refused", False),
        (refused(550, b"5.1.8 Sender address rejected"), "refused", False),
        (refused(450, b"4.1.2 Domain not found"), "refused", False),
        (refused(552, b"5.2.2 Over quota"), "full", False),
        (smtplib.SMTPRecipientsRefused({}), "refused", False),
        (smtplib.SMTPDataError(554, b"5.1.1 spam"), "refused", False),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8"), "sign_in", False),
        (smtplib.SMTPServerDisconnected(), "away", False),
        (TimeoutError(), "away", False),
        (ValueError("header"), "malformed", True),
    ],
)
def test_only_what_waiting_cannot_help_is_given_up_at_once(raised, problem, is_final):
    found = problem_of(raised)
    assert (found, found.is_final) == (problem, is_final)


def test_a_refused_address_is_given_up_at_once_and_holds_nobody_up(given_up, caplog):
    assert (given_up.mail_problem, given_up.mail_due_at, given_up.mail_attempts) == ("address", None, 1)
    assert given_up.mail_failed_at
    assert [message.to for message in outbox.outbox] == [["ben@example.org"]]
    (logged,) = [record.msg for record in caplog.get_records("setup") if record.levelname == "ERROR"]
    assert logged["given_up"] == 1
    assert "example.org" not in str(logged)


def test_only_a_failed_mail_has_a_problem(given_up):
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.filter(pk=given_up.pk).update(mail_failed_at=None)


def test_the_list_says_why_and_neither_to_whom_nor_what(runs_the_site, given_up):
    html = runs_the_site.get("/admin/notifications/givenupmail/").content.decode()
    assert "Mails that failed for good</h1>" in html
    assert "Nobody has this address" in html and "a…@example.org" in html and "1 mail that failed for good" in html
    assert "ana@" not in html and "answer" not in html and "Secret" not in html


def test_who_runs_the_site_has_it_tried_again(runs_the_site, given_up, ana):
    again = {"action": "try_again", "_selected_action": [given_up.pk]}
    assert runs_the_site.post("/admin/notifications/givenupmail/", again).status_code == 302
    assert send_mails() == 1
    assert outbox.outbox[-1].to == ["ana@example.org"]
    given_up.refresh_from_db()
    assert given_up.mail_sent_at and not given_up.mail_failed_at and given_up.mail_attempts == 1


def test_what_was_read_meanwhile_needs_no_mail_any_more(runs_the_site, given_up, ana):
    mark_read(recipient_id=ana.pk, ids=[given_up.pk])
    assert b"0 mails that failed for good" in runs_the_site.get("/admin/notifications/givenupmail/").content
