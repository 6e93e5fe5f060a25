"""The mail that tells of a notification: that something happened, where to read it, and how to get no more of these.

It quotes nobody and names no subject, unless its reader wants that: whoever sees the screen, or the mail on its way,
learns nothing of a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.http import absolute
from notifications.digest import Digest, digest
from notifications.kinds import Matter, matter_of
from notifications.lines import lines
from notifications.models import Notification
from notifications.subjects import Subject

# Without an end: a link in an old mail still stops the new ones.
_signer = signing.Signer(salt="notifications.unsubscribe")


def mail(rows: Sequence[Notification], found: Mapping[Notification, Subject]) -> EmailMultiAlternatives:
    """One mail that tells one person all of `rows`, oldest first."""
    recipient = rows[0].recipient
    with translation.override(recipient.language):
        said_of = {row.subject: subject for row, subject in found.items()}
        news = digest(lines(rows, said_of), is_named=recipient.mails_name_subjects)
        matters = {matter_of(row.kind) for row in rows}
        # Of one matter, one press ends the mails about it; of several, all.
        token = unsubscribe_token(recipient.pk, matters.pop() if len(matters) == 1 else None)
        unsubscribe = absolute(reverse("notifications:unsubscribe", args=[token]))
        said = {
            "subject": _subject(news, len(rows)),
            "lines": news.told,
            "topics": news.topics,
            "more": news.more,
            "inbox": absolute(reverse("notifications:inbox")),
            "unsubscribe": unsubscribe,
            "names": recipient.mails_name_subjects,
        }
        message = EmailMultiAlternatives(
            said["subject"],
            render_to_string("emails/notifications/notice.txt", said),
            to=[recipient.email],
            headers={
                # The same at each attempt: a mail program can tell that it has this one already.
                "Message-ID": f"<notice-{rows[0].pk}@{urlsplit(settings.BASE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string("emails/notifications/notice.html", said), "text/html")
    return message


def _subject(news: Digest, count: int) -> str:
    if news.topics and not news.told:
        words = ngettext("%(count)s new thing in what you follow", "%(count)s new things in what you follow", count)
        return _("Askwell: %(sentence)s") % {"sentence": words % {"count": count}}
    if news.topics or len(news.told) > 1:
        words = ngettext("%(count)s thing is new for you", "%(count)s things are new for you", count)
        return _("Askwell: %(sentence)s") % {"sentence": words % {"count": count}}
    (line,) = news.told
    happened = _("Askwell: %(sentence)s") % {"sentence": line.sentence}
    return f"{happened}: {line.title}" if line.title else happened


def unsubscribe_token(user_id: int, matter: Matter | None = None) -> str:
    """Ends the mails about `matter`, or all."""
    return _signer.sign(f"{user_id}-{matter.value}" if matter else str(user_id))


def read_token(token: str) -> tuple[int, Matter | None] | None:
    """Whose mails a link stops, and about what; None if it was not made by us."""
    try:
        user_id, _dash, matter = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    return int(user_id), Matter(matter) if matter else None
