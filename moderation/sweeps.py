"""What the worker does for moderation: trust earned by time, and words kept for no longer than promised."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from moderation.models import Report, Words

POSTS_FOR_BASIC = 3
DAYS_FOR_BASIC = timedelta(days=3)
WORDS_KEPT = timedelta(days=180)


def raise_trust() -> int:
    """New members with three published posts and three days become basic ones. Returns how many did."""
    earned = User.objects.filter(
        trust=User.Trust.NEW, published_count__gte=POSTS_FOR_BASIC, joined_at__lte=timezone.now() - DAYS_FOR_BASIC
    )
    return earned.update(trust=User.Trust.BASIC)


def forget_words() -> int:
    """What decisions said to authors and what reporters wrote goes after 180 days; that it happened stays."""
    before = timezone.now() - WORDS_KEPT
    said = Words.objects.filter(written_at__lt=before).delete()[0]
    reported = Report.objects.filter(created_at__lt=before).exclude(state=Report.State.OPEN)
    return said + reported.filter(~Q(note="") | ~Q(contact="")).update(note="", contact="")
