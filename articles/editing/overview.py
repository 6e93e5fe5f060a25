"""What an editor or a reviewer finds first in the admin: their own work, what waits, what is due, what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils import timezone

import search.query
from accounts.models import User
from articles import rules
from articles.editing import typed
from articles.editing.lists import SOON
from articles.models import Article, Revision
from core import drafts
from search import gaps

# Of each part.
MOST = 8
# In days: questions of this time are counted.
LATELY = 90
UNFINISHED = (Article.State.DRAFT, Article.State.IN_REVIEW, Article.State.SCHEDULED)


@dataclass(frozen=True)
class Unsaved:
    """What was typed and is kept, not saved."""

    title: str
    path: str
    kept_at: datetime


@dataclass(frozen=True)
class Waiting:
    """A text that a reviewer is asked to read; readers have it already until `withdrawn_on`, if that is a day."""

    article: Article
    text: Revision
    withdrawn_on: date | None


@dataclass(frozen=True)
class Asked:
    article: Article
    count: int


def overview(user: User) -> dict[str, Any]:
    """A part each under its name, in a number of statements that does not grow with the library."""
    may_edit = bool(rules.may_edit(user))
    return {
        "may_edit": may_edit,
        "is_reviewer": user.is_reviewer,
        "soon": SOON,
        "lately": LATELY,
        "unsaved": _unsaved(user) if may_edit else [],
        "mine": _mine(user) if may_edit else [],
        "waiting": _waiting(user),
        "due": _due(),
        "asked": _asked(),
        "gaps": _gaps() if may_edit else [],
    }


def _unsaved(user: User) -> list[Unsaved]:
    new = typed.form_of(None)
    kept = drafts.of_member(user.pk).filter(form__startswith=new.removesuffix("add/"))
    return [
        Unsaved(draft.fields.get("title", ""), draft.form, draft.saved_at)
        for draft in kept.order_by("-saved_at")[:MOST]
    ]


def _mine(user: User) -> Sequence[Article]:
    """What this editor worked on and readers do not have yet, last worked on first."""
    theirs = Revision.objects.filter(article=OuterRef("pk"), author=user).order_by("-number")
    worked_on = Article.objects.filter(pk__in=Revision.objects.filter(author=user).values("article")).annotate(
        my_last=Subquery(theirs.values("number")[:1]), my_last_at=Subquery(theirs.values("created_at")[:1])
    )
    is_unfinished = Q(state__in=UNFINISHED)
    has_changes = Q(state=Article.State.PUBLISHED, my_last__gt=F("live__number"))
    return worked_on.filter(is_unfinished | has_changes).only("title", "state").order_by("-my_last_at", "-pk")[:MOST]


def _waiting(user: User) -> list[Waiting]:
    """What waits for a reviewer: first what readers lose soonest, then the longest; of a reviewer only what they have
    not written themselves."""
    is_urgent = Q(state=Article.State.PUBLISHED, withdrawn_on__isnull=False)
    waiting = Article.objects.waiting().annotate(
        until=Case(When(is_urgent, then="withdrawn_on")),
        written_by=Case(When(is_urgent, then="live__author"), default="submitted__author"),
    )
    if user.is_reviewer:
        waiting = waiting.filter(~Q(written_by=user.pk) | Q(written_by=None))
    first = waiting.select_related("live", "submitted").order_by(
        F("until").asc(nulls_last=True), "submitted__created_at", "pk"
    )
    return [Waiting(one, one.live if one.until else one.submitted, one.until) for one in first[:MOST]]


def _due() -> Sequence[Article]:
    due = Article.objects.published().filter(next_review_on__lte=timezone.localdate() + timedelta(days=SOON))
    return due.order_by("next_review_on", "pk")[:MOST]


def _asked() -> list[Asked]:
    since = timezone.now() - timedelta(days=LATELY)
    counts = dict(search.query.most_asked_from(since=since, limit=MOST))
    articles = Article.objects.published().in_bulk(counts)
    return [Asked(articles[pk], count) for pk, count in counts.items() if pk in articles]


def _gaps() -> list[gaps.Shown]:
    found = [gap for of_kind in gaps.shown().values() for gap in of_kind]
    return sorted(found, key=lambda gap: -gap.recent)[:MOST]
