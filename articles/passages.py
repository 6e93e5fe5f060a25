"""A text as a reviewer reads it: a passage at a time, each with what changed in it since the last sign-off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import HELP_PARTS, NONE, Remark, Revision
from core import markdown
from core.blocks import blocks, words
from core.differences import Piece, compare

SAME, CHANGED, NEW, GONE = "same", "changed", "new", "gone"


@dataclass
class Passage:
    """`html` where it has a form of its own, else only `words`; `number` counts from 1, none where it is gone."""

    part: str
    words: str
    html: SafeString | None = None
    change: str = SAME
    pieces: Sequence[Piece] = ()
    number: int = 0
    # Where links within the text lead to.
    anchor: str = ""
    remarks: list[Remark] = field(default_factory=list)


def passages(text: Revision, before: Revision | None, remarks: Sequence[Remark] = ()) -> list[Passage]:
    """What `text` says, in the order of the page, with what is gone since `before` at its place."""
    found = list(_marked(text, before))
    by_words: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_words.setdefault(remark.passage, []).append(remark)
    for number, passage in enumerate((one for one in found if one.change != GONE), start=1):
        passage.number = number
        passage.remarks = by_words.pop(passage.words, [])
    return found


def passage_at(text: Revision, number: int) -> str:
    """The words of a passage; empty for the whole text."""
    return next((passage.words for passage in passages(text, None) if passage.number == number), "")


def _marked(text: Revision, before: Revision | None) -> Iterator[Passage]:
    old_parts = dict(_parts(before)) if before else {}
    for part, new in _parts(text):
        if before is None:
            yield from new
            continue
        old = old_parts.get(part, [])
        matcher = SequenceMatcher(None, [one.words for one in old], [one.words for one in new], autojunk=False)
        for kind, i, j, x, y in matcher.get_opcodes():
            pairs = 0 if kind == "equal" else min(j - i, y - x)
            for was, now in zip(old[i : i + pairs], new[x : x + pairs], strict=True):
                now.change, now.pieces = CHANGED, compare(was.words, now.words)
            for one in old[i + pairs : j] if kind != "equal" else ():
                one.change = GONE
                yield one
            for one in new[x + pairs : y] if kind != "equal" else ():
                one.change = NEW
            yield from new[x:y]


def _parts(text: Revision) -> Iterator[tuple[str, list[Passage]]]:
    """Each part with its passages; a part that has none too, for what may be gone from it."""
    yield _part(_("Title"), text.title)
    yield _part(_("Standfirst"), text.standfirst)
    yield _part(_("Correction"), text.correction_box)
    yield _part(_("Picture at the top, in words"), text.hero_alt)
    yield _part(_("Key points"), html=text.key_points_html)
    for name in ("help_emergency", "body", "help_soon", "help_visit"):
        label = str(HELP_PARTS.get(name, _("Text")))
        is_none = name in HELP_PARTS and getattr(text, name).strip().lower() == NONE
        yield _part(label, _("None.") if is_none else "", html=getattr(text, f"{name}_html"))
    sources = [
        Passage(_("Sources"), f"{one['title']}. {one['publisher']}. {one['url']}", anchor=f"source-{number}")
        for number, one in enumerate(text.sources, start=1)
    ]
    yield _("Sources"), sources
    yield _part(_("Written by"), text.byline)
    yield _part(_("Funding and interests"), text.interests)
    yield _part(_("Everyday words, which search uses"), ", ".join(text.lay_words.splitlines()))


def _part(label: str, said: str = "", html: str = "") -> tuple[str, list[Passage]]:
    found = [Passage(label, " ".join(said.split()))] if said else []
    return label, found + [Passage(label, words(block), markdown.stored(block)) for block in blocks(html)]
