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
    CHANGE_APPROVED = "change_approved"
    CHANGE_RETURNED = "change_returned"
    HIDDEN = "hidden"


# Mails have them as subjects too: no word on anybody's health.
_SENTENCES = {
    Kind.ANSWER: _("somebody answered your question"),
    Kind.COMMENT: _("somebody commented on what you wrote"),
    Kind.HELPED: _("your answer helped the person who asked"),
    Kind.APPROVED: _("what you wrote is published"),
    Kind.RETURNED: _("the moderators sent what you wrote back to you, and say why"),
    Kind.CHANGE_APPROVED: _("the change to what you wrote is published"),
    Kind.CHANGE_RETURNED: _("the moderators did not publish the change to what you wrote, and say why"),
    Kind.HIDDEN: _("the moderators have hidden what you wrote"),
}
# Where it can be said more exactly.
_EXACT = {
    (Kind.APPROVED, "question"): _("your question is published"),
    (Kind.APPROVED, "answer"): _("your answer is published"),
    (Kind.APPROVED, "comment"): _("your comment is published"),
    (Kind.RETURNED, "question"): _("the moderators sent your question back to you, and say why"),
    (Kind.RETURNED, "answer"): _("the moderators sent your answer back to you, and say why"),
    (Kind.RETURNED, "comment"): _("the moderators sent your comment back to you, and say why"),
    (Kind.CHANGE_APPROVED, "question"): _("the change to your question is published"),
    (Kind.CHANGE_APPROVED, "answer"): _("the change to your answer is published"),
    (Kind.CHANGE_APPROVED, "comment"): _("the change to your comment is published"),
    (Kind.CHANGE_RETURNED, "question"): _("the moderators did not publish the change to your question, and say why"),
    (Kind.CHANGE_RETURNED, "answer"): _("the moderators did not publish the change to your answer, and say why"),
    (Kind.CHANGE_RETURNED, "comment"): _("the moderators did not publish the change to your comment, and say why"),
    (Kind.HIDDEN, "question"): _("the moderators have hidden your question"),
    (Kind.HIDDEN, "answer"): _("the moderators have hidden your answer"),
    (Kind.HIDDEN, "comment"): _("the moderators have hidden your comment"),
}


def sentence(kind: str, subject_kind: str) -> str:
    """What happened, beginning small and without a full stop: it stands in lines of several shapes."""
    return str(_EXACT.get((Kind(kind), subject_kind), _SENTENCES[Kind(kind)]))
