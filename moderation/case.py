"""What a moderator sees of one item: the text, why it waits, what is known of its author, and what was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from accounts.models import User
from articles.models import Article
from core import markdown
from core.differences import Piece, compare
from forum.models import Answer, Comment, Edit, Post, Question
from moderation import rules
from moderation.desk import last_decided
from moderation.models import Decision, Report, ReviewItem

# Around a span that a screener found, on each side.
AROUND = 60


@dataclass(frozen=True)
class Excerpt:
    """A span that a screener stopped at, and a few words around it."""

    before: str
    found: str
    after: str


@dataclass(frozen=True)
class Change:
    """What became of the text that was up, or that was sent back."""

    is_of_published: bool
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Case:
    """One item as the page shows it. `title` and `text` are what would be, or is, published."""

    item: ReviewItem
    chips: Sequence[tuple[str, int]]
    why: str
    standing: str
    title: str
    text: str
    html: str
    excerpts: Sequence[Excerpt]
    change: Change | None
    article: Article | None
    reports: Sequence[Report]
    history: Sequence[Decision]
    decisions: Sequence[str]


def case(item: ReviewItem, *, is_first: bool = False) -> Case:
    thing = item.thing
    reports = list(Report.objects.about(thing).filter(state=Report.State.OPEN).order_by("id")) if item.is_open else []
    kind = thing.kind if isinstance(thing, Post) else "member"
    history = Decision.objects.filter(target_kind=kind, target_id=thing.pk).select_related("words").order_by("-id")
    shared: dict[str, Any] = {
        "item": item,
        "chips": chips(item),
        "why": why(item, is_first=is_first),
        "reports": reports,
        "history": list(history),
        "decisions": rules.decisions_on(item),
    }
    if not isinstance(thing, Post):
        return Case(
            **shared,
            standing=bands(thing),
            title=thing.name,
            text=thing.about,
            html="",
            excerpts=(),
            change=None,
            article=None,
        )
    waiting = Edit.objects.about(thing).filter(state=Edit.State.HELD).first()
    title, text = texts(thing, waiting)
    article = thing.question.article
    return Case(
        **shared,
        standing=bands(thing.author) if thing.author else _("Their account was deleted."),
        title=title,
        text=text,
        html=markdown.render(text, top=3),
        excerpts=excerpts(item, f"{title}\n{text}"),
        change=change(thing, waiting),
        article=article if article and article.state == Article.State.PUBLISHED else None,
    )


def texts(post: Post, waiting: Edit | None) -> tuple[str, str]:
    """Title and body of the text that waits, else of the one that was published."""
    if waiting is not None:
        return waiting.title, waiting.body
    return (post.title if isinstance(post, Question) else "", post.body)


def chips(item: ReviewItem) -> list[tuple[str, int]]:
    """The reasons in a few words each, with how much harm each could do; all reports are one."""
    found = [(reason["words"], reason["level"]) for reason in item.held_for]
    if found and item.thing.status == Post.Status.PUBLISHED:
        found.append((_("Change of what is published"), 0))
    if not item.reported:
        return found
    said = Counter(reason["words"] for reason in item.reported)
    count = len(item.reported)
    words = ngettext("%(count)d report: %(said)s", "%(count)d reports: %(said)s", count)
    harm = max(reason["level"] for reason in item.reported)
    return [(words % {"count": count, "said": ", ".join(said)}, harm), *found]


def heading(item: ReviewItem) -> str:
    """What an item is, in one line of the queue. Never who wrote it."""
    thing = item.thing
    if isinstance(thing, Question):
        return _("Question in %(topic)s") % {"topic": thing.topic.name}
    if isinstance(thing, Answer):
        return _("Answer to “%(title)s”") % {"title": thing.question.title}
    if isinstance(thing, Comment):
        return _("Comment under “%(title)s”") % {"title": thing.question.title}
    return _("Member %(name)s") % {"name": thing.handle}


def waited(item: ReviewItem, *, depth: int = 2) -> str:
    """How long an item has waited, in words."""
    if timezone.now() - item.opened_at < timedelta(minutes=1):
        return _("less than a minute")
    return timesince(item.opened_at, depth=depth)


def why(item: ReviewItem, *, is_first: bool) -> str:
    """One sentence on the place of an item in the queue."""
    if not item.is_open or not item.reasons:
        return ""
    reason = max(chips(item), key=lambda chip: chip[1])[0]
    words = {"reason": reason, "wait": waited(item, depth=1)}
    if is_first:
        return (
            _(
                "First because nothing that waits could do more harm (%(reason)s), and it has waited longest of those: "
                "%(wait)s."
            )
            % words
        )
    return _("It has waited %(wait)s. Why: %(reason)s.") % words


def bands(author: User) -> str:
    """What is known of an author, too coarse to tell who it is."""
    against = sum(
        Decision.objects.filter(
            code__in=Decision.AGAINST,
            target_kind=posts.kind,
            target_id__in=posts.objects.filter(author=author).values("pk"),
        ).count()
        for posts in (Question, Answer, Comment)
    )
    return _("A member for %(time)s, %(published)s, %(against)s.") % {
        "time": _membership(timezone.now() - author.joined_at),
        "published": _published(author.published_count),
        "against": _against(against),
    }


def excerpts(item: ReviewItem, text: str) -> list[Excerpt]:
    return [
        Excerpt(before=text[max(start - AROUND, 0) : start], found=text[start:end], after=text[end : end + AROUND])
        for reason in item.held_for
        for start, end in reason["spans"]
    ]


def change(post: Post, waiting: Edit | None) -> Change | None:
    """A waiting text against what is up or was sent back; None where it is the first one."""
    before = last_decided(post) if waiting else None
    if waiting is None or before is None:
        return None
    return Change(
        is_of_published=before.state == Edit.State.LIVE,
        pieces=compare(_whole(before), _whole(waiting)),
    )


def _whole(text: Edit) -> str:
    return f"{text.title}\n\n{text.body}" if text.title else text.body


def _membership(time: timedelta) -> str:
    if time < timedelta(days=1):
        return _("less than a day")
    if time < timedelta(days=7):
        return _("less than a week")
    if time < timedelta(days=30):
        return _("less than a month")
    return _("less than a year") if time < timedelta(days=365) else _("more than a year")


def _published(count: int) -> str:
    if count == 0:
        return _("nothing published yet")
    if count < 3:
        return _("one or two posts published")
    return _("fewer than 20 posts published") if count < 20 else _("20 posts or more published")


def _against(count: int) -> str:
    if count == 0:
        return _("nothing rejected or hidden")
    return _("something rejected or hidden once") if count == 1 else _("rejected or hidden several times")


# What happened meanwhile

BY_ANOTHER = {
    Decision.Code.APPROVED: _lazy("Another moderator approved this at %(time)s."),
    Decision.Code.EDITED: _lazy("Another moderator edited and approved this at %(time)s."),
    Decision.Code.RETURNED: _lazy("Another moderator asked the author for changes at %(time)s."),
    Decision.Code.REJECTED: _lazy("Another moderator rejected this at %(time)s."),
    Decision.Code.HIDDEN: _lazy("Another moderator hid this at %(time)s."),
    Decision.Code.KEPT: _lazy("Another moderator looked at this at %(time)s and kept it."),
}


def what_happened(item: ReviewItem, *, version: int) -> str:
    """Why a decision on `version` of an item came too late. The item as it stands now."""
    decision = item.decisions.filter(item_version__gte=version).order_by("-id").first()
    if decision is not None:
        return BY_ANOTHER[Decision.Code(decision.code)] % {
            "time": date_format(timezone.localtime(decision.made_at), "H:i")
        }
    if not item.is_open:
        return _("Its author took this back, or wrote a text that need not wait. There is nothing left to decide.")
    if item.version == version:
        return _("Another moderator has taken this up and is reading it now.")
    reported_at = Report.objects.about(item.thing).aggregate(at=Max("created_at"))["at"]
    written_at = (
        Edit.objects.about(item.thing).aggregate(at=Max("created_at"))["at"] if isinstance(item.thing, Post) else None
    )
    if reported_at and (written_at is None or reported_at > written_at):
        return _("It was reported once more while you were reading. Here it is with the new report.")
    return _("The author changed the text while you were reading. Here is the new one.")
