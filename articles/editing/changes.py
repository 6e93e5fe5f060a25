"""What changed between two revisions, part by part, for pages to mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Citation, Revision
from core.differences import Piece, compare


@dataclass(frozen=True)
class Change:
    name: str
    label: str
    pieces: Sequence[Piece]


def changes_between(old: Revision, new: Revision) -> list[Change]:
    before, after = said_of(old), said_of(new)
    return [
        Change(name, label, compare(before[name][1], said))
        for name, (label, said) in after.items()
        if before[name][1] != said
    ]


def said_of(text: Revision) -> dict[str, tuple[str, str]]:
    """What a revision says, part by part: under its column, the name that editors know and the words."""
    return {
        "title": (_("Title"), text.title),
        "topic": (_("Topic"), text.topic.name),
        "standfirst": (_("Standfirst"), text.standfirst),
        "key_points": (_("Key points"), text.key_points),
        "correction_box": (_("Correction"), text.correction_box),
        "body": (_("Text"), text.body),
        "help_emergency": (_("Call an emergency number now if"), text.help_emergency),
        "help_soon": (_("See a doctor in the next day or two if"), text.help_soon),
        "help_visit": (_("Mention it at your next visit if"), text.help_visit),
        "sources": (_("Sources"), in_words(text.sources)),
        "lay_words": (_("Everyday words"), text.lay_words),
        "pins": (_("Related articles"), text.pins),
        "hero": (_("Picture"), str(text.hero or "")),
        "hero_alt": (_("Picture in words"), text.hero_alt),
        "hero_focus": (_("What stays in sight of it"), text.get_hero_focus_display()),
        "byline": (_("Written by"), text.byline),
        "interests": (_("Funding and interests"), text.interests),
    }


def in_words(sources: Sequence[Citation]) -> str:
    """Sources, one a line."""
    return "\n".join(f"{source['title']}. {source['publisher']}. {source['url']}" for source in sources)
