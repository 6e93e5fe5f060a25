"""What happens when somebody is told something, reads it, or it turns out to be none of their business any more.

Each of these locks the people first, in the order of their ids, and then their notifications: so that no two of them,
and none of the actions of upper rooms that lock members, wait for each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.actions import choose_mail_notices
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
    people = _lock(told).filter(is_active=True).values_list("pk", "mail_notices")
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
    list(_lock(set(about.values_list("recipient_id", flat=True))).values_list("pk"))
    rows = list(about.select_for_update().order_by("pk").values_list("pk", "recipient_id", "read_at"))
    Notification.objects.filter(pk__in=[pk for pk, _, _ in rows]).update(withdrawn_at=timezone.now(), mail_due_at=None)
    _add_unread({pk: -count for pk, count in Counter(who for _, who, read_at in rows if read_at is None).items()})


@transaction.atomic
def mark_read(*, recipient_id: int, ids: Collection[int]) -> None:
    """Note that somebody has read these of their notifications. Doing it twice does nothing."""
    _mark_read(recipient_id, Q(pk__in=ids))


@transaction.atomic
def mark_all_read(*, recipient_id: int, up_to: int) -> None:
    """Note that somebody has read everything up to the notification `up_to`, and not what came in since."""
    _mark_read(recipient_id, Q(pk__lte=up_to))


@transaction.atomic
def stop_mails(*, user: User) -> None:
    """Somebody wants no more mails; those that wait are not sent."""
    choose_mail_notices(user=user, wanted=False)
    Notification.objects.filter(recipient=user, mail_due_at__isnull=False).update(mail_due_at=None)


def _mark_read(recipient_id: int, which: Q) -> None:
    list(_lock({recipient_id}).values_list("pk"))
    unread = Notification.objects.filter(which, recipient_id=recipient_id).unread()
    _add_unread({recipient_id: -unread.update(read_at=timezone.now(), mail_due_at=None)})


def _lock(people: Collection[int]) -> QuerySet[User]:
    return User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk")


def _add_unread(changes: Mapping[int, int]) -> None:
    for recipient_id, change in changes.items():
        if change:
            User.objects.filter(pk=recipient_id).update(unread_count=F("unread_count") + change)
