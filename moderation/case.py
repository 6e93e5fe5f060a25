"""What a moderator sees of one item: the text, why it waits, what is known of its author, and what was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from articles.models import Article
from core import markdown
from core.differences import Piece, compare
from forum.desk import with_more
from forum.models import Edit, Post, Question
from moderation import rules
from moderation.authors import in_numbers, known
from moderation.desk import last_decided
from moderation.models import Decision, Handover, Report, ReviewItem
from moderation.wording import chips, guide, place

# Around a span that a screener found, on each side.
AROUND = 60
BESIDE, FOUND = 1, 2


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
    place: str
    standing: str
    title: str
    text: str
    tags: str
    # Why its author changed it, as they say.
    reason: str
    html: str
    # Each in pieces: the words, and whether a screener stopped at them.
    excerpts: Sequence[Sequence[tuple[str, bool]]]
    # What to do first where somebody may be in danger; empty elsewhere.
    guide: str
    change: Change | None
    article: Article | None
    reports: Sequence[Report]
    handovers: Sequence[Handover]
    history: Sequence[Decision]
    decisions: Sequence[str]
    # Where what asks the same is fetched from, once it is read.
    similar_url: str
    # Whose name is on it.
    member: User | None

    @property
    def may_be_undone(self) -> Decision | None:
        """The last decision, if it is one that can be taken back; see moderation.undoing.ruling for whether it still
        is."""
        last = next((one for one in self.history if one.code not in Decision.BESIDE_TEXTS), None)
        return last if last is not None and last.code in Decision.OF_TEXTS else None

    @property
    def hidden_by(self) -> Decision | None:
        """The decision that hides it, where that can be ended though it can no longer be taken back; see
        moderation.undoing.ruling_on_restoring for whether it still can."""
        if getattr(self.item.thing, "status", None) != Post.Status.HIDDEN or self.item.is_put_aside:
            return None
        return next((one for one in self.history if one.code == Decision.Code.HIDDEN), None)

    @property
    def has_pictures(self) -> bool:
        return "<img" in self.html

    @property
    def last_report(self) -> int:
        """The last report that is shown; 0 without one."""
        return max((report.pk for report in self.reports), default=0)


def case(item: ReviewItem, *, reader: User | None = None) -> Case:
    """With a `reader`, also what they may read that asks the same as a question."""
    thing = item.thing
    reports = list(Report.objects.about(thing).filter(state=Report.State.OPEN).order_by("id")) if item.is_open else []
    kind = thing.kind if isinstance(thing, Post) else "member"
    history = Decision.objects.filter(target_kind=kind, target_id=thing.pk).select_related("words", "moderator")
    shared: dict[str, Any] = {
        "item": item,
        "chips": chips(item),
        "place": place(item),
        "reports": reports,
        "handovers": list(Handover.objects.filter(item=item).select_related("moderator").order_by("-id")),
        "history": list(history.order_by("-id")),
        "decisions": rules.decisions_on(item),
        "guide": guide(item) if item.is_open else "",
        "similar_url": similar_url(thing) if reader is not None and isinstance(thing, Question) else "",
        "member": thing if isinstance(thing, User) else thing.author if thing.alias is None else None,
    }
    if not isinstance(thing, Post):
        return Case(
            **shared,
            standing=in_numbers(thing),
            title=thing.name,
            text=thing.about,
            tags="",
            reason="",
            html="",
            excerpts=(),
            change=None,
            article=None,
        )
    waiting = Edit.objects.about(thing).filter(state=Edit.State.HELD).first()
    title, text = texts(thing, waiting)
    last = waiting or Edit.objects.about(thing).last()
    tags = last.tags if last is not None else ""
    reason = waiting.reason if waiting is not None else ""
    article = thing.question.article
    return Case(
        **shared,
        standing=known(thing),
        title=title,
        text=text,
        tags=tags,
        reason=reason,
        html=markdown.render(text, top=3),
        excerpts=excerpts(item, f"{title}\n{with_more(text, tags, reason)}"),
        change=change(thing, waiting),
        article=article if article and article.state == Article.State.PUBLISHED else None,
    )


def similar_url(question: Question) -> str:
    is_there = question.shown_to_members or question.is_held
    return reverse("forum:similar", args=[question.pk]) + "?scores=yes" if is_there else ""


def texts(post: Post, waiting: Edit | None) -> tuple[str, str]:
    """Title and body of the text that waits, else of the one that was published."""
    if waiting is not None:
        return waiting.title, waiting.body
    return (post.title if isinstance(post, Question) else "", post.body)


def excerpts(item: ReviewItem, text: str) -> list[list[tuple[str, bool]]]:
    """What the screeners stopped at, with a few words of its paragraph around it; what stands close together is one."""
    shown = bytearray(len(text))
    spans = [(start, end) for reason in item.held_for for start, end in reason["spans"]]
    for start, end in spans:
        begins, ends = _around(text, start, end)
        shown[begins:ends] = bytes([BESIDE]) * (ends - begins)
    for start, end in spans:
        shown[start:end] = bytes([FOUND]) * (end - start)
    return [
        [("".join(text[at] for at in part), kind == FOUND) for kind, part in groupby(run, key=shown.__getitem__)]
        for is_shown, run in groupby(range(len(text)), key=lambda at: shown[at] > 0)
        if is_shown
    ]


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Whole words before and behind a span, of its own paragraph."""
    before = text[max(start - AROUND, 0) : start].rpartition("\n")[2]
    if start - len(before) > 0 and text[start - len(before) - 1] != "\n":
        before = before.partition(" ")[2]
    behind = text[end : end + AROUND].partition("\n")[0]
    if text[end + len(behind) : end + len(behind) + 1] not in ("", "\n"):
        behind = behind.rpartition(" ")[0]
    return start - len(before), end + len(behind)


