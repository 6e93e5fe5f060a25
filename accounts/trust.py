"""How trust is earned and lost, and what each level may: every number once. Pure functions: no queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

Trust = User.Trust
LEVELS: list[str] = [Trust.NEW, Trust.BASIC, Trust.TRUSTED]

DAYS_FOR_BASIC, POSTS_FOR_BASIC = 3, 3
DAYS_FOR_TRUSTED, POSTS_FOR_TRUSTED, HELPED_FOR_TRUSTED = 30, 20, 5
# How long a decision against somebody counts, and of how many at once their posts are read first again.
COUNTS_FOR = timedelta(days=90)
AGAINST_FOR_NEW = 3


@dataclass(frozen=True)
class Record:
    """What trust goes by: whole days as a member, published posts, answers that helped whoever asked, and how many
    days ago each decision against them was made that stands and still counts."""

    days: int
    published: int
    helped: int
    against: Sequence[int] = ()


@dataclass(frozen=True)
class Allowance:
    """What one level may. `links` are those in one post to sites that we do not know; `a_day` is by kind of post."""

    a_day: Mapping[str, int]
    links: int
    reports_a_day: int
    has_pictures: bool
    is_read_first: bool
    links_are_read_first: bool


ALLOWANCES: dict[str, Allowance] = {
    Trust.NEW: Allowance(
        {"question": 3, "answer": 10, "comment": 10},
        links=2,
        reports_a_day=10,
        has_pictures=False,
        is_read_first=True,
        links_are_read_first=True,
    ),
    Trust.BASIC: Allowance(
        {"question": 10, "answer": 30, "comment": 50},
        links=5,
        reports_a_day=30,
        has_pictures=True,
        is_read_first=False,
        links_are_read_first=True,
    ),
    Trust.TRUSTED: Allowance(
        {"question": 20, "answer": 100, "comment": 100},
        links=20,
        reports_a_day=100,
        has_pictures=True,
        is_read_first=False,
        links_are_read_first=False,
    ),
}


def allowance(user: User) -> Allowance:
    return ALLOWANCES[user.trust]


def level(now: str, record: Record) -> str:
    """The level that somebody has who has `now`: earned by time and posts, lost by nothing but decisions."""
    if len(record.against) >= AGAINST_FOR_NEW:
        return Trust.NEW
    earned = Trust.NEW
    if record.days >= DAYS_FOR_BASIC and record.published >= POSTS_FOR_BASIC:
        earned = Trust.BASIC
    if (
        record.days >= DAYS_FOR_TRUSTED
        and record.published >= POSTS_FOR_TRUSTED
        and record.helped >= HELPED_FOR_TRUSTED
    ):
        earned = Trust.TRUSTED
    kept = max(now, earned, key=LEVELS.index)
    return min(kept, Trust.BASIC, key=LEVELS.index) if record.against else kept


def missing(now: str, record: Record) -> list[str]:
    """What somebody who has the level `now` still needs for the next one; empty at the last."""
    if now == Trust.TRUSTED:
        return []
    if now == Trust.NEW:
        days, posts, helped = DAYS_FOR_BASIC - record.days, POSTS_FOR_BASIC - record.published, 0
        # When so many are past that fewer are left than make it new.
        clear = sorted(record.against)[AGAINST_FOR_NEW - 1 :]
    else:
        days, posts = DAYS_FOR_TRUSTED - record.days, POSTS_FOR_TRUSTED - record.published
        helped, clear = HELPED_FOR_TRUSTED - record.helped, record.against
    quiet = COUNTS_FOR.days - min(clear) if clear else 0
    needs = [
        (days, ngettext("%(count)d more day", "%(count)d more days", max(days, 1))),
        (posts, ngettext("%(count)d more published post", "%(count)d more published posts", max(posts, 1))),
        (
            helped,
            ngettext("%(count)d more answer marked helpful", "%(count)d more answers marked helpful", max(helped, 1)),
        ),
        (
            quiet,
            ngettext(
                "%(count)d more day without a decision against you",
                "%(count)d more days without a decision against you",
                max(quiet, 1),
            ),
        ),
    ]
    return [words % {"count": count} for count, words in needs if count > 0]


def enough_for_today(user: User, kind: str) -> str:
    """What somebody is told who has posted as many of this kind today as they may."""
    count = allowance(user).a_day[kind]
    words = {
        "question": ngettext("%(count)d question", "%(count)d questions", count),
        "answer": ngettext("%(count)d answer", "%(count)d answers", count),
        "comment": ngettext("%(count)d comment", "%(count)d comments", count),
    }
    return _(
        "You have posted a lot today: for now, %(posts)s a day are as many as you can send. Please post this one"
        " tomorrow; it is kept here for you. Your settings, under Trust, say how to be able to send more."
    ) % {"posts": words[kind] % {"count": count}}


def too_many_links(user: User, links: int) -> str:
    """What somebody is told whose post has more `links` to sites that we do not know than they may; else nothing."""
    most = allowance(user).links
    if links <= most:
        return ""
    return _(
        "There are %(links)d links here to sites that we do not know, and for now your posts can have %(most)d. Please"
        " take some out. Links to public health bodies do not count."
    ) % {"links": links, "most": most}
