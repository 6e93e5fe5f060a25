"""The reasons of a decision, as whom it concerns is told them: what, why, by which rule, and how to appeal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.models import User
from core.pagination import Page, beside, page
from core.rulings import Ruling
from forum.models import Answer, Comment, Post, Question
from moderation import at_once, house, rules
from moderation.models import Appeal, Decision, ReviewItem, Sanction
from notifications.subjects import Subject

Code = Decision.Code
SHOWN = 20
# Longer ones are of nothing that there is.
LONGEST_NUMBER = 15

WHAT = {
    (Code.EDITED, "question"): _lazy("We published your question with a change"),
    (Code.EDITED, "answer"): _lazy("We published your answer with a change"),
    (Code.EDITED, "comment"): _lazy("We published your comment with a change"),
    (Code.RETURNED, "question"): _lazy("We asked you to change your question"),
    (Code.RETURNED, "answer"): _lazy("We asked you to change your answer"),
    (Code.RETURNED, "comment"): _lazy("We asked you to change your comment"),
    (Code.REJECTED, "question"): _lazy("We did not publish what you wrote in your question"),
    (Code.REJECTED, "answer"): _lazy("We did not publish what you wrote in your answer"),
    (Code.REJECTED, "comment"): _lazy("We did not publish what you wrote in your comment"),
    (Code.HIDDEN, "question"): _lazy("We hid your question"),
    (Code.HIDDEN, "answer"): _lazy("We hid your answer"),
    (Code.HIDDEN, "comment"): _lazy("We hid your comment"),
    (Code.WARNED, "member"): _lazy("We sent you a warning"),
    (Code.SILENCED, "member"): _lazy("We paused your posting"),
    (Code.SUSPENDED, "member"): _lazy("We suspended your account"),
}


SOFTWARE_DID = {
    ReviewItem.AtOnce.HIDDEN: _lazy(
        "Our software had kept it out of sight until a moderator read it, as several members had reported it."
    ),
    ReviewItem.AtOnce.COLLAPSED: _lazy(
        "Our software had collapsed it until a moderator read it, as a member had reported it as dangerous."
    ),
}


@dataclass(frozen=True)
class Statement:
    """One decision, told. `words` are empty once their 180 days are over."""

    decision: Decision
    what: str
    post: Post | None
    rule: house.Rule | None
    words: str
    software: str
    sanction: Sanction | None
    evidence: Sequence[Post]
    appeal: Appeal | None
    answer: str
    appeal_until: datetime
    may_appeal: Ruling
    # Whether the moderators took it back themselves.
    is_undone: bool

    @property
    def must_acknowledge(self) -> bool:
        warning = self.sanction
        return warning is not None and warning.kind == Sanction.Kind.WARN and warning.is_running


def concerning(user: User, *, after: str = "", before: str = "") -> Page:
    """A page of the decisions that somebody is told of, newest first. By kind: each has its place in the index."""
    where = {"after": after, "before": before, "by": "made_at"}
    rows = [
        decision
        for part in _parts(user)
        for decision in beside(part.filter(code__in=Decision.STATED), **where)[: SHOWN + 1]
    ]
    goes_up = bool(before) and not after
    rows.sort(key=lambda one: (one.made_at, one.pk), reverse=not goes_up)
    return page(rows[: SHOWN + 1], size=SHOWN, **where)


def concerns(decision: Decision, user: User) -> bool:
    thing = decision.thing
    return thing is not None and (thing.author_id if isinstance(thing, Post) else thing.pk) == user.pk


def what(decision: Decision) -> str:
    return str(WHAT[Code(decision.code), decision.target_kind])


def statement(decision: Decision) -> Statement:
    thing = decision.thing
    sanction = getattr(decision, "sanction", None)
    appeal = getattr(decision, "appeal", None)
    outcome = appeal.outcome if appeal else None
    return Statement(
        decision=decision,
        what=what(decision),
        post=thing if isinstance(thing, Post) else None,
        rule=decision.house_rule,
        words=_words(decision),
        software=_software(decision),
        sanction=sanction,
        evidence=posts_named(sanction.evidence) if sanction else (),
        appeal=appeal,
        answer=_words(outcome) if outcome else "",
        appeal_until=rules.appeal_until(decision),
        may_appeal=rules.may_appeal(decision, has_appealed=appeal is not None, is_undone=hasattr(decision, "undoing")),
        is_undone=hasattr(decision, "undoing"),
    )


def subjects(ids: Collection[int], user: User) -> dict[int, Subject]:
    """What a notification about a decision leads to: the page on which whom it concerns reads its reasons."""
    theirs = Q(target_kind="member", target_id=user.pk) | Q(appeal__member=user)
    return {
        decision.pk: Subject(_("A decision of the moderators"), reverse("standing:decision", args=[decision.pk]))
        for decision in Decision.objects.filter(theirs, pk__in=ids).only("pk")
    }


def holds(user: User) -> list[ReviewItem]:
    """What of somebody's waits because the software stopped at it, oldest first: that, too, is told with its reason."""
    found = [
        item
        for post in ("question", "answer", "comment")
        for item in ReviewItem.objects.open()
        .filter(**{f"{post}__author": user})
        .select_related("question", "answer__question", "comment__question")
        .order_by("opened_at")[:SHOWN]
    ]
    return [item for item in found if item.held_for or item.is_put_aside]


def why_held(item: ReviewItem) -> str:
    return " ".join(reason["author"] for reason in item.held_for if reason["author"])


def why_waiting(item: ReviewItem) -> str:
    """Why it is held, and why what is published is out of sight meanwhile."""
    return " ".join(filter(None, (why_held(item), at_once.told(item))))


def posts_named(names: Iterable[str]) -> list[Post]:
    """The posts of names such as "answer-12", in their order; what is no name, or names none, is left out."""
    kinds: Mapping[str, Any] = {posts.kind: posts for posts in (Question, Answer, Comment)}
    parts = (name.partition("-") for name in names)
    keys = [(kind, int(pk)) for kind, dash, pk in parts if kind in kinds and _is_number(pk)]
    found = {
        (kind, pk): post
        for kind, posts in kinds.items()
        if any(kind == one for one, _pk in keys)
        for pk, post in posts.objects.for_page().in_bulk([pk for one, pk in keys if one == kind]).items()
    }
    return [found[key] for key in keys if key in found]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _parts(user: User) -> list[Any]:
    return [
        part.select_related("appeal__outcome", "sanction", "undoing")
        for part in (*Decision.objects.about_posts_of(user), Decision.objects.about(user))
    ]


def _words(decision: Decision) -> str:
    words = getattr(decision, "words", None)
    return words.to_author if words else ""


def _software(decision: Decision) -> str:
    """Whether software took part, and how."""
    item = decision.item
    if decision.code in (Code.EDITED, Code.RETURNED, Code.REJECTED):
        why = why_held(item)
        stopped = _("Our software had stopped your text, so that a moderator reads it before others do.")
        return " ".join(filter(None, (stopped, why, _("It decides nothing: a moderator read it and decided."))))
    if item.at_once:
        return " ".join((str(SOFTWARE_DID[item.at_once]), _("It decides nothing: a moderator read it and decided.")))
    if any(reason.get("reason") != house.WORRIED.code for reason in item.reported):
        return _("None. Somebody had reported it, and a moderator read it and decided.")
    return _("None. A moderator decided.")
