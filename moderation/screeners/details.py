"""Personal details: what would let others find, call or recognise somebody is read by a person before others see it."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from forum.desk import Finding, Submission
from moderation.details import Kind, details_in
from moderation.details.phones import is_published
from moderation.models import SupportLine

LEVEL = 3


def screen(submission: Submission) -> Sequence[Finding]:
    # A moderator is known to us; nobody else may be there to read what they write.
    if submission.author.is_moderator:
        return ()
    text = f"{submission.title}\n{submission.body}"
    found = details_in(text)
    if any(kind == Kind.PHONE for kind, _span in found):
        # Whom anybody may call is no secret of somebody's.
        lines = list(SupportLine.objects.shown().values_list("number", flat=True))
        found = [
            (kind, span) for kind, span in found if kind != Kind.PHONE or not is_published(text[slice(*span)], lines)
        ]
    if not found:
        return ()
    kinds = get_text_list([str(kind.label) for kind in dict.fromkeys(kind for kind, _span in found)], _("and"))
    return [
        Finding(
            rule="personal_details",
            level=LEVEL,
            for_author=_(
                "It seems to have %(details)s in it, so a moderator looks at it first. Leave it out and it can be "
                "published sooner."
            )
            % {"details": kinds},
            for_moderator=_("Personal details: %(details)s") % {"details": kinds},
            spans=[span for _kind, span in found],
        )
    ]
