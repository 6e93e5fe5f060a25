"""Emergency: warning signs that are there now are read by a person at once, and nobody should wait for an answer."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation.distress import Kind, found_by_kind, spans_of, words_for_moderator

LEVEL = 5


def screen(submission: Submission) -> Sequence[Finding]:
    found = found_by_kind(submission).get(Kind.EMERGENCY)
    if not found:
        return ()
    return [
        Finding(
            rule=Kind.EMERGENCY.value,
            level=LEVEL,
            for_author=_("A moderator reads this before others do. If it is happening now, please do not wait for us."),
            for_moderator=words_for_moderator(Kind.EMERGENCY, found),
            spans=spans_of(found),
        )
    ]
