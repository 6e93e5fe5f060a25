"""Whether a text tells of somebody in danger: which kinds of distress are in it, and at which words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.core.cache import cache
from django.db import transaction

from accounts.models import User
from forum.desk import Submission
from moderation.models import DistressRules
from moderation.rule_set import Kind, RuleSet

__all__ = ["Kind", "kinds_in"]

SHIPPED = Path(__file__).parent / "rules_data" / "distress.txt"
KEY = "distress_rules"
# In seconds. Whoever changes the rules makes every process read them anew at once.
REMEMBERED = 60


def kinds_in(text: str, *, is_reply: bool = False) -> tuple[Kind, ...]:
    """Which kinds of distress a text tells of. In a reply, what is said to the person helped is none."""
    kinds = {found.kind for found in current().found_in(text, is_reply=is_reply)}
    return tuple(kind for kind in Kind if kind in kinds)


def spans_by_kind(submission: Submission) -> dict[Kind, list[tuple[int, int]]]:
    """Where a text on its way tells of which kind of distress, in title + newline + body."""
    spans: dict[Kind, set[tuple[int, int]]] = {}
    is_reply = submission.kind != "question"
    for found in current().found_in(f"{submission.title}\n{submission.body}", is_reply=is_reply):
        spans.setdefault(found.kind, set()).add(found.span)
    return {kind: sorted(places) for kind, places in spans.items()}


def current() -> RuleSet:
    """The rules that count on this site now."""
    own: tuple[str, str] | None = cache.get(KEY)
    if own is None:
        newest = DistressRules.objects.newest()
        own = (newest.added, newest.switched_off) if newest else ("", "")
        cache.set(KEY, own, REMEMBERED)
    return rule_set(*own)


@lru_cache(maxsize=4)
def rule_set(added: str = "", switched_off: str = "") -> RuleSet:
    """The rules that come with Askwell, with what a site adds and without what it switched off."""
    return RuleSet(SHIPPED.read_text(), added=added, switched_off=switched_off)


@transaction.atomic
def save(*, added: str, switched_off: str, reason: str, by: User) -> DistressRules:
    """A new version of what this site adds and switches off; it counts from now on, and the earlier ones are kept."""
    version = DistressRules.objects.create(added=added, switched_off=switched_off, reason=reason, made_by=by)
    transaction.on_commit(lambda: cache.delete(KEY))
    return version
