"""The desk that the forum talks to: screens texts and keeps one open review item per post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import User
from forum.desk import Finding, Submission, Verdict, with_more
from forum.models import Edit, Post
from forum.models.targets import key_of
from moderation import at_once, duty, prints, reports
from moderation.distress import kinds_in
from moderation.grave import is_grave
from moderation.models import REPORT, Decision, Report, ReviewItem, Words
from moderation.order import WEIGHED, weigh
from moderation.screeners import crisis, emergency, links

# How far back, how many hours around now, and of how many decisions at least a waiting time is told.
LOOKED_AT = timedelta(days=28)
AROUND_NOW = 3
ENOUGH = 5
AT_MOST = 500
# Of which findings authors are shown their own words, so that they can mend them; so many, each so long.
QUOTED = ("personal_details", "link")
QUOTES, LONGEST_QUOTE = 5, 60


def screen(submission: Submission) -> Verdict:
    """Ask every screener of `settings.POST_SCREENERS`; any finding holds the text, but for mere warnings."""
    screeners = [import_string(path) for path in settings.POST_SCREENERS]
    return Verdict([finding for look in screeners for finding in look(submission)])


def received(text: Edit) -> None:
    """Somebody sent this text: it is known again for some days."""
    prints.keep(text)


@transaction.atomic
def opened(post: Post, findings: Sequence[Finding]) -> None:
    """A text of `post` waits: open its item, or bring the open one up to date. What people reported stays."""
    item = item_about(post)
    reasons = item.reported + [_reason(finding) for finding in [*_history(post, findings), *findings]]
    put_reasons(item, reasons, is_new_text=True)


@transaction.atomic
def changed(post: Post) -> None:
    """Its author changed a published text: nothing waits any more, but what was reported is looked at once more."""
    item = ReviewItem.objects.about(post).open().select_for_update().first()
    if item is None:
        return
    if item.reported:
        put_reasons(item, item.reported, is_new_text=True)
    else:
        _close(item)


@transaction.atomic
def withdrawn(post: Post) -> None:
    """Its author took the post back: there is nothing to decide, and they may send it elsewhere."""
    for item in ReviewItem.objects.about(post).open().select_for_update():
        _close(item)
    reports.settle(Report.objects.about(post), Report.State.GONE)
    if isinstance(post, Post):
        prints.forget(post)


@transaction.atomic
def put_back(post: Post) -> None:
    """Its author put the post back: what people reported before nobody had decided yet, so it waits again."""
    gone = Report.objects.about(post).filter(state=Report.State.GONE)
    again = list(gone.order_by("pk"))
    if again:
        reports.open_again(gone)
        item = item_about(post)
        if getattr(post, "collapsed_at", None):
            item.at_once = ReviewItem.AtOnce.COLLAPSED
        put_reasons(item, [*item.reasons, *map(said_by, again)])


def was_reported(post: Post, since: datetime) -> bool:
    """Whether somebody has reported it since then."""
    return Report.objects.about(post).filter(created_at__gte=since).exists()


def is_reported() -> Exists:
    """The condition on answers that somebody reported one and no moderator has decided yet."""
    return Exists(Report.objects.filter(answer=OuterRef("pk"), state=Report.State.OPEN))


def expected_wait() -> timedelta | None:
    """The median wait of texts sent around this hour of the day, over the last 28 days; None below five of them."""
    now = timezone.now()
    decided = (
        Decision.objects.filter(made_at__gte=now - LOOKED_AT)
        .exclude(
            code__in=(
                Decision.Code.KEPT,
                Decision.Code.HIDDEN,
                *Decision.BESIDE_TEXTS,
                *Decision.OF_MEMBERS,
                *Decision.ON_APPEAL,
                *Decision.UNDOING,
            )
        )
        .order_by("-made_at")
        .values_list("item__opened_at", "made_at")[:AT_MOST]
    )
    waits = [end - start for start, end in decided if _hours_apart(start.hour, now.hour) <= AROUND_NOW]
    return median(waits) if len(waits) >= ENOUGH else None


def asleep_until() -> datetime | None:
    """When a moderator is on duty again, while none is."""
    return duty.asleep_until()


def takes_no_questions(author: User) -> bool:
    """Whether there are no new threads tonight; moderators may."""
    return not author.is_moderator and duty.takes_no_threads()


def words_for_author(post: Post) -> str:
    """Why a text of `post` waits; where none does, what the last decision about it said to its author."""
    item = ReviewItem.objects.about(post).open().first()
    if item is not None and item.held_for:
        return " ".join(reason["author"] + _quotes(post, reason) for reason in item.held_for if reason["author"])
    if item is not None and (meanwhile := at_once.told(item)):
        return meanwhile
    about_texts = Decision.objects.exclude(code__in=(*Decision.BESIDE_TEXTS, Decision.Code.CONFIRMED))
    last = about_texts.filter(target_kind=post.kind, target_id=post.pk).order_by("-id").values("pk")[:1]
    return Words.objects.filter(decision__in=last).values_list("to_author", flat=True).first() or ""


def unknown_links(text: str) -> int:
    """How many links of a text lead to sites that we do not know."""
    return sum(not links.is_trusted(url) for _start, _end, url in links.written(text))


def speaks_of_grave_things(text: str) -> bool:
    """Whether a text speaks of a crisis or of a loss."""
    return is_grave(text)


def last_decided(post: Post) -> Edit | None:
    """The last text of `post` that was put up or sent back: what a waiting one is compared with."""
    decided: Edit | None = (
        Edit.objects.about(post).filter(state__in=(Edit.State.LIVE, Edit.State.RETURNED)).order_by("-id").first()
    )
    return decided


def item_about(thing: Any) -> ReviewItem:
    """The one open item about `thing`, locked; made if there is none."""
    open_items = ReviewItem.objects.about(thing).open().select_for_update()
    if item := open_items.first():
        return item
    try:
        with transaction.atomic():
            # Version 0 has been seen by nobody: whoever asked for the item now says why.
            return ReviewItem.objects.create(**{key_of(thing): thing}, version=0)
    except IntegrityError:
        return open_items.get()


def said_by(report: Report) -> dict[str, Any]:
    """Why an item waits that somebody reported. What their note tells of distress counts as if a post told of it."""
    level, words = report.rule.harm, str(report.rule.chip)
    if kinds := kinds_in(report.note):
        level = max(level, *(crisis.LEVELS.get(kind, emergency.LEVEL) for kind in kinds))
        words = _("%(reason)s; in the note: %(kinds)s") % {
            "reason": words,
            "kinds": ", ".join(str(kind.label) for kind in kinds),
        }
    said = {"rule": REPORT, "level": level, "words": words, "author": "", "spans": []}
    return said | {"report": report.pk, "reason": report.reason}


def put_reasons(item: ReviewItem, reasons: list[dict[str, Any]], *, is_new_text: bool = False) -> None:
    """Say anew why a locked item waits. A new text is a new version of it, which nobody has decided on."""
    item.reasons = reasons
    item.version += is_new_text or item.version == 0
    weigh(item)
    item.save(update_fields=["reasons", "at_once", "version", *WEIGHED])


def _history(post: Post, findings: Sequence[Finding]) -> list[Finding]:
    """Why a text waits that was looked at before, or that no screener stopped at."""
    if (last := last_decided(post)) and last.state == Edit.State.RETURNED:
        author = _("You were asked for changes before, so a moderator reads it once more.")
        return [Finding("again", 0, for_author=author, for_moderator=_("Sent again after changes"))]
    if not findings:
        return [Finding("changed", 0, for_author="", for_moderator=_("Changed while it waited"))]
    return []


def _reason(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "words": finding.for_moderator,
        "author": finding.for_author,
        "spans": list(finding.spans),
    }


def _quotes(post: Post, reason: dict[str, Any]) -> str:
    """The words of a waiting text that a screener stopped at, for its author. They are read from the text, which alone
    keeps them."""
    waiting = Edit.objects.about(post).filter(state=Edit.State.HELD).first() if reason["spans"] else None
    if waiting is None or reason["rule"] not in QUOTED:
        return ""
    text = f"{waiting.title}\n{with_more(waiting.body, waiting.tags, waiting.reason)}"
    words = dict.fromkeys(text[start:end][:LONGEST_QUOTE] for start, end in reason["spans"])
    return " " + _("It is about: %(words)s.") % {"words": ", ".join(f"“{said}”" for said in list(words)[:QUOTES])}


def _close(item: ReviewItem) -> None:
    item.state, item.closed_at = ReviewItem.State.CLOSED, timezone.now()
    item.claimed_by = item.claimed_until = None
    item.version += 1
    item.save(update_fields=["state", "closed_at", "claimed_by", "claimed_until", "version"])


def _hours_apart(one: int, other: int) -> int:
    apart = abs(one - other)
    return min(apart, 24 - apart)
