"""What changed between two revisions, part by part, for pages to mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.models import Revision
from core.differences import Piece, compare


@dataclass(frozen=True)
class Change:
    label: str
    pieces: Sequence[Piece]


def changes_between(old: Revision, new: Revision) -> list[Change]:
    before, after = _readable(old), _readable(new)
    return [Change(label, compare(before[label], after[label])) for label in after if before[label] != after[label]]


def _readable(text: Revision) -> dict[str, str]:
    """What a revision says, part by part, under the names that editors know."""
    return {
        _("Title"): text.title,
        _("Topic"): text.topic.name,
        _("Standfirst"): text.standfirst,
        _("Key points"): text.key_points,
        _("Text"): text.body,
        _("Call an emergency number now if"): text.help_emergency,
        _("See a doctor in the next day or two if"): text.help_soon,
        _("Mention it at your next visit if"): text.help_visit,
        _("Sources"): "\n".join(
            f"{source['title']}. {source['publisher']}. {source['url']}" for source in text.sources
        ),
        _("Everyday words"): text.lay_words,
        _("Related articles"): text.pins,
        _("Picture"): str(text.hero or ""),
        _("Picture in words"): text.hero_alt,
        _("Written by"): text.byline,
    }
