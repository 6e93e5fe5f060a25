"""What happens when somebody is told something, reads it, or it turns out to be none of their business any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from notifications.kinds import Kind
from notifications.models import Notification

Subject = tuple[str, int]


@transaction.atomic
def notify(
    recipients: Iterable[int | None],
    *,
    kind: str,
    subject: Subject,
    words: Mapping[str, str | int] | None = None,
    actor_id: int | None = None,
) -> None:
    """Tell `recipients` (ids of users; None is nobody) that `kind` happened to `subject`, such as ("answer", 12).

    `words` are codes and numbers for the sentence, never what a member wrote. Whoever did it (`actor_id`) is not told,
    and nobody is told the same twice while it is unread.
    """
    told = {pk for pk in recipients if pk is not None and pk != actor_id}
    people = User.objects.filter(pk__in=told, is_active=True).values_list("pk", "mail_notices")
    now = timezone.now()
    rows = [
        Notification(
            recipient_id=pk,
            kind=Kind(kind),
            subject_kind=subject[0],
            subject_id=subject[1],
            words=dict(words or {}),
            created_at=now,
            mail_due_at=now if by_mail else None,
        )
        for pk, by_mail in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    # The constraint dropped what is told already; the random tokens show which rows are ours.
    written = Notification.objects.filter(token__in=[row.token for row in rows]).values_list("recipient_id", flat=True)
    _add_unread(dict.fromkeys(written, 1))


@transaction.atomic
def withdraw(subject: Subject) -> None:
    """Take back whatever anybody was told about `subject`: it is shown to nobody, and its mail is not sent."""
    about = Notification.objects.filter(subject_kind=subject[0], subject_id=subject[1], withdrawn_at=None)
    rows = list(about.select_for_update().order_by("pk").values_list("pk", "recipient_id", "read_at"))
    Notification.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(withdrawn_at=timezone.now(), mail_due_at=None)
    _add_unread({pk: -count for pk, count in Counter(who for _, who, read_at in rows if read_at is None).items()})


@transaction.atomic
def mark_read(*, recipient_id: int, ids: Collection[int]) -> None:
    """Note that somebody has read these of their notifications. Doing it twice does nothing."""
    _read(Notification.objects.filter(recipient_id=recipient_id, pk__in=ids), recipient_id)


@transaction.atomic
def mark_all_read(*, recipient_id: int, up_to: int) -> None:
    """Note that somebody has read everything up to the notification `up_to`, and not what came in since."""
    _read(Notification.objects.filter(recipient_id=recipient_id, pk__lte=up_to), recipient_id)


@transaction.atomic
def stop_mails(*, user_id: int) -> None:
    """Somebody wants no more mails; those that wait are not sent."""
    User.objects.filter(pk=user_id).update(mail_notices=False)
    Notification.objects.filter(recipient_id=user_id, mail_due_at__isnull=False).update(mail_due_at=None)


def _read(rows: object, recipient_id: int) -> None:
    count = rows.unread().update(read_at=timezone.now(), mail_due_at=None)
    _add_unread({recipient_id: -count})


def _add_unread(changes: Mapping[int, int]) -> None:
    # In one order, so that two of these never wait for each other.
    for recipient_id, change in sorted(changes.items()):
        if change:
            User.objects.filter(pk=recipient_id).update(unread_count=F("unread_count") + change)
