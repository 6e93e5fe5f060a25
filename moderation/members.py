"""What a moderator sees of one member: what has their name on it, and what was decided about that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models import User
from forum.models import Answer, Comment, Post, Question
from moderation.authors import in_numbers
from moderation.models import Decision, Report, ReviewItem, Sanction
from moderation.order import DISTRESSING

SHOWN = 12
# What a post is told of the item that waits about it.
ITEM = {"item_id": "pk", "distress": "distress"}


@dataclass(frozen=True)
class File:
    """Nothing in it is of what they wrote without their name, nor counts it."""

    member: User
    numbers: str
    posts: Sequence[Post]
    decisions: Sequence[Decision]
    reports: dict[str, int]
    sanctions: Sequence[Sanction]


def file_of(member: User) -> File:
    return File(
        member=member,
        numbers=in_numbers(member),
        posts=_posts(member),
        decisions=_decisions(member),
        reports=_reports(member),
        sanctions=list(
            member.sanctions.select_related("decision__words", "decision__appeal__outcome").order_by("-number")
        ),
    )


def steps_of(file: File) -> list[tuple[str, int | None]]:
    """Kind and days of the sanctions that stand."""
    return [(one.kind, one.days) for one in file.sanctions if one.lifted_at is None]


def _posts(member: User) -> list[Post]:
    """The newest, each with what it is `announced` as: what is distressing about it, while it waits."""
    waiting = ReviewItem.objects.open()
    newest = [
        post
        for posts in (Question, Answer, Comment)
        for post in posts.objects.filter(author=member, alias=None)
        .exclude(status=Post.Status.REMOVED)
        .annotate(
            **{
                name: Subquery(waiting.filter(**{posts.kind: OuterRef("pk")}).values(column)[:1])
                for name, column in ITEM.items()
            }
        )
        .for_page()
        .order_by("-created_at", "-pk")[:SHOWN]
    ]
    for post in newest:
        post.announced = str(DISTRESSING.get(post.distress, ""))
    return sorted(newest, key=lambda post: post.created_at, reverse=True)[:SHOWN]


def _decisions(member: User) -> list[Decision]:
    named = [
        Decision.objects.filter(
            target_kind=posts.kind, target_id__in=posts.objects.filter(author=member, alias=None).values("pk")
        )
        for posts in (Question, Answer, Comment)
    ]
    found = [
        decision
        for part in (*named, Decision.objects.about(member))
        for decision in part.select_related("words").order_by("-pk")[:SHOWN]
    ]
    return sorted(found, key=lambda decision: decision.pk, reverse=True)[:SHOWN]


def _reports(member: User) -> dict[str, int]:
    """How many reports came to what: of them, and of what has their name on it."""
    about: Any = Q(member=member)
    for post in ("question", "answer", "comment"):
        about |= Q(**{f"{post}__author": member, f"{post}__alias": None})
    counts = Report.objects.of_breaches().filter(about).values_list("state").annotate(count=Count("pk"))
    return dict(Counter(dict(counts)))
