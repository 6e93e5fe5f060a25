"""Letters between the moderators and one member: written, answered and closed; each is told, and no mail quotes any.

Which moderator wrote what is in the log, and known to the other moderators alone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from itertools import groupby
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import notifications.actions
from accounts.models import User
from core import pagination
from core.rulings import Ruling, require
from forum.actions.publishing import lock
from forum.models import Answer, Comment, Post, Question
from forum.models.targets import key_of
from moderation import distress, duty, rules, statements, support
from moderation.actions import Overtaken
from moderation.models import Decision, Letter, LetterMessage
from moderation.models.letters import LetterQuerySet
from moderation.threads import log
from notifications.subjects import Subject

Code = Decision.Code
# What is told of a letter is about this, see moderation.apps.
SUBJECT = "letter"
SHOWN = 30
# Beside a post in the queue.
BESIDE = 5
# Of their own posts, from which somebody chooses what to ask about.
POSTS_OFFERED = 12


# What the moderators do


@transaction.atomic
def write(*, post: Post, moderator: User, text: str, submission_key: uuid.UUID) -> Letter:
    """Open a letter to the author of `post`. Sent twice, it is one. Raises Overtaken while one about it is open."""
    # Of two who begin at once, the second finds the letter of the first.
    lock(post)
    if (twin := sent(submission_key)) is not None:
        return twin
    if Letter.objects.about(post).open().exists():
        raise Overtaken
    letter = _open(post, post.author)
    _from_moderators(letter, moderator, text, submission_key)
    return letter


@transaction.atomic
def answer(*, letter: Letter, moderator: User, text: str, last_read: int, submission_key: uuid.UUID) -> None:
    """Write in an open letter. Sent twice, it is one. Raises Overtaken where something was written after `last_read`,
    and where the letter is closed."""
    letter = _locked(letter)
    if sent(submission_key) is not None:
        return
    if not letter.is_open or letter.messages.filter(pk__gt=last_read).exists():
        raise Overtaken
    _from_moderators(letter, moderator, text, submission_key)


@transaction.atomic
def close(*, letter: Letter, moderator: User) -> None:
    """Nobody writes in it any more. Doing it twice does it once."""
    letter = _locked(letter)
    if not letter.is_open:
        return
    letter.ends_at = timezone.now()
    _is_read(letter)
    log(letter.thing, Code.ENDED, moderator)


# What the member does


def ask(*, author: User, thing: Post | User, text: str, submission_key: uuid.UUID) -> Letter:
    """Open a letter to the moderators about a post of one's own, or as `thing` oneself, about something else. Sent
    twice, it is one. Raises Refused while too many of theirs are open."""
    is_urgent = _is_urgent(text)
    with transaction.atomic():
        # Of several that somebody opens at once, each is counted by the next.
        User.objects.select_for_update(no_key=True).get(pk=author.pk)
        if (twin := sent(submission_key)) is not None:
            return twin
        require(may_ask(author))
        letter = _open(thing, author)
        _from_author(letter, text, submission_key, is_urgent=is_urgent)
    return letter


def reply(*, letter: Letter, text: str, submission_key: uuid.UUID) -> None:
    """Its author writes in it. Sent twice, it is one. Raises Overtaken where it is closed."""
    is_urgent = _is_urgent(text)
    with transaction.atomic():
        letter = _locked(letter)
        if sent(submission_key) is not None:
            return
        if not letter.is_open:
            raise Overtaken
        _from_author(letter, text, submission_key, is_urgent=is_urgent)


# What is shown of them


def waiting(moderator: User, *, after: str = "") -> pagination.Page:
    """A page of those that wait for this moderator and are not urgent, oldest first."""
    by = "waiting_since"
    letters = Letter.objects.waiting().filter(is_urgent=False).not_of(moderator).with_thing()
    rows = list(pagination.beside(letters, before=after, by=by).order_by(by, "pk")[: SHOWN + 1])
    more = pagination.cursor(rows[SHOWN - 1], by) if len(rows) > SHOWN else ""
    return pagination.Page(rows[:SHOWN], more, is_first=not after)


def wait_for(moderator: User) -> bool:
    """Whether any do."""
    return bool(Letter.objects.waiting().not_of(moderator).exists())


def urgent(moderator: User) -> list[Letter]:
    """Those that wait and tell of somebody in danger, oldest first."""
    letters = Letter.objects.waiting().filter(is_urgent=True).not_of(moderator).with_thing()
    return list(letters.order_by("waiting_since", "pk")[:SHOWN])


def beside(thing: Any) -> list[tuple[Letter, list[LetterMessage]]]:
    """The newest about a post or a member, each with what was written."""
    newest = Letter.objects.about(thing).order_by("-pk").values("pk")[:BESIDE]
    written = LetterMessage.objects.filter(letter__in=newest).select_related("letter", "writer")
    by_letter = groupby(written.order_by("-letter", "pk"), key=lambda message: message.letter)
    return [(letter, list(messages)) for letter, messages in by_letter]


def open_of(author: User) -> LetterQuerySet:
    """Those in which they can write."""
    return Letter.objects.filter(author=author).open().order_by("-pk")


def may_ask(author: User) -> Ruling:
    return rules.may_ask_moderators(open_count=open_of(author)[: rules.LETTERS_AT_ONCE].count())


def posts_of(author: User) -> list[Post]:
    """Their newest that they can open, also without their name."""
    found = [
        post
        for posts in (Question, Answer, Comment)
        for post in posts.objects.visible_to(author)
        .filter(author=author)
        .exclude(status=Post.Status.REMOVED)
        .for_page()
        .order_by("-created_at", "-pk")[:POSTS_OFFERED]
    ]
    return sorted(found, key=lambda post: post.created_at, reverse=True)[:POSTS_OFFERED]


def named_of(author: User, name: str) -> list[Post]:
    """The post of a name such as "answer-12", if it is theirs and they can open it."""
    return [
        post
        for post in statements.posts_named([name])
        if type(post).objects.visible_to(author).filter(pk=post.pk, author=author).exists()
    ]


def find(ids: Collection[int], user: User) -> dict[int, Subject]:
    """What a notification about a letter leads its author to, and a moderator while it is urgent."""
    found = {}
    if user.is_moderator and user.is_active:
        for letter in Letter.objects.waiting().filter(pk__in=ids, is_urgent=True).not_of(user):
            found[letter.pk] = Subject(_("A letter to the moderators"), reverse("review:letter", args=[letter.pk]))
    for letter in Letter.objects.filter(pk__in=ids, author=user).with_thing():
        path = reverse("standing:letter", args=[letter.pk])
        found[letter.pk] = Subject(_("A letter"), path, is_kept_off_mail=_keeps_off_mail(letter))
    return found


def _keeps_off_mail(letter: Letter) -> Callable[[], bool]:
    """Somebody else may read the mail of whoever tells that they are hurt."""

    def is_kept_off_mail() -> bool:
        post = letter.post
        texts = [post.body, post.question.title if isinstance(post, Question) else ""] if post else []
        texts += letter.messages.values_list("text", flat=True)
        return any(support.is_kept_off_mail(text) for text in texts)

    return is_kept_off_mail


# Parts of the above


def _open(thing: Post | User, author: User | None) -> Letter:
    now = timezone.now()
    about = {key_of(thing): thing}
    letter: Letter = Letter.objects.create(**about, author=author, opened_at=now, ends_at=now + Letter.OPEN_FOR)
    return letter


def _locked(letter: Letter) -> Letter:
    """As it stands now; whoever else writes in it comes later."""
    Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    now: Letter = Letter.objects.with_thing().get(pk=letter.pk)
    return now


def sent(submission_key: uuid.UUID) -> Letter | None:
    """The letter that the form with this key went into; None if it was not sent before."""
    return Letter.objects.filter(messages__submission_key=submission_key).first()


def _from_moderators(letter: Letter, moderator: User, text: str, submission_key: uuid.UUID) -> None:
    letter.messages.create(is_from_moderators=True, writer=moderator, text=text, submission_key=submission_key)
    _is_read(letter)
    log(letter.thing, Code.WROTE, moderator)
    notifications.actions.notify([letter.author_id], kind="letter", subject=(SUBJECT, letter.pk))


def _from_author(letter: Letter, text: str, submission_key: uuid.UUID, *, is_urgent: bool) -> None:
    letter.messages.create(
        is_from_moderators=False, writer_id=letter.author_id, text=text, submission_key=submission_key
    )
    letter.waiting_since = letter.waiting_since or timezone.now()
    letter.is_urgent = letter.is_urgent or is_urgent
    letter.save(update_fields=["waiting_since", "is_urgent"])
    if is_urgent:
        _alert(letter)


def _is_read(letter: Letter) -> None:
    letter.waiting_since, letter.is_urgent = None, False
    letter.save(update_fields=["waiting_since", "is_urgent", "ends_at"])
    notifications.actions.withdraw((SUBJECT, letter.pk), kind="urgent")


def _is_urgent(text: str) -> bool:
    return bool(distress.kinds_in(text))


def _alert(letter: Letter) -> None:
    """Those on duty, or all moderators while nobody is."""
    moderators = User.objects.filter(is_moderator=True, is_active=True)
    on_duty = list(duty.duty().on)
    may = [
        person.pk
        for person in (moderators.filter(pk__in=on_duty) if on_duty else moderators)
        if Letter.objects.not_of(person).filter(pk=letter.pk).exists()
    ]
    notifications.actions.notify(may, kind="urgent", subject=(SUBJECT, letter.pk), at_once=True)
