"""Somebody wants to hear of something, or no longer. Nobody is told of it, and nobody is counted."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import User
from articles.models import Article, Topic
from forum.following import kind_of
from forum.models import Follow, Question, Tag

Thing = Question | Topic | Tag | Article | User


@transaction.atomic
def follow(*, thing: Thing, member: User) -> None:
    """Tell `member` from now on what is new in `thing`. Doing it twice does nothing."""
    try:
        with transaction.atomic():
            Follow.objects.create(member=member, **{kind_of(type(thing)): thing})
    except IntegrityError:
        return  # Of two sent at once the constraint lets one in.


def unfollow(*, thing: Thing, member: User) -> None:
    Follow.objects.about(kind_of(type(thing)), thing.pk).filter(member=member).delete()
