"""Two threads become one: everything of the one moves into the other, and its addresses lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import models, transaction
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

import notifications.actions
from core.rulings import Refused, require
from forum import documents, rules, tags
from forum.actions.closing import OPEN, end_of_chain, lock_threads
from forum.actions.counting import count_again
from forum.actions.editing import ChangedMeanwhile
from forum.actions.tagging import copy_to_tags, retag, tag
from forum.actions.visibility import reveal
from forum.models import Answer, Comment, Edit, Follow, Post, Prompt, Question, SameQuestion, Saved, Visit

# What would be a mark-up and not a sign of the title.
_MARKUP = re.compile(r"([\\`*_\[\]<>~|&])")
NOWHERE: dict[str, Any] = OPEN | {"pinned_until": None, "ask_later_at": None, "solved_at": None}


@transaction.atomic
def merge(*, source: Question, into: Question, as_seen: str) -> None:
    """Join `source` into `into`, or into what that one leads to.

    Raises ChangedMeanwhile, and Refused where words would become easier to find, wait for a decision, or are locked.
    """
    into = end_of_chain(Question.objects.get(pk=into.pk))
    lock_threads(source, into)
    for question in (source, into):
        question.refresh_from_db()
    if source.standing != as_seen or end_of_chain(into) != into:
        raise ChangedMeanwhile
    require(rules.may_merge(source, into))
    if Edit.objects.filter(question=source, state=Edit.State.HELD).exists():
        raise Refused(_("A change to this question waits for a moderator. Please decide that first."))
    numbers = _numbers(source, into)
    _move_posts(source, into, numbers)
    _keep_text(source, into, numbers)
    _move_marks(source, into)
    _unite_tags(source, into)
    _lead_on(source, into)
    reveal(into)
    count_again(source, into)
    for question in (source, into):
        copy_to_tags(question.pk)
        documents.index(question)
    notifications.actions.notify([source.author_id], kind="merged", subject=("question", into.pk))


def _move_posts(source: Question, into: Question, numbers: dict[int, int]) -> None:
    alias = Case(
        *(When(alias=before, then=Value(now)) for before, now in numbers.items()),
        default=None,
        output_field=models.PositiveSmallIntegerField(),
    )
    Answer.objects.filter(question=source).update(question=into, alias=alias)
    # How it went is told by who asked, and of this question that is another person.
    Comment.objects.filter(question=source).update(question=into, alias=alias, is_outcome=False)


def _keep_text(source: Question, into: Question, numbers: dict[int, int]) -> None:
    """What was asked is a comment of the same person now, as old as it is, with its history."""
    kept = Comment(
        author=source.author,
        alias=source.alias and numbers[source.alias],
        question=into,
        body=_as_comment(source.title, source.body),
        status=Post.Status.PUBLISHED,
        created_at=source.created_at,
        published_at=source.published_at,
        edited_at=source.edited_at,
    )
    kept.render()
    kept.save()
    for text in Edit.objects.filter(question=source):
        if text.state == Edit.State.LIVE:
            # What the source said last stays with it too: it is what its row holds.
            text.pk = None
        if text.state != Edit.State.REDACTED:
            text.body = _as_comment(text.title, text.body)
        text.question, text.comment, text.title, text.tags = None, kept, "", ""
        text.save()


def _as_comment(title: str, body: str) -> str:
    title = _MARKUP.sub(r"\\\1", title)
    return f"**{title}**\n\n{body}".strip()


def _move_marks(source: Question, into: Question) -> None:
    """One of each for a member, and none on their own question."""
    SameQuestion.objects.filter(question=source, member=into.author_id).delete()
    # Who looked at both has seen all that was there when they last looked at either.
    before = Visit.objects.filter(question=source, member=OuterRef("member")).values("seen_at")[:1]
    Visit.objects.filter(question=into, seen_at__gt=Subquery(before)).delete()
    for mark in (SameQuestion, Saved, Follow, Visit):
        marks: Any = mark.objects
        moved = list(marks.filter(question=source))
        marks.filter(question=source).delete()
        for one in moved:
            one.pk, one.question = None, into
        # Somebody may be making the same mark just now.
        marks.bulk_create(moved, ignore_conflicts=True)
    there = Prompt.objects.filter(question=into).values("article")
    Prompt.objects.filter(question=source).exclude(article__in=list(there.values_list("article", flat=True))).update(
        question=into
    )


def _unite_tags(source: Question, into: Question) -> None:
    """Those of `into` first, as far as there is room."""
    own, others = ([one.name for one in question.tags.all()] for question in (into, source))
    tag(source.pk, [])
    if others := [name for name in others if name not in own]:
        retag(question=into, names=[*own, *others][: tags.MOST])


def _lead_on(source: Question, into: Question) -> None:
    """Nothing of `source` is left to be shown; what led to it leads on."""
    Question.objects.filter(duplicate_of=source).update(duplicate_of=into)
    Question.objects.filter(merged_into=source).update(merged_into=into)
    gone = {"status": Post.Status.REMOVED, "removed_by": Post.Remover.MODERATORS, "removed_at": timezone.now()}
    hidden = {"shown_to_members": False, "shown_to_all": False}
    Question.objects.filter(pk=source.pk).update(**NOWHERE, **gone, **hidden, merged_into=into)
    solved = [at for at in (source.solved_at, into.solved_at) if at is not None]
    Question.objects.filter(pk=into.pk).update(
        active_at=max(source.active_at, into.active_at), solved_at=min(solved, default=None)
    )
    for question in (source, into):
        question.refresh_from_db()


def _numbers(source: Question, into: Question) -> dict[int, int]:
    """The number in `into` of each who is without their name in `source`.

    Who is so in both has one; who is there under their name gets one that tells nothing of it. Who has two, having
    taken their name off later, keeps them apart.
    """
    there: dict[int, int] = {}
    highest = 1
    for member, alias in _nameless(into):
        highest = max(highest, alias)
        if member is not None:
            there.setdefault(member, alias)
    owners: dict[int, int | None] = {}
    for member, alias in _nameless(source):
        owners[alias] = owners.get(alias) or member
    numbers: dict[int, int] = {}
    for alias, owner in sorted(owners.items()):
        if owner in there:
            numbers[alias] = there.pop(owner)
        else:
            highest += 1
            numbers[alias] = highest
    return numbers


def _nameless(question: Question) -> Iterator[tuple[int | None, int]]:
    """Who is in a thread without their name, and under which number: the person who asked first."""
    if question.alias is not None:
        yield question.author_id, question.alias
    threads = (posts.objects.filter(question=question).exclude(alias=None) for posts in (Answer, Comment))
    yield from sorted(
        chain.from_iterable(posts.values_list("author_id", "alias") for posts in threads), key=lambda one: one[1]
    )
