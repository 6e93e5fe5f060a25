"""What moderators learn of an author: numbers, and where the author is nameless, steps too coarse to tell who it is."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from forum.models import Answer, Comment, Post, Question
from moderation.models import Decision


def known(post: Post) -> str:
    if post.author is None:
        return _("Their account was deleted.")
    return in_numbers(post.author) if post.alias is None else in_steps(post.author)


def in_numbers(author: User) -> str:
    """Of what has their name on it."""
    named = [posts.objects.filter(author=author, alias=None) for posts in (Question, Answer, Comment)]
    published, held = (
        named[0]
        .filter(status__in=states)
        .values("pk")
        .union(*(posts.filter(status__in=states).values("pk") for posts in named[1:]), all=True)
        .count()
        for states in ((Post.Status.PUBLISHED,), Post.HELD)
    )
    words = {
        "since": date_format(timezone.localtime(author.joined_at), "j F Y"),
        "published": published,
        "held": held,
        "against": _decided_against(author, alias=None),
    }
    return (
        _(
            "Member since %(since)s: %(published)d published, %(held)d waiting or sent back, "
            "%(against)d rejected or hidden."
        )
        % words
    )


def in_steps(author: User) -> str:
    return _("A member for %(time)s, %(published)s, %(against)s.") % {
        "time": _membership(timezone.now() - author.joined_at),
        "published": _published(author.published_count),
        "against": _against(_decided_against(author)),
    }


def _decided_against(author: User, **which: None) -> int:
    """How often something of theirs was rejected or hidden."""
    about = Q()
    for posts in (Question, Answer, Comment):
        about |= Q(target_kind=posts.kind, target_id__in=posts.objects.filter(author=author, **which).values("pk"))
    return Decision.objects.filter(about).against().standing().count()


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
