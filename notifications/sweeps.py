"""What the worker does in this room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from notifications import actions, subjects
from notifications.kinds import matter_of
from notifications.mails import mail
from notifications.models import Notification, Preference
from notifications.paces import chosen_by
from notifications.problems import Problem, problem_of

AT_ONCE = 50
# More than anybody is told in a week: what is due at once is one mail, which says how many it does not list.
IN_ONE_MAIL = 1_000
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


def count_unread() -> int:
    """Count the unread of those who were held by somebody else when they were told. Returns how many people."""
    waiting = Notification.objects.filter(is_uncounted=True).order_by("recipient").values_list("recipient", flat=True)
    people = list(waiting.distinct()[:AT_ONCE])
    for recipient_id in people:
        actions.count_unread(recipient_id=recipient_id)
    return len(people)


def send_mails() -> int:
    """Send what is due, each once however many workers there are; what one person is due becomes one mail.

    Returns how many mails went out. One whose sender died after the server took it and before that was noted goes out
    again: twice is better than never, and its Message-ID stays.
    """
    sent = 0
    due = Notification.objects.due().order_by("mail_due_at", "pk").values_list("recipient_id", flat=True)[:AT_ONCE]
    for recipient_id in dict.fromkeys(due):
        claimed = _claim(recipient_id)
        rows = list(Notification.objects.select_related("recipient").filter(pk__in=claimed).order_by("pk"))
        found = _wanted(rows)
        wanted = [row for row in rows if row in found]
        _finish([row for row in rows if row not in found])
        if not wanted:
            continue
        if max(row.mail_attempts for row in wanted) > len(BACK_OFF) + 1:
            _give_up(wanted, Problem.DIED)
            continue
        try:
            mail(wanted, found).send()
        except (OSError, ValueError) as raised:
            problem = problem_of(raised)
            if problem.is_final:
                _give_up(wanted, problem)
                continue
            _postpone(wanted, problem)
            # The others would most likely meet the same trouble; their turn is the next round.
            break
        _finish(wanted, mail_sent_at=timezone.now())
        sent += 1
    return sent


@transaction.atomic
def _claim(recipient_id: int) -> list[int]:
    """Take what this person is due now, and what they would be due in a moment, so that a burst is one mail."""
    list(User.objects.select_for_update(no_key=True).filter(pk=recipient_id).values_list("pk"))
    now = timezone.now()
    free = Notification.objects.filter(Q(mail_claimed_until=None) | Q(mail_claimed_until__lte=now))
    soon = free.filter(recipient=recipient_id, mail_due_at__lte=now + settings.MAILS_WAIT)
    claimed = list(soon.order_by("pk").values_list("pk", flat=True)[:IN_ONE_MAIL])
    Notification.objects.filter(pk__in=claimed).change(
        mail_claimed_until=now + CLAIMED_FOR, mail_attempts=F("mail_attempts") + 1
    )
    return claimed


def _wanted(rows: Sequence[Notification]) -> dict[Notification, subjects.Subject]:
    """The last look: still unread, the member still here and asking for mails, and the subject still shown to them and
    nothing to keep off mail."""
    if not rows:
        return {}
    recipient = rows[0].recipient
    if not (recipient.is_active and recipient.mail_notices):
        return {}
    paces = chosen_by(recipient)
    found = subjects.find({row.subject for row in rows}, recipient)
    return {
        row: found[row.subject]
        for row in rows
        if row.mail_due_at is not None
        and row.read_at is None
        and row.withdrawn_at is None
        and paces[matter_of(row.kind)] != Preference.Pace.NEVER
        and row.subject in found
        and not found[row.subject].is_kept_off_mail()
    }


def _postpone(rows: Sequence[Notification], problem: Problem) -> None:
    """All wait as long as the one that was tried most often, so that they stay one mail."""
    attempts = max(row.mail_attempts for row in rows)
    if attempts > len(BACK_OFF):
        _give_up(rows, problem)
        return
    rest = BACK_OFF[attempts - 1]
    Notification.objects.filter(pk__in=[row.pk for row in rows], mail_due_at__isnull=False).change(
        mail_due_at=timezone.now() + rest, mail_claimed_until=None
    )
    log.warning("mail postponed", notification=rows[0].pk, attempt=attempts, problem=problem.value, rest=str(rest))


def _give_up(rows: Sequence[Notification], problem: Problem) -> None:
    """Kept for whoever runs the site (notifications.admin), who may have it tried again."""
    _finish(rows, mail_failed_at=timezone.now(), mail_problem=problem)
    log.error(
        "mail given up",
        notification=rows[0].pk,
        attempts=rows[0].mail_attempts,
        problem=problem.value,
        given_up=Notification.objects.given_up().count(),
    )


def _finish(rows: Sequence[Notification], **outcome: object) -> None:
    if rows:
        done = Notification.objects.filter(pk__in=[row.pk for row in rows])
        done.change(mail_due_at=None, mail_claimed_until=None, **outcome)
