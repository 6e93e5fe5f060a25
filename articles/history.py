"""What the public history of an article shows: each text that readers had, who signed it, and what changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from articles.corrections import DELETABLE
from articles.editing.changes import Change, changes_between
from articles.models import Article, Correction, SignOff, Step
from core.differences import shortened
from core.pagination import Page, beside, goes_back, page

PAGE = 10
# Of what stayed as it was, so many characters are shown beside a change.
AROUND = 160
PUBLIC = (Step.Kind.PUBLISHED, Step.Kind.FORM, Step.Kind.URGENT, Step.Kind.CHECKED)
# Of which readers see nothing on the page, or no words.
_UNSEEN = ("lay_words", "pins", "hero")


@dataclass(frozen=True)
class Entry:
    """What was done, and in substance changed since the text before; nothing where there was none before."""

    step: Step
    changes: Sequence[Change]
    is_first: bool
    # The parts that changed too, but whose words were wrong.
    kept_back: Sequence[str] = ()

    @property
    def kind(self) -> str:
        return self.step.kind

    @property
    def sign_off(self) -> SignOff | None:
        return getattr(self.step.revision, "sign_off", None)


def history(article: Article, *, after: str = "", before: str = "") -> Page:
    """A page of entries, newest first."""
    steps = Step.objects.filter(revision__article=article, kind__in=PUBLIC).select_related(
        "revision__topic", "revision__hero", "revision__sign_off"
    )
    where = {"after": after, "before": before}
    rows: list[Step] = list(beside(steps, **where, by="taken_at")[: PAGE + 1])
    shown = page(rows, **where, by="taken_at", size=PAGE)
    older = rows[PAGE:]
    if goes_back(**where):
        older = list(beside(steps, after=shown.next_cursor, by="taken_at")[:1])
    before_each = [*shown.items[1:], *older, None]
    taken_out = _taken_out(article)
    entries = [_entry(step, last, taken_out) for step, last in zip(shown.items, before_each, strict=False)]
    return replace(shown, items=entries)


def _taken_out(article: Article) -> dict[str, int]:
    """The parts out of which something was taken at once, with the number of the last revision that did."""
    corrections = Correction.objects.filter(revision__article=article, kind=Correction.Kind.URGENT)
    return {
        name: correction.revision.number
        for correction in corrections.select_related("base", "revision").order_by("revision__number")
        for name in DELETABLE
        if getattr(correction.base, name) != getattr(correction.revision, name)
    }


def _entry(step: Step, last: Step | None, taken_out: Mapping[str, int]) -> Entry:
    if last is None or step.kind in (Step.Kind.FORM, Step.Kind.CHECKED):
        return Entry(step, (), is_first=last is None)
    changes = [change for change in changes_between(last.revision, step.revision) if change.name not in _UNSEEN]
    # What was wrong enough to be taken out at once is not repeated, neither when it went nor when it came.
    kept_back = [one.label for one in changes if step.revision.number <= taken_out.get(one.name, 0)]
    shown = [replace(one, pieces=shortened(one.pieces, around=AROUND)) for one in changes if one.label not in kept_back]
    return Entry(step, shown, is_first=False, kept_back=kept_back)
