"""Getting in as people do: by the pages, with the code from the mail."""

import re
import smtplib
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from accounts import actions
from accounts.models import User

SIGN_UP = "/accounts/signup/"
SIGN_IN = "/accounts/login/"
CODE = "/accounts/login/code/confirm/"
PASSWORD = "a quiet river stone"


@pytest.fixture
def with_a_form_to_come_from(settings):
    settings.ROOT_URLCONF = "tests.accounts.urls"


@pytest.fixture
def member(db) -> User:
    """Somebody who has been here for long, and signs in with a password or a code."""
    return actions.register(email="member@example.org", password=PASSWORD)


@pytest.fixture
def broken_mail(monkeypatch) -> Callable[[bool], None]:
    """Mail that cannot be sent, until `broken_mail(False)`."""
    send = EmailBackend.send_messages

    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("ana@example.org: connection unexpectedly closed")

    def switch(broken: bool) -> None:
        monkeypatch.setattr(EmailBackend, "send_messages", refuse if broken else send)

    switch(True)
    return switch


def code() -> str:
    """The code in the newest mail."""
    return re.findall(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


def wrong(right: str) -> str:
    return "0000-0000" if right != "0000-0000" else "1111-1111"


def sign_up(client, email="ana@example.org", back="/note/", **fields):
    return client.post(SIGN_UP, {"email": email, "old_enough": "on", "next": back} | fields)


def type_code(client, typed: str, back="/note/"):
    return client.post(CODE, {"code": typed, "next": back})


def back_of(response) -> str | None:
    """Where the page that `response` redirects to will lead back to."""
    return parse_qs(urlsplit(response["Location"]).query).get("next", [None])[0]


def who(client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None
