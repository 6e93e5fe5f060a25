"""What this room holds of a person: their reports, and what was decided about their posts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from forum.models import Answer, Comment, Question
from moderation import desk
from moderation.models import Decision, ReviewItem, Words


def export(user: User) -> Mapping[str, Any]:
    made = user.reports_made.order_by("pk")
    columns = ("question", "answer", "comment", "member", "reason", "note", "contact", "state", "created_at")
    return {
        "reports": list(made.values(*columns)),
        "decisions_about_my_posts": [
            decision
            for decisions in _decisions_about(user)
            for decision in decisions.order_by("pk").values(
                "target_kind", "target_id", "code", "rule", "made_at", "words__to_author"
            )
        ],
    }


def erase(user: User) -> None:
    """Their reports stay without their name and words, and the log as it is: it holds neither."""
    user.reports_made.update(reporter=None, note="", contact="")
    ReviewItem.objects.filter(claimed_by=user).update(claimed_by=None, claimed_until=None)
    desk.withdrawn(user)
    user.about_reports.update(note="", contact="")
    for decisions in _decisions_about(user):
        Words.objects.filter(decision__in=decisions.values("pk")).delete()


def _decisions_about(user: User) -> list[QuerySet[Decision]]:
    """By kind of post; also of those without a name."""
    return [
        Decision.objects.filter(target_kind=posts.kind, target_id__in=posts.objects.filter(author=user).values("pk"))
        for posts in (Question, Answer, Comment)
    ]
