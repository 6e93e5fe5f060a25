"""What an item is and why it is where it is in the queue, in a few words. Never who wrote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from forum.models import Answer, Comment, Post, Question
from moderation import house, rules
from moderation.models import REPORT, ReviewItem
from moderation.order import DISTRESSING


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    item: ReviewItem
    heading: str
    title: str
    chips: Sequence[tuple[str, int]]
    place: str
    is_mine: bool
    # Who else is reading it.
    reader: str


def line(moderator: User, item: ReviewItem) -> Line:
    """What is distressing is announced: its own words wait until somebody opens it."""
    is_title_shown = isinstance(item.thing, Question) and not item.distress
    return Line(
        item,
        heading(item),
        item.thing.title if is_title_shown else "",
        chips(item),
        place(item),
        is_mine=rules.is_claimed_by(moderator, item),
        reader=reader(moderator, item),
    )


def reader(moderator: User, item: ReviewItem) -> str:
    """The handle of another moderator who is reading it; empty if nobody is."""
    return item.claimed_by.handle if item.claimed_by and rules.is_claimed_by_another(moderator, item) else ""


def chips(item: ReviewItem) -> list[tuple[str, int]]:
    """The reasons in a few words each, with how much harm each could do; all reports are one."""
    found = [(reason["words"], reason["level"]) for reason in item.held_for]
    if item.is_left_to_seniors:
        found.append((_("For a senior moderator"), 0))
    if found and item.thing.status == Post.Status.PUBLISHED:
        found.append((_("Change of what is published"), 0))
    if item.is_put_aside:
        found.append((str(item.get_at_once_display()), 0))
    if not item.reported:
        return found
    said = Counter(reason["words"] for reason in item.reported)
    count = len(item.reported)
    words = ngettext("%(count)d report: %(said)s", "%(count)d reports: %(said)s", count)
    harm = max(reason["level"] for reason in item.reported)
    return [(words % {"count": count, "said": ", ".join(said)}, harm), *found]


def heading(item: ReviewItem) -> str:
    thing = item.thing
    if isinstance(thing, Question):
        return _("Question in %(topic)s") % {"topic": thing.topic.name}
    if isinstance(thing, Answer):
        return _("Answer to “%(title)s”") % {"title": thing.question.title}
    if isinstance(thing, Comment):
        return _("Comment under “%(title)s”") % {"title": thing.question.title}
    return _("Member %(name)s") % {"name": thing.handle}


def announced(item: ReviewItem) -> str:
    """What is distressing about an item, before anybody sees it; empty if nothing is known to be."""
    return str(DISTRESSING.get(item.distress, ""))


# Where somebody may be in danger: by the rule that noticed it, more harm first.
GUIDES: dict[str, str | Promise] = {
    "emergency": gettext_lazy(
        "Its author was told at once to call an emergency number. Give no advice yourself; if it reads as if they are "
        "waiting for an answer, write to them. Approve it only if it is not happening now."
    ),
    "self_harm": gettext_lazy(
        "Write to the author, who was told at once whom to call: that you have read it, and where help is. Approve it "
        "only if it names no way of doing it and nobody can be recognised by it."
    ),
    "child": gettext_lazy(
        "Write to the author, who was told at once whom to call. If a child is in danger now, leave it to the senior "
        "moderators as well. Approve it only if nobody can be recognised by it, and no child either."
    ),
    "abuse": gettext_lazy(
        "Write to the author, who was told at once whom to call; no mail says so, as somebody else may read it. "
        "Approve it only if whoever hurts them could not recognise them by it."
    ),
    "harm_to_others": gettext_lazy(
        "Write to the author, who was told at once whom to call. If somebody is in danger now, leave it to the senior "
        "moderators as well. Approve it only if it names nobody and no way of doing it."
    ),
    house.WORRIED.code: gettext_lazy(
        "Somebody worries about its author. It is no accusation, and they are told nothing of it. If you worry, too, "
        "write to them (“How are you?” is among the saved replies); then keep it as it is."
    ),
}


def guide(item: ReviewItem) -> str:
    """What to do first with an item by which somebody may be in danger; empty of all others."""
    found = {reason["rule"] for reason in item.held_for}
    if any(reason.get("reason") == house.WORRIED.code for reason in item.reported):
        found.add(house.WORRIED.code)
    return next((str(words) for rule, words in GUIDES.items() if rule in found), "")


def waited(item: ReviewItem, *, depth: int = 1) -> str:
    """How long an item has waited, in words."""
    if timezone.now() - item.opened_at < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(item.opened_at, depth=depth)


def place(item: ReviewItem) -> str:
    """The three things that an item's place in the queue follows from, and before them that it was left to those who
    then read it first."""
    if not item.is_open or not item.reasons:
        return ""
    reason = max(chips(item), key=lambda chip: chip[1])[0]
    words = {"reason": reason, "reach": ReviewItem.Reach(item.reach).label, "wait": waited(item)}
    if item.is_left_to_seniors:
        return _("left to senior moderators, who read it first · %(reason)s · %(reach)s · waiting %(wait)s") % words
    return _("%(reason)s · %(reach)s · waiting %(wait)s") % words


# As lists call what a screener stopped at; any other rule is called by its code.
RULES = {
    REPORT: gettext_lazy("Reported"),
    "first_post": gettext_lazy("First post"),
    "link": gettext_lazy("Link"),
    "again": gettext_lazy("Sent again after changes"),
    "changed": gettext_lazy("Changed while it waited"),
    "undone": gettext_lazy("Decision taken back"),
    "emergency": gettext_lazy("Emergency happening now"),
    "personal_details": gettext_lazy("Personal details"),
    **DISTRESSING,
}


def name_of(rule: str) -> str:
    """What one of the rules of an item is called."""
    name = str(RULES.get(rule, rule.replace("_", " ")))
    return name[:1].upper() + name[1:]
