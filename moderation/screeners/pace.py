"""Pace: more posts in a minute than anybody writes, and more of one author's posts waiting than somebody can read."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from forum.desk import Finding, Submission
from forum.models import Answer, Comment, Post, Question

LEVEL = 1
# Comments count too, and a few thanks are quickly said.
MINUTE, IN_A_MINUTE = timedelta(minutes=1), 4
WAITING = 5


def screen(submission: Submission) -> Sequence[Finding]:
    """How long a form was open is not known, and a text may come from a notebook: what counts is how many were sent."""
    author = submission.author
    # An edit is of a text that was counted. A moderator is known to us; nobody else may be there to read it.
    if submission.is_edit or author.is_moderator or author.pk is None:
        return ()
    findings = []
    now = timezone.now()
    if _count(author, IN_A_MINUTE, created_at__range=(now - MINUTE, now)) >= IN_A_MINUTE:
        findings.append(
            Finding(
                rule="pace",
                level=LEVEL,
                for_author=_("You have sent several texts within a minute, so a moderator reads this one first."),
                for_moderator=_("Sent faster than people write"),
            )
        )
    if _count(author, WAITING, status=Post.Status.PENDING) >= WAITING:
        findings.append(
            Finding(
                rule="many_waiting",
                level=LEVEL,
                for_author=_("Several of your texts wait for a moderator already, and this one joins them."),
                for_moderator=_("Many by this author wait"),
            )
        )
    return findings


def _count(author: User, most: int, **which: object) -> int:
    """How many posts of theirs there are, up to `most`; one query."""
    questions, answers, comments = (
        posts.objects.filter(author=author, **which).values("pk") for posts in (Question, Answer, Comment)
    )
    return len(questions.union(answers, comments, all=True)[:most])
