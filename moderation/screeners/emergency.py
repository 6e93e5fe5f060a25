"""Emergency: warning signs that are there now are read by a person at once, and nobody should wait for an answer."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation.distress import Kind, spans_by_kind

LEVEL = 5


def screen(submission: Submission) -> Sequence[Finding]:
    spans = spans_by_kind(submission).get(Kind.EMERGENCY)
    if not spans:
        return ()
    return [
        Finding(
            rule=Kind.EMERGENCY.value,
            level=LEVEL,
            for_author=_("A moderator reads this before others do. If it is happening now, please do not wait for us."),
            for_moderator=str(Kind.EMERGENCY.label),
            spans=spans,
        )
    ]
