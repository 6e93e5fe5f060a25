"""Crisis: whoever tells of self-harm, of being hurt, of a child in danger or of harm to others is read by a person."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation.distress import Kind, found_by_kind, spans_of, words_for_moderator

LEVELS = {Kind.SELF_HARM: 5, Kind.CHILD: 5, Kind.ABUSE: 4, Kind.HARM: 4}


def screen(submission: Submission) -> Sequence[Finding]:
    """Whoever wrote it, moderators too: this is about them. Of several kinds, the worst says it to the author."""
    found = found_by_kind(submission)
    kinds = [kind for kind in LEVELS if kind in found]
    return [
        Finding(
            rule=kind.value,
            level=LEVELS[kind],
            for_author=for_author(kind) if kind == kinds[0] else "",
            for_moderator=words_for_moderator(kind, found[kind]),
            spans=spans_of(found[kind]),
        )
        for kind in kinds
    ]


def for_author(kind: Kind) -> str:
    if kind == Kind.SELF_HARM:
        return _("Thank you for saying this. A moderator reads it before others do, so that you are not left alone.")
    if kind == Kind.HARM:
        return _("Thank you for saying this. A moderator reads it before others do, to be sure that everyone is safe.")
    return _("Thank you for telling us. A moderator reads it before others do, so that nobody is put in danger by it.")
