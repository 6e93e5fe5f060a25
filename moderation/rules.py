"""Who may decide what. Pure functions: no queries."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused
from moderation.models import ReviewItem

Person = User | AnonymousUser


def may_review(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_moderator):
        return refused(_("This page is for the moderators."))
    return ALLOWED


def may_decide(user: Person, item: ReviewItem) -> Ruling:
    """Moderators, but not on their own thread, nor on what another one has just taken up."""
    if not (allowed := may_review(user)):
        return allowed
    thing = item.thing
    if user.pk in (getattr(thing, "author_id", thing.pk), thread_owner(item)):
        return refused(_("This is your own thread; another moderator decides it."))
    if is_claimed_by_another(user, item):
        return refused(_("Another moderator is reading this now. You can decide it when they have passed it on."))
    return ALLOWED


def is_claimed_by_another(user: Person, item: ReviewItem) -> bool:
    is_held = item.claimed_until is not None and item.claimed_until > timezone.now()
    return is_held and item.claimed_by_id not in (None, user.pk)


def thread_owner(item: ReviewItem) -> int | None:
    """The asker of the thread that the item is in."""
    question = getattr(item.thing, "question", None)
    return question.author_id if question is not None else None
