"""What trust goes by, counted from the rows: the numbers are in accounts/trust.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone

from accounts import trust
from accounts.models import User
from accounts.trust import Record
from forum.models import Answer, Comment, Question
from moderation.models import Decision

POSTS = {posts.kind: posts for posts in (Question, Answer, Comment)}


def record(user: User) -> Record:
    """What the level of one person goes by now."""
    since = timezone.now() - trust.COUNTS_FOR
    parts = [*Decision.objects.about_posts_of(user), Decision.objects.about(user)]
    made = [
        at
        for part in parts
        for at in part.against().standing().filter(made_at__gt=since).values_list("made_at", flat=True)
    ]
    return _record(user, made)


def weigh(people: Collection[User], against: Mapping[int, list[datetime]]) -> int:
    """Give each the level that is theirs now. Returns of how many it changed."""
    changed = 0
    for user in people:
        level = trust.level(user.trust, _record(user, against.get(user.pk, [])))
        if level != user.trust:
            changed += User.objects.filter(pk=user.pk, trust=user.trust).update(trust=level)
    return changed


def against() -> dict[int, list[datetime]]:
    """When each decision was made that stands and counts, by whom it is against."""
    since = timezone.now() - trust.COUNTS_FOR
    made = defaultdict(list)
    by_kind: dict[str, dict[int, list[datetime]]] = defaultdict(lambda: defaultdict(list))
    decisions = Decision.objects.against().standing().filter(made_at__gt=since)
    for kind, pk, at in decisions.values_list("target_kind", "target_id", "made_at"):
        (made if kind == "member" else by_kind[kind])[pk].append(at)
    for kind, times in by_kind.items():
        for pk, author in POSTS[kind].objects.filter(pk__in=times).values_list("pk", "author"):
            if author is not None:
                made[author] += times[pk]
    return dict(made)


def _record(user: User, against: Collection[datetime]) -> Record:
    now = timezone.now()
    return Record(
        days=(now - user.joined_at).days,
        published=user.published_count,
        helped=user.helped_count,
        against=[(now - at).days for at in against],
    )
