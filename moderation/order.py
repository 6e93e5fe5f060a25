"""In which order the queue is read, and how that is said of each item.

    urgency = 10 * harm + reach

The higher urgency comes first; of the same urgency, what has waited longest. Harm, from 0 to 5, is that of the worst
reason (forum.desk.Finding, moderation.house); reach, from 0 to 3, is who can read it while it waits. So nothing that
could do less harm is ever read before what could do more.

But senior moderators read first what the others have left to them, as nobody else is shown it; only what is urgent
goes before what is not.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.models import Post
from moderation import house
from moderation.models import ReviewItem

# From how many answers and "I have this too" on a thread has many people in it.
MANY = 10
# What a moderator is told of before they see it, by the rule that found it.
DISTRESSING: dict[str, str | Promise] = {
    "self_harm": _("possible self-harm"),
    "child": _("a child who may be in danger"),
    "abuse": _("possible abuse"),
    "harm_to_others": _("possible harm to others"),
    house.WORRIED.code: _("somebody whom a reader worries about"),
}


def weigh(item: ReviewItem) -> None:
    """Write into `item` what follows from its reasons. Not saved."""
    rules = [reason["rule"] for reason in item.reasons]
    item.harm = max((reason["level"] for reason in item.reasons), default=0)
    item.reach = reach(item.thing) if item.reported else ReviewItem.Reach.NOBODY
    item.rules = "".join(f" {rule} " for rule in dict.fromkeys(rules))[: ReviewItem._meta.get_field("rules").max_length]
    # Of reports, the reason: "abuse" is one of each.
    told = {*rules, *(reason.get("reason", "") for reason in item.reported)}
    item.distress = next((rule for rule in DISTRESSING if rule in told), "")


def stands_behind(item: ReviewItem) -> tuple[bool, bool, int, datetime, int]:
    """By which senior moderators are shown the items of a queue, the least first; `in_order()` for everybody else."""
    return not item.is_urgent, not item.is_left_to_seniors, -item.urgency, item.opened_at, item.pk


# The fields that weigh() writes.
WEIGHED = ("harm", "reach", "rules", "distress")


def reach(thing: Any) -> ReviewItem.Reach:
    """Who can read a post, or the page of a member, now."""
    if not isinstance(thing, Post):
        return ReviewItem.Reach.ANYONE
    if not thing.shown_to_members:
        return ReviewItem.Reach.NOBODY
    if not thing.shown_to_all:
        return ReviewItem.Reach.MEMBERS
    is_busy = thing.question.answers_count + thing.question.same_count >= MANY
    return ReviewItem.Reach.MANY if is_busy else ReviewItem.Reach.ANYONE
