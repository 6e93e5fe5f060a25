import email
import re
import smtplib
from datetime import timedelta
from email.policy import default
from urllib.parse import urlsplit

import pytest
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import User
from notifications import sweeps
from notifications.actions import mark_read, notify, withdraw
from notifications.models import Notification
from notifications.sweeps import BACK_OFF, CLAIMED_FOR, send_mails

pytestmark = pytest.mark.usefixtures("shelf")
DECIDED = ("approved", "returned", "change_approved", "change_returned", "hidden")
KINDS = [("answer", "answer"), ("comment", "comment"), ("helped", "answer"), ("approved", "question")] + [
    (kind, post) for kind in DECIDED for post in ("question", "answer", "comment")
]


def tell(*people: User, kind: str = "answer", subject=("answer", 1)) -> Notification:
    notify([person.pk for person in people], kind=kind, subject=subject)
    return Notification.objects.latest("pk")


def later(notification: Notification, by: timedelta) -> None:
    """Let as much time pass for the row as `by`."""
    notification.refresh_from_db()
    for name in ("mail_due_at", "mail_claimed_until"):
        if value := getattr(notification, name):
            setattr(notification, name, value - by)
    notification.save()


class Broken:
    """A mail server that fails as often as it is told to."""

    def __init__(self, monkeypatch, problem: Exception, times: int = 10**6) -> None:
        self.problem, self.times, self.calls = problem, times, 0
        send = outbox.EmailMessage.send

        def fail_or_send(message, **options):
            self.calls += 1
            if self.calls <= self.times:
                raise self.problem
            return send(message, **options)

        monkeypatch.setattr(outbox.EmailMessage, "send", fail_or_send)


def test_a_mail_says_that_something_happened_and_where(ana):
    notification = tell(ana)
    assert send_mails() == 1
    (message,) = outbox.outbox
    assert message.to == ["ana@example.org"]
    assert message.subject == "Askwell: somebody answered your question"
    assert f"http://localhost:8000/n/{notification.token}/" in message.body
    assert f"http://localhost:8000/n/{notification.token}/" in message.alternatives[0].content
    notification.refresh_from_db()
    assert notification.mail_sent_at and notification.mail_due_at is None


@pytest.mark.parametrize(("kind", "post"), KINDS)
def test_no_mail_tells_what_it_is_about(ana, kind, post):
    tell(ana, kind=kind, subject=(post, 7))
    send_mails()
    (message,) = outbox.outbox
    whole = message.message().as_string()
    assert "Secret" not in whole and "/things/" not in whole
    assert re.fullmatch(r"Askwell: [a-z][a-z ,]+", message.subject)


def test_each_mail_is_sent_once(ana):
    tell(ana)
    assert [send_mails(), send_mails()] == [1, 0]
    assert len(outbox.outbox) == 1


def test_a_mail_has_a_way_out_in_one_press(ana):
    tell(ana)
    send_mails()
    headers = outbox.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<http://localhost:8000/notifications/unsubscribe/[\w:-]+/>", headers["List-Unsubscribe"])


def test_who_wants_no_mails_gets_none_but_is_told(ana):
    User.objects.filter(pk=ana.pk).update(mail_notices=False)
    tell(ana)
    assert send_mails() == 0
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda notification, shelf: shelf.hidden.add(1),
        lambda notification, shelf: withdraw(("answer", 1)),
        lambda notification, shelf: mark_read(recipient_id=notification.recipient_id, ids=[notification.pk]),
        lambda notification, shelf: User.objects.filter(pk=notification.recipient_id).update(mail_notices=False),
        lambda notification, shelf: User.objects.filter(pk=notification.recipient_id).update(is_active=False),
    ],
    ids=["hidden", "withdrawn", "read", "unsubscribed", "left"],
)
def test_a_mail_that_waits_is_dropped_when_it_is_no_longer_wanted(ana, shelf, change):
    notification = tell(ana)
    change(notification, shelf)
    assert send_mails() == 0
    assert outbox.outbox == []
    notification.refresh_from_db()
    assert notification.mail_due_at is None and notification.mail_sent_at is None


def test_what_is_withdrawn_while_its_mail_is_claimed_is_not_sent(ana, monkeypatch):
    tell(ana)
    claim = sweeps._claim

    def claim_and_withdraw(pk):
        claimed = claim(pk)
        withdraw(("answer", 1))
        return claimed

    monkeypatch.setattr(sweeps, "_claim", claim_and_withdraw)
    assert send_mails() == 0
    assert outbox.outbox == []


