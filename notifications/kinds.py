"""What people are told, in which words."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Kind(StrEnum):
    ANSWER = "answer"
    COMMENT = "comment"
    MENTION = "mention"
    HELPED = "helped"
    APPROVED = "approved"
    RETURNED = "returned"
    CHANGE_APPROVED = "change_approved"
    CHANGE_RETURNED = "change_returned"
    HIDDEN = "hidden"
    UNDONE = "undone"
    CLOSED = "closed"
    MERGED = "merged"
    MOVED = "moved"
    HOW_IT_WENT = "how_it_went"
    WRITTEN = "written"
    FOLLOWED = "followed"
    UNREAD = "unread"
    URGENT = "urgent"
    WARNED = "warned"
    SILENCED = "silenced"
    SUSPENDED = "suspended"
    LIFTED = "lifted"
    APPEAL = "appeal"
    REPORTED = "reported"
    PUT_ASIDE = "put_aside"
    KEPT = "kept"
    LETTER = "letter"
    NOT_PUBLISHED = "not_published"
    CORRECTED = "corrected"
    CHECK_IN_90_DAYS = "check_in_90_days"
    CHECK_IN_30_DAYS = "check_in_30_days"


class Matter(StrEnum):
    """What somebody may want mails about, or not: all that the moderators decide is one of them."""

    ANSWER = "answer"
    COMMENT = "comment"
    MENTION = "mention"
    HELPED = "helped"
    REVIEW = "review"
    FOLLOWED = "followed"
    HOW_IT_WENT = "how_it_went"
    URGENT = "urgent"
    LIBRARY = "library"


# Which only moderators are told of, and which only those who work on the library.
OF_MODERATORS = (Matter.URGENT,)
OF_THE_LIBRARY = (Matter.LIBRARY,)
# As the settings and the page that ends mails print them.
MATTERS = {
    Matter.ANSWER: _("Answers to my questions"),
    Matter.COMMENT: _("Comments on what I wrote"),
    Matter.MENTION: _("Somebody mentions me"),
    Matter.HELPED: _("My answer helped"),
    Matter.REVIEW: _("What the moderators decide about what I wrote"),
    Matter.FOLLOWED: _("News in what I follow"),
    Matter.HOW_IT_WENT: _("The one question how it went, where I asked for it"),
    Matter.URGENT: _("Something urgent waits for a moderator"),
    Matter.LIBRARY: _("Articles that I have to look at"),
}


# Mails have them as subjects too: no word on anybody's health.
_SENTENCES = {
    Kind.ANSWER: _("somebody answered your question"),
    Kind.COMMENT: _("somebody commented on what you wrote"),
    Kind.MENTION: _("somebody mentioned you"),
    Kind.HELPED: _("your answer helped the person who asked"),
    Kind.APPROVED: _("what you wrote is published"),
    Kind.RETURNED: _("the moderators sent what you wrote back to you, and say why"),
    Kind.CHANGE_APPROVED: _("the change to what you wrote is published"),
    Kind.CHANGE_RETURNED: _("the moderators did not publish the change to what you wrote, and say why"),
    Kind.HIDDEN: _("the moderators have hidden what you wrote"),
    Kind.UNDONE: _("the moderators took back what they had decided about what you wrote, and look at it once more"),
    Kind.CLOSED: _("the moderators have closed your question, and say why"),
    Kind.MERGED: _("the moderators have joined your question with another that asks the same"),
    Kind.MOVED: _("the moderators have moved your question to another topic"),
    Kind.HOW_IT_WENT: _("you wanted to be asked how it went"),
    Kind.WRITTEN: _("an article was written about your question"),
    Kind.FOLLOWED: _("there is something new in what you follow"),
    Kind.UNREAD: _("no moderator has read yet what you wrote; if it cannot wait, the page says whom to call"),
    Kind.URGENT: _("something is waiting"),
    Kind.WARNED: _("the moderators have sent you a warning, which you need to read"),
    Kind.SILENCED: _("the moderators have paused your posting, and say why"),
    Kind.SUSPENDED: _("the moderators have suspended your account, and say why"),
    Kind.LIFTED: _("the moderators have ended early what they had decided about you"),
    Kind.APPEAL: _("your appeal is decided"),
    Kind.REPORTED: _("your report is settled"),
    Kind.PUT_ASIDE: _("what you wrote was reported, and waits for a moderator out of sight"),
    Kind.LETTER: _("the Askwell moderators wrote to you"),
    Kind.NOT_PUBLISHED: _("an article was not published when it was to be, because something is missing"),
    Kind.CORRECTED: _("an article was corrected at once, and waits for a reviewer to sign it within seven days"),
    Kind.CHECK_IN_90_DAYS: _("an article has to be checked again within 90 days"),
    Kind.CHECK_IN_30_DAYS: _("an article has to be checked again within 30 days"),
    Kind.KEPT: _("a moderator has read what you wrote and kept it, and it is shown as before"),
}
# Where it can be said more exactly.
_EXACT = {
    (Kind.FOLLOWED, "question"): _("there is a new question in what you follow"),
    (Kind.FOLLOWED, "answer"): _("there is a new answer in what you follow"),
    (Kind.FOLLOWED, "prompt"): _("an article was written about a question that you follow"),
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

_ABOUT_THE_LIBRARY = (Kind.NOT_PUBLISHED, Kind.CORRECTED, Kind.CHECK_IN_90_DAYS, Kind.CHECK_IN_30_DAYS)


# What comes in numbers: several of these about one thread are told in one line.
_SEVERAL = {
    Kind.ANSWER: ngettext_lazy(
        "%(count)s new answer to your question", "%(count)s new answers to your question", "count"
    ),
    Kind.COMMENT: ngettext_lazy(
        "%(count)s new comment on what you wrote", "%(count)s new comments on what you wrote", "count"
    ),
    Kind.MENTION: ngettext_lazy("you were mentioned %(count)s time", "you were mentioned %(count)s times", "count"),
    Kind.HELPED: ngettext_lazy(
        "%(count)s of your answers helped the person who asked",
        "%(count)s of your answers helped the person who asked",
        "count",
    ),
    (Kind.FOLLOWED, "question"): ngettext_lazy(
        "%(count)s new question in what you follow", "%(count)s new questions in what you follow", "count"
    ),
    (Kind.FOLLOWED, "answer"): ngettext_lazy(
        "%(count)s new answer in what you follow", "%(count)s new answers in what you follow", "count"
    ),
    (Kind.FOLLOWED, "prompt"): ngettext_lazy(
        "%(count)s article was written about questions that you follow",
        "%(count)s articles were written about questions that you follow",
        "count",
    ),
}


def sentence(kind: str, subject_kind: str, *, count: int = 1) -> str:
    """What happened, beginning small and without a full stop: it stands in lines of several shapes.

    `count` is how often it happened, and only more than one for what has a pile.
    """
    if count > 1:
        return str(_SEVERAL[pile_of(kind, subject_kind)] % {"count": count})
    return str(_EXACT.get((Kind(kind), subject_kind), _SENTENCES[Kind(kind)]))


def pile_of(kind: str, subject_kind: str) -> Kind | tuple[Kind, str] | None:
    """What is told in one line when it is about one thread has the same pile; None is told each by itself."""
    return next((name for name in ((Kind(kind), subject_kind), Kind(kind)) if name in _SEVERAL), None)


def matter_of(kind: str) -> Matter:
    """Which choice of the settings a notification of this kind falls under."""
    if kind in _ABOUT_THE_LIBRARY:
        return Matter.LIBRARY
    if kind == Kind.WRITTEN:
        return Matter.ANSWER
    return Matter(kind) if kind in MATTERS else Matter.REVIEW
