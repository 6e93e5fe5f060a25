"""What happens when somebody is told something, reads it, or it turns out to be none of their business any more.

Upper rooms tell and withdraw while they hold threads and members locked. So neither of the two ever waits for a
member: of whom somebody else holds just then, the unread are counted by notifications.sweeps.count_unread a moment
later. Whoever holds notifications locked has taken them in the order of their ids, and waits for nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.actions import choose_mails
from accounts.models import Distance, User
from notifications.kinds import Kind, Matter, matter_of
from notifications.models import Notification, Preference
from notifications.paces import due_at, paces

Subject = tuple[str, int]

log = structlog.get_logger("askwell.notifications")


@transaction.atomic
def notify(
    recipients: Iterable[int | None],
    *,
    kind: str,
    subject: Subject,
    words: Mapping[str, str | int] | None = None,
    actor_id: int | None = None,
    is_nameless: bool = False,
    at_once: bool = False,
) -> None:
    """Tell `recipients` (ids of users; None is nobody) that `kind` happened to `subject`, such as ("answer", 12).

    `words` are codes and numbers for the sentence, never what a member wrote. Whoever did it (`actor_id`) is not told,
    and nobody is told the same twice while it is unread. Who keeps the actor at a distance is not told either, but of
    what is done without a name (`is_nameless`) they are: else its silence would tell whose it is. `at_once`: whoever
    wants a mail about it at all gets it now.
    """
    told = {pk for pk in recipients if pk is not None and pk != actor_id}
    if not told:
        return
    if actor_id is not None and not is_nameless:
        told -= set(Distance.objects.filter(other=actor_id, member__in=told).values_list("member_id", flat=True))
    people = User.objects.filter(pk__in=told, is_active=True).order_by("pk").only("mail_notices", "time_zone")
    free = _free(told)
    now = timezone.now()
    chosen = paces(told, matter_of(Kind(kind)))
    rows = [
        Notification(
            recipient_id=person.pk,
            kind=Kind(kind),
            subject_kind=subject[0],
            subject_id=subject[1],
            words=dict(words or {}),
            created_at=now,
            is_uncounted=person.pk not in free,
            mail_due_at=_mail_due_at(person, chosen.get(person.pk, Preference.Pace.NOW), now=now, at_once=at_once),
        )
        for person in people
    ]
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    _count_unread(free)


@transaction.atomic
def withdraw(*withdrawn: Subject, but: Collection[tuple[Subject, int]] = (), kind: str = "") -> None:
    """Take back whatever anybody was told about these: it is shown to nobody, and its mail is not sent.

    `but` are those who keep what they were told, each with of what: they may still open it. With `kind`, only what was
    told as that.
    """
    which = Q(pk=None)
    for about_kind in {about_kind for about_kind, _ in withdrawn}:
        which |= Q(subject_kind=about_kind, subject_id__in=[pk for other, pk in withdrawn if other == about_kind])
    which &= Q(kind=Kind(kind)) if kind else Q()
    told = Notification.objects.filter(which, withdrawn_at=None).in_hand()
    rows = [row for row in told if (row.subject, row.recipient_id) not in but]
    taken = Notification.objects.filter(pk__in=[row.pk for row in rows])
    taken.update(withdrawn_at=timezone.now(), mail_due_at=None)
    readers = {row.recipient_id for row in rows if row.read_at is None}
    free = _free(readers)
    taken.filter(recipient__in=readers - free).update(is_uncounted=True)
    _count_unread(free)


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
    choose_mails(user=user, wanted=False, name_subjects=user.mails_name_subjects)
    _drop_mails(user)


@transaction.atomic
def choose_paces(*, user: User, paces: Mapping[Matter, str]) -> None:
    """How soon somebody wants mails about each matter. What waits about one they want no mails of is not sent."""
    Preference.objects.bulk_create(
        [Preference(member=user, matter=matter, pace=pace) for matter, pace in paces.items()],
        update_conflicts=True,
        unique_fields=["member", "matter"],
        update_fields=["pace"],
    )
    _drop_mails(user, {matter for matter, pace in paces.items() if pace == Preference.Pace.NEVER})


@transaction.atomic
def mail_again(*, ids: Collection[int], by: User) -> int:
    """Mails that failed for good are due anew, with all their attempts. Returns how many things they tell."""
    again = Notification.objects.given_up().filter(pk__in=ids)
    count = again.change(mail_due_at=timezone.now(), mail_failed_at=None, mail_problem="", mail_attempts=0)
    log.info("mails due again", count=count, by=by.pk)
    return count


@transaction.atomic
def count_unread(*, recipient_id: int) -> None:
    """Count what somebody has not read, with what came and went while they were held by somebody else."""
    _lock(recipient_id)
    Notification.objects.filter(recipient=recipient_id, is_uncounted=True).change(is_uncounted=False)
    _count_unread({recipient_id})


def _mail_due_at(person: User, pace: str, *, now: datetime, at_once: bool) -> datetime | None:
    if not person.mail_notices:
        return None
    due = due_at(pace, now=now, zone=person.zone)
    return now if at_once and due else due


def _drop_mails(user: User, matters: Collection[Matter] = tuple(Matter)) -> None:
    kinds = [kind for kind in Kind if matter_of(kind) in matters]
    waiting = Notification.objects.filter(recipient=user, mail_due_at__isnull=False, kind__in=kinds)
    waiting.change(mail_due_at=None)


def _mark_read(recipient_id: int, which: Q) -> None:
    _lock(recipient_id)
    unread = Notification.objects.filter(which, recipient_id=recipient_id).unread()
    unread.change(read_at=timezone.now(), mail_due_at=None)
    _count_unread({recipient_id})


def _lock(recipient_id: int) -> None:
    list(User.objects.select_for_update(no_key=True).filter(pk=recipient_id).values_list("pk"))


def _free(people: Collection[int]) -> set[int]:
    """Those of `people` whom nobody else holds locked. They are locked now."""
    free = User.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=people)
    return set(free.values_list("pk", flat=True))


def _count_unread(people: Collection[int]) -> None:
    """Set the number beside the bell of these, who are locked, to what there is."""
    mine = Notification.objects.unread().filter(recipient=OuterRef("pk")).order_by()
    count = mine.values("recipient").annotate(n=Count("pk")).values("n")
    User.objects.filter(pk__in=people).update(unread_count=Coalesce(Subquery(count), 0))
