"""Care for those who read: what they are spared, how much they have read, and when to suggest a pause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from moderation.models import Decision, ReviewItem, Spared

# A pause is suggested after so many decisions, or so many on what is distressing, within this time.
SHIFT = timedelta(hours=4)
MANY, MANY_DISTRESSING = 40, 8


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


def rest(*, moderator: User) -> None:
    """Let go of what a moderator has taken up."""
    ReviewItem.objects.filter(claimed_by=moderator).update(claimed_by=None, claimed_until=None)


@transaction.atomic
def spare(*, moderator: User, classes: Collection[str]) -> None:
    """Show a moderator nothing of these classes from now on, and of the others everything."""
    Spared.objects.filter(moderator=moderator).exclude(distress__in=classes).delete()
    Spared.objects.bulk_create((Spared(moderator=moderator, distress=one) for one in classes), ignore_conflicts=True)


def is_spared_something(moderator: User) -> bool:
    """Whether something waits now that this moderator asked not to be shown."""
    return ReviewItem.objects.open().filter(distress__in=moderator.spared.values("distress")).exists()
