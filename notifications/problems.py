"""Why a mail could not be sent, as far as that can be told from what the mail server said."""

from __future__ import annotations

import re
import smtplib

from django.db import models
from django.utils.translation import gettext_lazy as _

# The part of a reply that says more than its three digits (RFC 3463): class, subject, detail.
_STATUS = re.compile(rb"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
# Subject and detail: no such mailbox, no such host, not an address, moved, takes no mail; and a mailbox shut down.
# The others of these are about us, and come to every mail: waiting helps, or whoever runs the site.
_NOBODY_THERE = {("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1")}


class Problem(models.TextChoices):
    ADDRESS = "address", _("Nobody has this address, or not any more")
    FULL = "full", _("The mailbox is full")
    SIGN_IN = "sign_in", _("Our mail server does not take our name and password")
    REFUSED = "refused", _("A mail server does not take our mails")
    AWAY = "away", _("Our mail server cannot be reached")
    MALFORMED = "malformed", _("The mail could not be written")
    DIED = "died", _("The worker died while sending it, each time")

    @property
    def is_final(self) -> bool:
        """Whether another attempt would meet the same: then there is none, and the mails of others go on."""
        return self in (Problem.ADDRESS, Problem.MALFORMED)


def problem_of(raised: OSError | ValueError) -> Problem:
    """What an attempt to send a mail ended with."""
    if isinstance(raised, smtplib.SMTPRecipientsRefused):
        # Each of our mails goes to one person.
        return next((_of_reply(code, reply) for code, reply in raised.recipients.values()), Problem.REFUSED)
    if isinstance(raised, smtplib.SMTPAuthenticationError):
        return Problem.SIGN_IN
    if isinstance(raised, smtplib.SMTPResponseException | smtplib.SMTPNotSupportedError):
        return Problem.REFUSED
    return Problem.AWAY if isinstance(raised, OSError) else Problem.MALFORMED


def _of_reply(code: int, reply: bytes) -> Problem:
    status = _STATUS.match(reply)
    about = (status[2].decode(), status[3].decode()) if status else None
    if about == ("2", "2") or code in (452, 552):
        return Problem.FULL
    if status:
        return Problem.ADDRESS if code >= 500 and about in _NOBODY_THERE else Problem.REFUSED
    # Without a status some refuse in the same digits whoever may not send through them at all.
    is_about_us = b"relay" in reply.lower()
    return Problem.ADDRESS if code in (550, 551, 553) and not is_about_us else Problem.REFUSED
