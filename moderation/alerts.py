"""Urgent items that nobody has taken up: those on duty are told at once, then everybody, then the author."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import notifications.actions
from accounts.models import User
from forum.models import Post
from moderation import care, duty, rules
from moderation.models import URGENT, Alert, ReviewItem
from notifications.subjects import Subject

# What is told of it is about this, see moderation.apps.
SUBJECT = "review_item"
# How long an item has waited when each step is due.
STEPS = {
    Alert.Told.ON_DUTY: timedelta(0),
    Alert.Told.EVERYBODY: timedelta(minutes=15),
    Alert.Told.AUTHOR: timedelta(minutes=60),
}
AT_ONCE = 50


def alert_moderators() -> int:
    """Take the steps that are due, each once however many workers there are. Returns how many were."""
    now = timezone.now()
    return _begin(now) + sum(_go_on(alert, step) for alert, step in _due(now)) + _end(now)


def whom(item: ReviewItem, step: Alert.Told, *, among: Q | None = None) -> set[int]:
    """The moderators who are told of an urgent item at this step, never of their own.

    At once those on duty; where none of them is there, everybody. Who asked to be spared what it is about, or takes a
    break, counts as not there: they are told only where nobody else could be, and after the first step, when they are
    on duty and nobody else is.
    """
    moderators = User.objects.filter(among or Q(), is_moderator=True, is_active=True)
    may = {person.pk for person in moderators if ReviewItem.objects.filter(pk=item.pk).not_of(person).exists()}
    on_duty = may & set(duty.duty().on)
    called = may - care.not_called(item)
    there = called & on_duty
    if step == Alert.Told.ON_DUTY:
        return there or called or may
    return (called if there else called | on_duty) or may


def tell_seniors(item: ReviewItem) -> None:
    """An urgent item was left to the senior moderators: those on duty are told at once, else all of them."""
    _tell_moderators(item, whom(item, Alert.Told.ON_DUTY, among=rules.ARE_SENIOR))


def find(ids: Collection[int], user: User) -> dict[int, Subject]:
    """The items that this moderator may still take up; a decided or claimed one alerts nobody."""
    if not (user.is_active and user.is_moderator):
        return {}
    items = ReviewItem.objects.filter(_urgent(timezone.now()), pk__in=ids).not_of(user)
    return {
        pk: Subject(_("Review queue"), reverse("review:item", args=[pk])) for pk in items.values_list("pk", flat=True)
    }


def _urgent(now: datetime) -> Q:
    """Open, grave, and with nobody who has taken it up."""
    is_free = Q(claimed_by=None) | Q(claimed_until__lte=now)
    return Q(state=ReviewItem.State.OPEN, harm__gte=URGENT) & is_free


def _begin(now: datetime) -> int:
    new = ReviewItem.objects.filter(_urgent(now), alert=None)[:AT_ONCE]
    return len(Alert.objects.bulk_create([Alert(item=item, since=now) for item in new], ignore_conflicts=True))


def _due(now: datetime) -> list[tuple[Alert, Alert.Told]]:
    """Of what began, the furthest step that is due; those before it that were missed are not made up for."""
    free = Alert.objects.filter(item__in=ReviewItem.objects.filter(_urgent(now)))
    due: list[tuple[Alert, Alert.Told]] = []
    for step, wait in reversed(STEPS.items()):
        found = free.filter(told__lt=step, since__lte=now - wait).exclude(pk__in=[alert.pk for alert, _step in due])
        due += [(alert, step) for alert in found.select_related("item").order_by("since")[:AT_ONCE]]
    return due


@transaction.atomic
def _go_on(alert: Alert, step: Alert.Told) -> int:
    if not Alert.objects.filter(pk=alert.pk, told=alert.told).update(told=step):
        return 0
    _tell_moderators(alert.item, whom(alert.item, step))
    if step == Alert.Told.AUTHOR:
        _tell_author(alert.item)
    return 1


def _tell_moderators(item: ReviewItem, people: Collection[int]) -> None:
    notifications.actions.notify(people, kind="urgent", subject=(SUBJECT, item.pk), at_once=True)


def _tell_author(item: ReviewItem) -> None:
    """That nobody has read it yet, and where to turn; not where only reports are to be read."""
    post = item.thing
    if isinstance(post, Post) and item.held_for:
        notifications.actions.notify([post.author_id], kind="unread", subject=(post.kind, post.pk), at_once=True)


def _end(now: datetime) -> int:
    """Once it is decided, nobody is to look for it any more."""
    decided = Alert.objects.filter(ended_at=None, item__state=ReviewItem.State.CLOSED).select_related("item")
    ended = 0
    for alert in decided[:AT_ONCE]:
        with transaction.atomic():
            if Alert.objects.filter(pk=alert.pk, ended_at=None).update(ended_at=now):
                notifications.actions.withdraw((SUBJECT, alert.item_id))
                thing = alert.item.thing
                if isinstance(thing, Post):
                    notifications.actions.withdraw((thing.kind, thing.pk), kind="unread")
                ended += 1
    return ended
