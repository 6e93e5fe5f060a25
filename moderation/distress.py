"""Whether a text tells of somebody in danger: which kinds of distress are in it, and at which words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forum.desk import Submission
from moderation.learned import weighed
from moderation.models import DistressRules
from moderation.rule_set import Found, How, Kind, RuleSet

__all__ = ["Kind", "kinds_in"]

SHIPPED = Path(__file__).parent / "rules_data" / "distress.txt"
KEY = "distress_rules"
# In seconds. Whoever changes the rules makes every process read them anew at once.
REMEMBERED = 60
IN_SHORT = {
    Kind.SELF_HARM: gettext_lazy("self-harm"),
    Kind.ABUSE: gettext_lazy("abuse"),
    Kind.CHILD: gettext_lazy("a child"),
    Kind.HARM: gettext_lazy("harm to others"),
    Kind.EMERGENCY: gettext_lazy("an emergency"),
}


def kinds_in(text: str, *, is_reply: bool = False) -> tuple[Kind, ...]:
    """Which kinds of distress a text tells of. In a reply, what is said to the person helped is none."""
    kinds = {found.kind for found in found_in(text, is_reply=is_reply)}
    return tuple(kind for kind in Kind if kind in kinds)


def found_by_kind(submission: Submission) -> dict[Kind, list[Found]]:
    """What of which kind of distress is found in a text on its way. Spans are in title + newline + body."""
    by_kind: dict[Kind, list[Found]] = {}
    is_reply = submission.kind != "question"
    for found in found_in(f"{submission.title}\n{submission.body}", is_reply=is_reply):
        by_kind.setdefault(found.kind, []).append(found)
    return by_kind


def spans_of(found: Sequence[Found]) -> list[tuple[int, int]]:
    return sorted({one.span for one in found})


def words_for_moderator(kind: Kind, found: Sequence[Found]) -> str:
    """What was found, and whether no rule did but only what was learned from texts."""
    if all(one.how == How.LEARNED for one in found):
        return _("Reads like texts of people in danger: %(kind)s") % {"kind": IN_SHORT[kind]}
    return str(kind.label)


def found_in(text: str, *, is_reply: bool = False, rules: RuleSet | None = None) -> Sequence[Found]:
    """What the rules find in a text, weighed by how much all of it reads like danger, and what only that finds."""
    return _found_in(text, is_reply, rules or current())


# Two screeners ask about the same text, one after the other.
@lru_cache(maxsize=1)
def _found_in(text: str, is_reply: bool, rules: RuleSet) -> Sequence[Found]:
    found = rules.found_in(text, is_reply=is_reply)
    return weighed(found, text, is_reply=is_reply) if rules.has_learned else found


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
    return _shipped().changed(added=added, switched_off=switched_off)


@lru_cache(maxsize=1)
def _shipped() -> RuleSet:
    return RuleSet(SHIPPED.read_text())


@transaction.atomic
def save(*, added: str, switched_off: str, reason: str, by: User) -> DistressRules:
    """A new version of what this site adds and switches off; it counts from now on, and the earlier ones are kept."""
    version = DistressRules.objects.create(added=added, switched_off=switched_off, reason=reason, made_by=by)
    transaction.on_commit(lambda: cache.delete(KEY))
    return version
