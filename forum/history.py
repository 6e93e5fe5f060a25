"""What the public history of a post shows: each text that was public, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.differences import Piece, compare, shortened
from core.pagination import Page, beside, goes_back, page
from forum import rules
from forum.models import Edit, Post
from forum.rules import Person

PAGE = 20
# Of what stayed as it was, so many characters are shown beside a change.
AROUND = 160


@dataclass(frozen=True)
class Step:
    """One text. `pieces` are what changed since the one before; empty where there is none to compare it with."""

    text: Edit
    pieces: Sequence[Piece]
    is_first: bool
    may_redact: bool = False

    @property
    def is_redacted(self) -> bool:
        return self.text.state == Edit.State.REDACTED

    @property
    def is_live(self) -> bool:
        return self.text.state == Edit.State.LIVE


def history(post: Post, user: Person, *, after: str = "", before: str = "") -> Page:
    """A page of steps, newest first."""
    texts = Edit.objects.about(post).listed()
    where = {"after": after, "before": before}
    rows: list[Edit] = list(beside(texts, **where, by="listed_at")[: PAGE + 1])
    shown = page(rows, **where, by="listed_at", size=PAGE)
    older = rows[PAGE:]
    if goes_back(**where):
        older = list(beside(texts, after=shown.next_cursor, by="listed_at")[:1])
    with_older = [*shown.items, *older, None]
    steps = [_step(text, with_older[place + 1]) for place, text in enumerate(shown.items)]
    steps = [replace(step, may_redact=bool(rules.may_redact(user, post, step.text))) for step in steps]
    return replace(shown, items=steps)


def _step(text: Edit, before: Edit | None) -> Step:
    """A text that was taken out is compared with nothing: what changed would tell what it said."""
    if before is None or Edit.State.REDACTED in (text.state, before.state):
        return Step(text, (), is_first=before is None)
    return Step(text, shortened(compare(before.words, text.words), around=AROUND), is_first=False)
