"""The mail that tells of a notification: that something happened, where to read it, and how to get no more of these.

It quotes nobody and names no subject: whoever sees the screen, or the mail on its way, learns nothing of a person.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.http import absolute
from notifications.kinds import sentence
from notifications.models import Notification

# Without an end: a link in an old mail still stops the new ones.
_signer = signing.Signer(salt="notifications.unsubscribe")


def mail(notification: Notification) -> EmailMultiAlternatives:
    recipient = notification.recipient
    with translation.override(recipient.language):
        happened = sentence(notification.kind, notification.subject_kind)
        unsubscribe = absolute(reverse("notifications:unsubscribe", args=[unsubscribe_token(recipient.pk)]))
        subject = _("Askwell: %(sentence)s") % {"sentence": happened}
        said = {
            "subject": subject,
            "sentence": happened,
            "link": absolute(notification.get_absolute_url()),
            "unsubscribe": unsubscribe,
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("emails/notifications/notice.txt", said),
            to=[recipient.email],
            headers={
                # The same at each attempt: a mail program can tell that it has this one already.
                "Message-ID": f"<notice-{notification.pk}@{urlsplit(settings.BASE_URL).hostname}>",
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{unsubscribe}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
        message.attach_alternative(render_to_string("emails/notifications/notice.html", said), "text/html")
    return message


def unsubscribe_token(user_id: int) -> str:
    return _signer.sign(str(user_id))


def user_of(token: str) -> int | None:
    """Whose mails a link stops; None if it was not made by us."""
    try:
        return int(_signer.unsign(token))
    except signing.BadSignature:
        return None
