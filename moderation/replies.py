"""Saved replies: what a variable in one becomes, which of them are offered where, and how one is changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.http import absolute
from forum.models import Post
from moderation import house
from moderation.models import SavedReply

# What each becomes.
VARIABLES: dict[str, str | Promise] = {
    "handle": _("whom it is to; of a post without a name, what stands above it"),
    "title": _("the title of the thread"),
    "rule": _("the rule that was chosen"),
    "until": _("until when a pause or suspension lasts"),
    "appeal": _("the address where they read the reasons and can appeal"),
    "site": _("the name of this site"),
}
SITE = "Askwell"
_VARIABLE = re.compile(r"\{([^{}\n]{0,40})\}")


@dataclass(frozen=True)
class Offered:
    """A saved reply as it is offered beside a field: with all filled in that is known."""

    pk: int
    title: str
    words: str


def unknown(words: str) -> list[str]:
    """What stands in braces and is no variable, as it was written."""
    return [found[0] for found in _VARIABLE.finditer(words) if found[1] not in VARIABLES]


def left(words: str) -> list[str]:
    """The variables that nothing was put in place of, as they are written."""
    return list(dict.fromkeys(found[0] for found in _VARIABLE.finditer(words) if found[1] in VARIABLES))


def fill(words: str, values: Mapping[str, str]) -> str:
    """With the values of the variables. What has none stays, so that whoever sends it sees it."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], words)


def values(thing: Any, *, rule: str = "", until: str = "") -> dict[str, str]:
    """What the variables are in words about a post or a member. `rule` is the code of one, `until` a day in words."""
    is_post = isinstance(thing, Post)
    known = {
        "handle": _called(thing),
        "title": thing.question.title if is_post else "",
        "rule": str(house.REASONS[rule].text) if rule in house.REASONS and rule != house.OTHER.code else "",
        "until": until,
        "appeal": absolute(reverse("standing:decisions")),
        "site": SITE,
    }
    return {name: value for name, value in known.items() if value}


def offered(use: str, known: Mapping[str, str]) -> list[Offered]:
    """Those for one use, by title. What fits one rule only has that rule in it; `known` are the other values."""
    return [
        Offered(reply.pk, reply.title, fill(reply.words, known | _rule_of(reply)))
        for reply in SavedReply.objects.filter(is_active=True).order_by("title")
        if use in reply.uses
    ]


def put_in(typed: str, pk: str, replies: Collection[Offered]) -> str:
    """The words of the reply `pk` below what is typed already; without such a reply, what is typed."""
    words = next((reply.words for reply in replies if str(reply.pk) == pk), "")
    return typed if words in typed else "\n\n".join(filter(None, (typed, words)))


@transaction.atomic
def save(*, reply: SavedReply, moderator: User, said: Mapping[str, Any]) -> None:
    """Add or change a reply. Raises IntegrityError when another has its title."""
    for name in ("title", "words", "uses", "rule", "is_active"):
        setattr(reply, name, said[name])
    reply.changed_by, reply.changed_at = moderator, timezone.now()
    reply.save()


def _called(thing: Any) -> str:
    if not isinstance(thing, Post):
        return str(thing.handle)
    if thing.alias is not None:
        return str(thing.byline.name)
    return thing.author.handle if thing.author is not None else ""


def _rule_of(reply: SavedReply) -> dict[str, str]:
    rule = reply.house_rule
    return {"rule": str(rule.text)} if rule is not None and rule != house.OTHER else {}