def change(post: Post, waiting: Edit | None) -> Change | None:
    """A waiting text against what is up or was sent back; None where it is the first one."""
    before = last_decided(post) if waiting else None
    if waiting is None or before is None:
        return None
    return Change(
        is_of_published=before.state == Edit.State.LIVE,
        pieces=compare(before.words, waiting.words),
    )


# What happened meanwhile

BY_ANOTHER = {
    Decision.Code.APPROVED: _lazy("%(who)s approved this at %(time)s."),
    Decision.Code.EDITED: _lazy("%(who)s edited and approved this at %(time)s."),
    Decision.Code.RETURNED: _lazy("%(who)s asked the author for changes at %(time)s."),
    Decision.Code.REJECTED: _lazy("%(who)s rejected this at %(time)s."),
    Decision.Code.HIDDEN: _lazy("%(who)s hid this at %(time)s."),
    Decision.Code.KEPT: _lazy("%(who)s looked at this at %(time)s and kept it."),
    Decision.Code.UNDONE: _lazy("%(who)s took a decision about this back at %(time)s."),
    Decision.Code.RESTORED: _lazy("%(who)s has shown this again at %(time)s."),
    **dict.fromkeys(Decision.OF_MEMBERS, _lazy("%(who)s has acted on this member at %(time)s.")),
    **dict.fromkeys(Decision.ON_APPEAL, _lazy("%(who)s has decided an appeal about this at %(time)s.")),
    **dict.fromkeys(Decision.OF_LETTERS, _lazy("%(who)s has written to its author at %(time)s.")),
    **dict.fromkeys(Decision.OF_THREADS, _lazy("%(who)s has settled this thread at %(time)s.")),
}


def what_happened(item: ReviewItem, *, version: int) -> str:
    """Why a decision on `version` of an item came too late. The item as it stands now."""
    decision = item.decisions.filter(item_version__gte=version).order_by("-id").first()
    if decision is not None:
        handle = User.objects.filter(pk=decision.moderator_id).values_list("handle", flat=True).first()
        return BY_ANOTHER[Decision.Code(decision.code)] % {
            "who": handle or _("Another moderator"),
            "time": date_format(timezone.localtime(decision.made_at), "H:i"),
        }
    if not item.is_open:
        return _("Its author took this back, or wrote a text that need not wait. There is nothing left to decide.")
    if item.version == version:
        who = item.claimed_by.handle if item.claimed_by else _("Another moderator")
        return _("%(who)s has taken this up and is reading it now.") % {"who": who}
    return _("The author changed the text while you were reading. Here is the new one.")
