"""Night: in slow mode, what members write while no moderator is on duty waits for one."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import User
from forum.desk import Finding, Submission
from moderation import duty

LEVEL = 1


def screen(submission: Submission) -> Sequence[Finding]:
    author = submission.author
    if author.trust == User.Trust.TRUSTED or author.is_moderator or not duty.is_slow():
        return ()
    return [
        Finding(
            rule="night",
            level=LEVEL,
            for_author=_("None of our moderators is on duty now, so what is written waits for one."),
            for_moderator=_("Written while nobody was on duty"),
        )
    ]
