"""A senior moderator is shown who wrote something that has no name on it: for a listed reason, and written down."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum.actions.publishing import lock
from forum.models import Post
from moderation.models import Decision, Reveal
from moderation.threads import log

# How long whoever asked is shown it; afterwards it takes another reveal.
SHOWN_FOR = timedelta(hours=24)


@transaction.atomic
def reveal(*, post: Post, reason: str, moderator: User) -> Reveal:
    """Write down, for ever, that `moderator` is shown who wrote `post`. Doing it again while they are does nothing."""
    lock(post)
    if (shown := standing(post, moderator)) is not None:
        return shown
    made: Reveal = Reveal.objects.create(decision=log(post, Decision.Code.REVEALED, moderator), reason=reason)
    return made


def standing(post: Post, moderator: User) -> Reveal | None:
    """The reveal by which `moderator`, and nobody else, is shown the author of `post` now."""
    mine = Reveal.objects.filter(
        decision__in=Decision.objects.about(post).filter(moderator=moderator, code=Decision.Code.REVEALED)
    )
    since = timezone.now() - SHOWN_FOR
    return mine.filter(decision__made_at__gt=since).select_related("decision").order_by("-pk").first()


def shown_until(shown: Reveal) -> datetime:
    return shown.decision.made_at + SHOWN_FOR
