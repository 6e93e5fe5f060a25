"""What can be followed and by which address, what somebody follows, and whether that is still there for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.models import Distance, User
from articles.models import Article, Topic
from core.pagination import Page, keyset
from forum.models import Follow, Post, Question, Tag

Person = User | AnonymousUser


@dataclass(frozen=True)
class Kind:
    """How things of one kind are found: by which column of their address, among what a person may open."""

    label: Any
    model: type[Model]
    key: str
    open_to: Callable[[Person], QuerySet[Any]]


KINDS = {
    "question": Kind(
        _("Questions"),
        Question,
        "pk",
        lambda user: Question.objects.visible_to(user).exclude(status=Post.Status.REMOVED),
    ),
    "topic": Kind(_("Topics"), Topic, "slug", lambda user: Topic.objects.all()),
    "tag": Kind(_("Tags"), Tag, "slug", lambda user: Tag.objects.shown_to(user)),
    "article": Kind(_("Articles"), Article, "slug", lambda user: Article.objects.published().select_related("live")),
    "person": Kind(_("Members"), User, "handle", lambda user: User.objects.filter(is_active=True)),
}


@dataclass(frozen=True)
class Followed:
    """A line of the list of what somebody follows; `title` and `url` are empty when it is no longer shown to them."""

    pk: int
    kind: str
    title: str
    url: str
    since: Any


def find(kind: str, key: str | int, user: Person) -> Any:
    """The thing with this address, with `is_followed`; a 404 if there is none that `user` may open."""
    what = KINDS[kind]
    things = with_follow(what.open_to(user), user)
    thing = things.at(str(key)) if kind in ("topic", "article") else things.filter(**{what.key: key}).first()
    if thing is None:
        raise Http404
    return thing


def with_follow(things: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """With `is_followed`, for a member; people also with `keeps_off`: whether they have blocked them."""
    if not user.is_authenticated:
        return things
    if things.model is User:
        blocks = Distance.objects.blocks().filter(member=OuterRef("pk"), other=user)
        things = things.annotate(keeps_off=Exists(blocks))
    mine = Follow.objects.filter(member=user, **{kind_of(things.model): OuterRef("pk")})
    return things.annotate(is_followed=Exists(mine))


def with_distance(people: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """With `kept`, how a `user` who is a member keeps each at a distance: a kind of `Distance`, or None."""
    if not user.is_authenticated:
        return people
    mine = Distance.objects.filter(member=user, other=OuterRef("pk"))
    return people.annotate(kept=Subquery(mine.values("kind")))


def kind_of(model: type[Model]) -> str:
    return next(kind for kind, what in KINDS.items() if what.model is model)


def title_of(thing: Any) -> str:
    if isinstance(thing, Article):
        return thing.live.title if thing.live else ""
    return str(thing.name if isinstance(thing, User) else thing)


def followed(user: User, *, kind: str = "", after: str = "", before: str = "", size: int) -> Page:
    """What somebody follows, the latest first; of one kind, if one is given."""
    mine = user.follows.exclude(**{kind: None}) if kind else user.follows.all()
    found = keyset(_with_things(mine, user), after=after, before=before, by="created_at", size=size)
    return Page(lines(found.items), found.next_cursor, found.is_first, found.previous_cursor)


def everything(user: User) -> list[Followed]:
    return lines(_with_things(user.follows.all(), user).order_by("pk"))


def lines(follows: Iterable[Follow]) -> list[Followed]:
    return [_line(follow) for follow in follows]


def _with_things(follows: QuerySet[Follow], user: User) -> QuerySet[Follow]:
    in_use = Tag.objects.shown_to(user).filter(pk=OuterRef("tag"))
    fields = {
        "question": ("title", "slug", "shown_to_members"),
        "topic": ("name", "slug"),
        "tag": ("name", "slug"),
        "article": ("slug", "state", "live__title"),
        "person": ("handle", "display_name", "is_active"),
    }
    named = [f"{thing}__{name}" for thing, names in fields.items() for name in names]
    return (
        follows.select_related("question", "topic", "tag", "article__live", "person")
        .only("member", "created_at", *named)
        .annotate(tag_is_shown=Exists(in_use))
    )


def _line(follow: Any) -> Followed:
    thing = follow.thing
    is_shown = {
        "question": lambda: thing.shown_to_members,
        "topic": lambda: True,
        "tag": lambda: follow.tag_is_shown,
        "article": lambda: thing.state == Article.State.PUBLISHED,
        "person": lambda: thing.is_active,
    }[follow.kind]()
    title, url = (title_of(thing), thing.get_absolute_url()) if is_shown else ("", "")
    return Followed(follow.pk, follow.kind, title, url, follow.created_at)
