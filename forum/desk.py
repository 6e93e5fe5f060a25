"""The port to moderation: what the forum asks of whoever looks at posts. Named in `settings.FORUM_DESK`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from accounts.models import User
from forum.models import Post


@dataclass(frozen=True)
class Submission:
    """A text on its way to the public: who sends it, what kind it is (question, answer, comment), and its words."""

    kind: str
    author: User
    title: str
    body: str
    is_edit: bool = False


@dataclass(frozen=True)
class Finding:
    """Why a screener stopped at a text. Spans are (start, end) in title + newline + body."""

    rule: str
    level: int
    for_author: str
    for_moderator: str
    spans: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class Verdict:
    """Publish or hold, and all findings."""

    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def holds(self) -> bool:
        return bool(self.findings)


class Desk(Protocol):
    def screen(self, submission: Submission) -> Verdict:
        """Look at a text before it is stored. No effects."""

    def opened(self, post: Post, findings: Sequence[Finding]) -> None:
        """A post, or a new text of it, waits for a moderator."""

    def changed(self, post: Post) -> None:
        """A post's text or visibility changed without the desk having decided it."""

    def withdrawn(self, post: Post) -> None:
        """Its author took a post back: nothing is left to decide."""

    def expected_wait(self) -> timedelta | None:
        """How long a text waits at this time of day, from what the last 28 days took; None when not known."""

    def words_for_author(self, post: Post) -> str:
        """What the moderators wrote to the author of a returned post, or why it is held; empty when nothing."""


def desk() -> Desk:
    return cast(Desk, import_module(settings.FORUM_DESK))
