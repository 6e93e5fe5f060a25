"""The mails that a demo wrote to a folder instead of sending them."""

from __future__ import annotations

import email
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

# Django's file backend writes one file per connection, with this line after each message.
BETWEEN = b"-" * 79 + b"\n"
SHOWN = 100


@dataclass(frozen=True)
class Mail:
    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str


def newest() -> list[Mail]:
    """The newest mails first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.is_dir() else []
    mails: list[Mail] = []
    for file in files:
        if len(mails) >= SHOWN:
            break
        messages = [raw for raw in file.read_bytes().split(BETWEEN) if raw.strip()]
        mails += [_mail(f"{file.stem}-{number}", raw) for number, raw in reversed(list(enumerate(messages)))]
    return mails[:SHOWN]


def _mail(name: str, raw: bytes) -> Mail:
    message: EmailMessage = email.message_from_bytes(raw, policy=default)  # type: ignore[assignment]
    body = message.get_body(preferencelist=("plain",))
    return Mail(
        name=name,
        to=message["To"],
        subject=message["Subject"],
        sent_at=parsedate_to_datetime(message["Date"]),
        text=body.get_content() if body else "",
    )
