"""What people are told, in which words."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    ANSWER = "answer"
    COMMENT = "comment"
    HELPED = "helped"
    APPROVED = "approved"
    RETURNED = "returned"
    HIDDEN = "hidden"


# Mails have them as subjects too: no word on anybody's health.
_SENTENCES = {
    Kind.ANSWER: _("somebody answered your question"),
    Kind.COMMENT: _("somebody commented on what you wrote"),
    Kind.HELPED: _("your answer helped the person who asked"),
    Kind.APPROVED: _("what you wrote is published"),
    Kind.RETURNED: _("the moderators did not publish what you wrote, and say why"),
    Kind.HIDDEN: _("the moderators have hidden what you wrote"),
}
# Where it can be said more exactly.
_EXACT = {
    (Kind.APPROVED, "question"): _("your question is published"),
    (Kind.APPROVED, "answer"): _("your answer is published"),
    (Kind.APPROVED, "comment"): _("your comment is published"),
    (Kind.RETURNED, "question"): _("the moderators did not publish your question, and say why"),
    (Kind.RETURNED, "answer"): _("the moderators did not publish your answer, and say why"),
    (Kind.RETURNED, "comment"): _("the moderators did not publish your comment, and say why"),
    (Kind.HIDDEN, "question"): _("the moderators have hidden your question"),
    (Kind.HIDDEN, "answer"): _("the moderators have hidden your answer"),
    (Kind.HIDDEN, "comment"): _("the moderators have hidden your comment"),
}


def sentence(kind: str, subject_kind: str) -> str:
    """What happened, beginning small and without a full stop: it stands in lines of several shapes."""
    return str(_EXACT.get((Kind(kind), subject_kind), _SENTENCES[Kind(kind)]))
