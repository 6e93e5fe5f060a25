"""Care for those who read: what they are spared, how much they have read, and when to suggest a pause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from moderation.models import Break, Decision, ReviewItem, Spared

# A pause is suggested after so many decisions, or so many on what is distressing, within this time.
SHIFT = timedelta(hours=4)
MANY, MANY_DISTRESSING = 40, 8
# How long a break is, unless somebody is back before.
BREAK = timedelta(minutes=30)


@dataclass(frozen=True)
class Shift:
    """What a moderator has decided in the last hours, as the log says."""

    decided: int
    distressing: int

    @property
    def is_long(self) -> bool:
        return self.decided >= MANY or self.distressing >= MANY_DISTRESSING


def shift(moderator: User) -> Shift:
    mine = Decision.objects.filter(moderator=moderator, made_at__gte=timezone.now() - SHIFT)
    return Shift(**mine.aggregate(decided=Count("pk"), distressing=Count("pk", filter=~Q(item__distress=""))))


@transaction.atomic
def rest(*, moderator: User) -> None:
    """Let go of what a moderator has taken up; for a while, what alerts moderators goes to the others."""
    ReviewItem.objects.filter(claimed_by=moderator).update(claimed_by=None, claimed_until=None)
    Break.objects.update_or_create(moderator=moderator, defaults={"until": timezone.now() + BREAK})


def come_back(*, moderator: User) -> None:
    """The break is over."""
    Break.objects.filter(moderator=moderator).delete()


def resting_until(moderator: User) -> datetime | None:
    """When the break of a moderator is over; None if they take none."""
    taken = Break.objects.filter(moderator=moderator, until__gt=timezone.now())
    return taken.values_list("until", flat=True).first()


def not_called(item: ReviewItem) -> set[int]:
    """Who asked to be spared what this item is about, or takes a break: where others are there, they are alerted."""
    spared = Spared.objects.filter(distress=item.distress).values_list("moderator_id")
    resting = Break.objects.filter(until__gt=timezone.now()).values_list("moderator_id")
    return {pk for (pk,) in spared.union(resting)}


@transaction.atomic
def spare(*, moderator: User, classes: Collection[str]) -> None:
    """Show a moderator nothing of these classes from now on, and of the others everything."""
    Spared.objects.filter(moderator=moderator).exclude(distress__in=classes).delete()
    Spared.objects.bulk_create((Spared(moderator=moderator, distress=one) for one in classes), ignore_conflicts=True)


def is_spared_something(moderator: User) -> bool:
    """Whether something waits now that this moderator asked not to be shown."""
    return ReviewItem.objects.open().filter(distress__in=moderator.spared.values("distress")).exists()