@pytest.mark.parametrize(
    "problem",
    [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected(), smtplib.SMTPRecipientsRefused({})],
)
def test_a_mail_that_cannot_be_sent_is_tried_again_after_a_while(ana, monkeypatch, problem):
    notification = tell(ana)
    server = Broken(monkeypatch, problem, times=1)
    assert send_mails() == 0
    assert send_mails() == 0
    assert server.calls == 1
    later(notification, BACK_OFF[0])
    assert send_mails() == 1
    assert len(outbox.outbox) == 1


def test_a_mail_is_given_up_after_the_last_attempt_and_the_log_says_so(ana, monkeypatch, caplog):
    notification = tell(ana)
    server = Broken(monkeypatch, ConnectionRefusedError("ana@example.org"))
    for rest in BACK_OFF:
        send_mails()
        later(notification, rest - timedelta(seconds=1))
        send_mails()
        later(notification, timedelta(seconds=1))
    send_mails()
    notification.refresh_from_db()
    assert server.calls == len(BACK_OFF) + 1
    assert notification.mail_failed_at and notification.mail_due_at is None
    assert send_mails() == 0
    assert "mail given up" in caplog.text
    assert "ana@example.org" not in caplog.text


def test_one_trouble_a_round_and_the_others_have_their_turn(ana, ben, monkeypatch):
    tell(ana)
    tell(ben)
    Broken(monkeypatch, smtplib.SMTPRecipientsRefused({}), times=1)
    assert [send_mails(), send_mails()] == [0, 1]
    assert [message.to for message in outbox.outbox] == [["ben@example.org"]]


def test_a_mail_whose_sender_died_is_sent_by_another_when_the_claim_has_run_out(ana, monkeypatch):
    notification = tell(ana)
    with pytest.raises(KeyboardInterrupt), monkeypatch.context() as patch:
        Broken(patch, KeyboardInterrupt())
        send_mails()
    assert send_mails() == 0
    later(notification, CLAIMED_FOR)
    assert send_mails() == 1


def test_a_mail_that_kills_its_sender_is_given_up(ana, monkeypatch):
    notification = tell(ana)
    server = Broken(monkeypatch, KeyboardInterrupt())
    for _ in range(len(BACK_OFF) + 1):
        with pytest.raises(KeyboardInterrupt):
            send_mails()
        later(notification, CLAIMED_FOR)
    assert send_mails() == 0
    notification.refresh_from_db()
    assert notification.mail_failed_at
    assert server.calls == len(BACK_OFF) + 1


@pytest.mark.parametrize(
    "address", ["ana@example.org\nbcc: eve@example.org", "ana@example.org\r\nx: y", "not an address"]
)
def test_an_address_puts_nothing_into_the_headers(ana, address, settings):
    User.objects.filter(pk=ana.pk).update(email=address, display_name="Ana\r\nBcc: eve@example.org")
    tell(ana)
    send_mails()
    for message in outbox.outbox:
        assert "Bcc" not in message.message()
        assert "eve@example.org" not in str(message.message().items())


def test_a_mail_is_the_same_at_each_attempt(ana):
    notification = tell(ana)
    send_mails()
    assert outbox.outbox[0].message()["Message-ID"] == f"<notice-{notification.pk}@localhost>"


def test_a_mail_that_is_not_due_waits(ana):
    notification = tell(ana)
    Notification.objects.filter(pk=notification.pk).update(mail_due_at=timezone.now() + timedelta(minutes=1))
    assert send_mails() == 0


def test_a_mail_has_what_mail_programs_go_by_and_nothing_that_tells_on_its_reader(ana):
    tell(ana)
    send_mails()
    message = email.message_from_bytes(outbox.outbox[0].message().as_bytes(), policy=default)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["From"].addresses[0].display_name == "Askwell"
    # Mails about one question are not to be told by how they hang together.
    assert not {"In-Reply-To", "References", "Thread-Topic"} & set(message.keys())
    html = message.get_body(("html",)).get_content()
    # Nothing is fetched when it is opened; every link leads to us.
    assert not re.search(r"<img|<link|src=|url\(|@import", html)
    assert {urlsplit(link).netloc for link in re.findall(r'href="([^"]+)"', html)} == {"localhost:8000"}
    # What lists of mails show beside the subject says no more than it.
    words = " ".join(re.sub(r"<[^>]+>", " ", html.partition("</head>")[2]).split())
    assert words.startswith("Somebody answered your question. Read it on Askwell Our mails say no more")
