"""Pictures: the first ones of somebody are looked at before others see them, and every new one below trusted."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from core import markdown
from forum.desk import Finding, Submission
from forum.models import Answer, Comment, Post, Question

LEVEL = 1
MEDIA = "/media/"


def screen(submission: Submission) -> Sequence[Finding]:
    author = submission.author
    # A moderator is known to us; nobody else may be there to look at it.
    if MEDIA not in submission.body or author.is_moderator:
        return ()
    paths = {picture.path for picture in markdown.pictures(submission.body)}
    # Whoever is trusted needs one picture that was looked at; others, every one of them.
    looked_at = MEDIA if author.trust == User.Trust.TRUSTED else ""
    if all(is_up(author, looked_at or path) for path in paths):
        return ()
    return [
        Finding(
            rule="picture",
            level=LEVEL,
            for_author=_("It has a picture, and a moderator looks at it before others do."),
            for_moderator=_("Picture that nobody has looked at"),
        )
    ]


def is_up(author: User, path: str) -> bool:
    """Whether something of theirs that is published has it."""
    if author.pk is None:
        return False
    return any(
        posts.objects.filter(author=author, status=Post.Status.PUBLISHED, body__contains=path).exists()
        for posts in (Question, Answer, Comment)
    )
