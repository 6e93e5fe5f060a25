"""The port to moderation: what the forum asks of whoever looks at posts. Named in `settings.FORUM_DESK`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.db.models import Exists

from accounts.models import User
from forum.models import Edit, Post


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
    """Why a screener stopped at a text. Spans are (start, end) in title + newline + body.

    One that does not hold only has a word for the author.
    """

    rule: str
    level: int
    for_author: str
    for_moderator: str
    spans: Sequence[tuple[int, int]] = ()
    holds: bool = True


@dataclass(frozen=True)
class Verdict:
    """Publish or hold, all findings, and what the author of a published text is told."""

    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def holds(self) -> bool:
        return any(finding.holds for finding in self.findings)

    @property
    def warning(self) -> str:
        return " ".join(finding.for_author for finding in self.findings if not finding.holds)


def with_more(body: str, tags: str, reason: str = "") -> str:
    """What is looked at of a text beside its title: tags, and why it was changed, are words that others read, too."""
    return "\n".join([body, *filter(None, (tags, reason))])


class Desk(Protocol):
    def screen(self, submission: Submission) -> Verdict:
        """Look at a text before it is stored. No effects."""

    def received(self, text: Edit) -> None:
        """Somebody sent this text, whatever becomes of it."""

    def opened(self, post: Post, findings: Sequence[Finding]) -> None:
        """A post, or a new text of it, waits for a moderator."""

    def changed(self, post: Post) -> None:
        """A post's text or visibility changed without the desk having decided it."""

    def withdrawn(self, post: Post) -> None:
        """Its author took a post back: nothing is left to decide."""

    def put_back(self, post: Post) -> None:
        """Its author put back what they had taken back: what was said against it stands again."""

    def was_reported(self, post: Post, since: datetime) -> bool:
        """Whether somebody has reported it since then."""

    def is_reported(self) -> Exists:
        """The condition on answers that somebody reported one and no moderator has decided yet."""

    def expected_wait(self) -> timedelta | None:
        """How long a text waits at this time of day, from what the last 28 days took; None when not known."""

    def asleep_until(self) -> datetime | None:
        """When a moderator is on duty again, while none is; None where one is, or where nobody can say."""

    def takes_no_questions(self, author: User) -> bool:
        """Whether this member's new questions can only be kept as drafts until somebody is on duty."""

    def words_for_author(self, post: Post) -> str:
        """What the moderators wrote to the author of a returned post, or why it is held; empty when nothing."""

    def unknown_links(self, text: str) -> int:
        """How many links of a text lead to sites that we do not know."""

    def speaks_of_grave_things(self, text: str) -> bool:
        """Whether a text speaks of a crisis or of a loss: nobody is asked later how that went."""


def desk() -> Desk:
    return cast(Desk, import_module(settings.FORUM_DESK))
