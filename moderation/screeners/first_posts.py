"""First posts: everything by a new member is read by a person before others see it."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts import trust
from forum.desk import Finding, Submission

LEVEL = 1


def screen(submission: Submission) -> Sequence[Finding]:
    author = submission.author
    # A moderator is known to us; nobody else may be there to read what they write.
    if not trust.allowance(author).is_read_first or author.is_moderator:
        return ()
    return [
        Finding(
            rule="first_post",
            level=LEVEL,
            for_author=_("We read what new members write before others do, to keep everyone safe."),
            for_moderator=_("First post"),
        )
    ]
