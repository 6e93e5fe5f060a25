"""What the worker does in this room."""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db.models import F
from django.utils import timezone

from notifications import subjects
from notifications.mails import mail
from notifications.models import Notification

AT_ONCE = 50
# Longer than any server lets us wait: until then nobody else sends it, and after that its sender has died.
CLAIMED_FOR = timedelta(minutes=10)
BACK_OFF = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
]

log = structlog.get_logger("askwell.notifications")


def send_mails() -> int:
    """Send what is due, each once however many workers there are. Returns how many went out.

    A mail whose sender died after the server took it and before that was noted goes out again: twice is better than
    never, and its Message-ID stays.
    """
    sent = 0
    for pk in list(Notification.objects.due().order_by("mail_due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        if not _claim(pk):
            continue
        notification = Notification.objects.select_related("recipient").get(pk=pk)
        if not _is_wanted(notification):
            _finish(notification)
        elif notification.mail_attempts > len(BACK_OFF) + 1:
            _give_up(notification, "its sender died")
        else:
            try:
                mail(notification).send()
            except (OSError, ValueError) as problem:
                _postpone(notification, type(problem).__name__)
                # The others would most likely meet the same trouble; their turn is the next round.
                break
            _finish(notification, mail_sent_at=timezone.now())
            sent += 1
    return sent


def _claim(pk: int) -> bool:
    return bool(
        Notification.objects.due()
        .filter(pk=pk)
        .update(mail_claimed_until=timezone.now() + CLAIMED_FOR, mail_attempts=F("mail_attempts") + 1)
    )


def _is_wanted(notification: Notification) -> bool:
    """The last look: still unread, the member still here and asking for mails, and the subject still shown to them."""
    recipient = notification.recipient
    return (
        notification.mail_due_at is not None
        and notification.read_at is None
        and notification.withdrawn_at is None
        and recipient.is_active
        and recipient.mail_notices
        and notification.subject in subjects.find([notification.subject], recipient)
    )


def _postpone(notification: Notification, problem: str) -> None:
    attempts = notification.mail_attempts
    if attempts > len(BACK_OFF):
        _give_up(notification, problem)
        return
    rest = BACK_OFF[attempts - 1]
    Notification.objects.filter(pk=notification.pk, mail_due_at__isnull=False).update(
        mail_due_at=timezone.now() + rest, mail_claimed_until=None
    )
    log.warning("mail postponed", notification=notification.pk, attempt=attempts, problem=problem, rest=str(rest))


def _give_up(notification: Notification, problem: str) -> None:
    _finish(notification, mail_failed_at=timezone.now())
    log.error("mail given up", notification=notification.pk, attempts=notification.mail_attempts, problem=problem)


def _finish(notification: Notification, **outcome: object) -> None:
    Notification.objects.filter(pk=notification.pk).update(mail_due_at=None, mail_claimed_until=None, **outcome)
