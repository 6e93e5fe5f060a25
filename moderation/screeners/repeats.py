"""Repeats: the same text, or nearly, that somebody sent in the last days, or that others sent too."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation import prints

LEVEL = 2
# Of the texts that are like it, so many are looked at.
ENOUGH = 20


def screen(submission: Submission) -> Sequence[Finding]:
    author = submission.author
    # A moderator is known to us; nobody else may be there to read what they write.
    if author.is_moderator or author.pk is None:
        return ()
    alike = prints.like(f"{submission.title}\n{submission.body}")
    senders = set(alike.values_list("author_id", flat=True)[:ENOUGH])
    if submission.is_edit:
        # It is like what it was before.
        senders.discard(author.pk)
    if not senders:
        return ()
    # Never whose, or which: that could tell who wrote a post without a name on it.
    is_from_others = bool(senders - {author.pk})
    moderator = _("Nearly the same text from several accounts") if is_from_others else _("Nearly the same text again")
    return [
        Finding(
            rule="repeat",
            level=LEVEL,
            for_author=_("Nearly the same text was sent a short time ago, so a moderator looks at this one first."),
            for_moderator=moderator,
        )
    ]
