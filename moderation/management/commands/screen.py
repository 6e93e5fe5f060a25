"""`manage.py screen FILE`: what all screeners say to texts, one JSON object a line, without storing anything."""

import json
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from forum.desk import Submission
from moderation import desk

KINDS = ("question", "answer", "comment")
FIELDS = {"kind": KINDS[0], "title": "", "body": "", "trust": User.Trust.NEW.value}


class Command(BaseCommand):
    help = (
        'Screen texts: lines such as {"kind": "question", "title": "…", "body": "…", "trust": "new"} come back with '
        '"decision" (publish or hold) and "findings". FILE may be - for what is piped in.'
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    def handle(self, *, file: str, **options: Any) -> None:
        unread = 0
        for number, line in numbered(file):
            try:
                text = read(line)
            except ValueError as problem:
                unread += 1
                self.stderr.write(f"Line {number}: {problem}")
            else:
                self.stdout.write(json.dumps(text | screened(text), ensure_ascii=False))
        if unread:
            raise CommandError(f"{unread} of the lines could not be read.")


def numbered(file: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        with nullcontext(sys.stdin) if file == "-" else Path(file).open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{file} cannot be read: {problem}.") from problem


def read(line: str) -> dict[str, Any]:
    """The object of a line. Raises ValueError with a sentence if it is none that can be screened."""
    try:
        text = json.loads(line)
    except json.JSONDecodeError as problem:
        raise ValueError(f"it is no JSON ({problem.msg.lower()}).") from problem
    if not isinstance(text, dict):
        raise ValueError('it is no object such as {"title": "…", "body": "…"}.')
    for name in FIELDS:
        if not isinstance(text.get(name, ""), str):
            raise ValueError(f'"{name}" is no text.')
    for name, known in (("kind", KINDS), ("trust", User.Trust.values)):
        if text.get(name, FIELDS[name]) not in known:
            raise ValueError(f'"{name}" is one of {", ".join(known)}.')
    return text


def screened(text: dict[str, Any]) -> dict[str, Any]:
    """What the screeners say to it, as if somebody with that trust sent it now."""
    said = FIELDS | text
    author = User(trust=said["trust"])
    verdict = desk.screen(Submission(kind=said["kind"], author=author, title=said["title"], body=said["body"]))
    return {
        "decision": "hold" if verdict.holds else "publish",
        "findings": [
            {"rule": finding.rule, "level": finding.level, "spans": list(finding.spans)} for finding in verdict.findings
        ],
    }
