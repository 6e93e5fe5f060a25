"""What the worker does for moderation: trust earned by time, and words kept for no longer than promised."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from accounts import trust
from accounts.models import User
from moderation import prints, standing
from moderation.models import Appeal, Handover, Letter, Note, Report, Words

WORDS_KEPT = timedelta(days=180)


def weigh_trust() -> int:
    """Everybody has the level that they have earned, or have lost by decisions. Returns of how many it changed."""
    against = standing.against()
    days = (
        timezone.now() - timedelta(days=trust.DAYS_FOR_BASIC),
        timezone.now() - timedelta(days=trust.DAYS_FOR_TRUSTED),
    )
    may_rise = Q(trust=User.Trust.NEW, published_count__gte=trust.POSTS_FOR_BASIC, joined_at__lte=days[0]) | Q(
        trust=User.Trust.BASIC,
        published_count__gte=trust.POSTS_FOR_TRUSTED,
        helped_count__gte=trust.HELPED_FOR_TRUSTED,
        joined_at__lte=days[1],
    )
    may_fall = Q(pk__in=list(against)) & ~Q(trust=User.Trust.NEW)
    return standing.weigh(User.objects.filter(may_rise | may_fall), against)


def forget_words() -> int:
    """What decisions said to authors, what moderators said to each other and what reporters and appeals said goes after
    180 days, a letter with all that is in it 180 days after it ended; that it happened stays in the log."""
    before = timezone.now() - WORDS_KEPT
    said = Words.objects.filter(written_at__lt=before).delete()[0]
    said += Letter.objects.filter(ends_at__lt=before).delete()[0]
    said += Note.objects.filter(made_at__lt=before).delete()[0]
    said += Handover.objects.filter(made_at__lt=before).exclude(note="").update(note="")
    reported = Report.objects.filter(created_at__lt=before).exclude(state=Report.State.OPEN)
    appealed = Appeal.objects.filter(outcome__made_at__lt=before).exclude(text="").update(text="")
    return said + appealed + reported.filter(~Q(note="") | ~Q(contact="")).update(note="", contact="")


def forget_prints() -> int:
    """By what texts are known again goes after a week."""
    return prints.forget_old()
