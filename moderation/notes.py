"""Notes that moderators keep for each other: written, withdrawn, and the newest beside what they are about."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from forum.models.targets import key_of
from moderation.models import Note

# The newest, of one post or member.
SHOWN = 30


def beside(thing: Any) -> list[Note]:
    return list(Note.objects.beside(thing)[:SHOWN])


def write(*, thing: Any, writer: User, text: str) -> None:
    """The same words of the same moderator about the same, sent twice, are one note."""
    said = {key_of(thing): thing, "writer": writer, "text": text}
    if not Note.objects.filter(**said).exists():
        Note.objects.create(**said)


def withdraw(*, note: Note) -> None:
    note.delete()
