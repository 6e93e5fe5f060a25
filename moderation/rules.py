"""Who may report and who may decide what. Pure functions: no queries."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused
from forum.models import Post
from moderation.models import ReviewItem

Person = User | AnonymousUser

APPROVE, EDIT, CHANGES, REJECT, KEEP, HIDE = DECISIONS = ("approve", "edit", "changes", "reject", "keep", "hide")
# What a moderator may put in place of words: "[phone number]", "…", "***", "███".
MASK = re.compile(r"\[[^\[\]\n]{1,40}\]|…|\*{3,}|█+")


def may_report(user: Person, thing: Any) -> Ruling:
    if isinstance(thing, User):
        if thing.pk == user.pk:
            return refused(_("This is you. If something is wrong with your account, please write to us."))
        return ALLOWED
    if user.is_authenticated and thing.author_id == user.pk:
        return refused(_("You wrote this yourself. You can change it, or take it back while it waits."))
    if thing.status != Post.Status.PUBLISHED:
        return refused(_("This is not published, so there is nothing to report."))
    return ALLOWED


def may_review(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_moderator):
        return refused(_("This page is for the moderators."))
    return ALLOWED


def may_open(user: Person, item: ReviewItem) -> Ruling:
    """Moderators, but nothing about themselves, their posts and their threads."""
    if not (allowed := may_review(user)):
        return allowed
    if user.pk in people_of(item):
        return refused(_("This is about you or in your own thread, so another moderator decides it."))
    return ALLOWED


def people_of(item: ReviewItem) -> set[int | None]:
    """Whose item it is: the author, the asker of the thread, and whose answer was commented on; or the member."""
    thing = item.thing
    if not isinstance(thing, Post):
        return {thing.pk}
    answer = item.comment.answer if item.comment else None
    return {thing.author_id, thing.question.author_id, answer.author_id if answer else None} - {None}


def is_claimed_by_another(user: Person, item: ReviewItem) -> bool:
    is_claimed = item.claimed_until is not None and item.claimed_until > timezone.now()
    return is_claimed and item.claimed_by_id not in (None, user.pk)


def is_claimed_by(user: Person, item: ReviewItem) -> bool:
    is_claimed = item.claimed_until is not None and item.claimed_until > timezone.now()
    return is_claimed and item.claimed_by_id == user.pk


def decisions_on(item: ReviewItem) -> tuple[str, ...]:
    """Which decisions make sense: on a waiting text, and on what was reported."""
    if not item.is_open:
        return ()
    on_text = (APPROVE, EDIT, CHANGES, REJECT)
    status = getattr(item.thing, "status", None)
    if status == Post.Status.PENDING:
        return on_text
    if status == Post.Status.PUBLISHED:
        return (*on_text, HIDE) if item.held_for else (KEEP, HIDE)
    return (KEEP,)


def may_become(old: str, new: str) -> Ruling:
    """Moderators put no words into anybody's mouth: they take words out of a text, or put a mask in their place."""
    rest = iter("".join(old.split()))
    if all(letter in rest for letter in "".join(MASK.sub("", new).split())):
        return ALLOWED
    return refused(
        _(
            "Here you can only take words out, or put a mask such as […] or [name] in their place. "
            "For anything else, ask the author for changes."
        )
    )
