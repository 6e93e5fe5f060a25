"""Followers are told of a new question or answer, or of an article. The worker does it, however many they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

import notifications.actions
from accounts.models import Distance, User
from forum import documents
from forum.models import Answer, Follow, Post, Prompt, Question, Telling
from notifications.kinds import Kind
from notifications.models import Notification

AT_ONCE = 100
# Longer than telling a hundred takes; twice as long after each time in vain.
RESTS = timedelta(minutes=1)
LONGEST = 8


def tell_later(post: Post) -> None:
    """Leave it to the worker to tell those who follow something that `post` is new in."""
    if isinstance(post, Question):
        Telling.objects.get_or_create(question=post)
    elif isinstance(post, Answer) and post.counts:
        Telling.objects.get_or_create(answer=post)


def tell_nobody(post: Post) -> None:
    """Who has not been told of it by now is not."""
    Telling.objects.about(post).delete()


def take_up(telling: Telling) -> bool:
    """Whether it is ours now: of several who try, one gets it."""
    rest = RESTS * 2 ** min(telling.attempts, LONGEST)
    mine = Telling.objects.due().filter(pk=telling.pk)
    return bool(mine.update(next_at=timezone.now() + rest, attempts=F("attempts") + 1))


@transaction.atomic
def tell_some(*, telling: Telling) -> None:
    """Tell the next followers. All of them and the note of it, or nothing: done again after a crash, nobody is told
    twice."""
    # The thread first: it is not taken down meanwhile.
    Question.objects.select_for_update(no_key=True).get(pk=telling.thing.question_id)
    now = Telling.objects.select_for_update().filter(pk=telling.pk).first()
    if now is None:
        return
    people = _tell_of_article(now, now.prompt) if now.prompt else _tell_of_post(now)
    if len(people) < AT_ONCE:
        now.delete()
    else:
        Telling.objects.filter(pk=now.pk).update(told_up_to=people[-1], next_at=timezone.now(), attempts=0)


def _tell_of_post(telling: Telling) -> list[int]:
    post = telling.thing
    people = followers(post, after=telling.told_up_to) if post.shown_to_members else []
    notifications.actions.notify(
        set(people) - _told_before(post, people),
        kind=Kind.FOLLOWED,
        subject=(post.kind, post.pk),
        actor_id=post.author_id,
        is_nameless=post.alias is not None,
    )
    return people


def _tell_of_article(telling: Telling, prompt: Prompt) -> list[int]:
    """First whoever asked, and the question is listed under the article; then those who follow the question."""
    question, subject = prompt.question, ("prompt", prompt.pk)
    if not question.shown_to_members:
        return []
    if not telling.told_up_to:
        documents.index(question)
        notifications.actions.notify([question.author_id], kind=Kind.WRITTEN, subject=subject)
    follows = Follow.objects.about("question", question.pk).filter(member__gt=telling.told_up_to)
    people = list(follows.order_by("member").values_list("member", flat=True)[:AT_ONCE])
    notifications.actions.notify(set(people) - {question.author_id}, kind=Kind.FOLLOWED, subject=subject)
    return people


def followers(post: Question | Answer, *, after: int, size: int = AT_ONCE) -> list[int]:
    """The ids of the next members, in order, who follow anything that this post is new in; each once."""
    found: set[int] = set()
    for follows in _reasons(post):
        found.update(follows.filter(member__gt=after).order_by("member").values_list("member", flat=True)[:size])
    return sorted(found)[:size]


def _reasons(post: Question | Answer) -> Iterator[QuerySet[Follow]]:
    """What it is new in, each with those who follow it. Who wrote without their name is followed by nobody."""
    if isinstance(post, Question):
        topic = post.topic
        yield from (Follow.objects.about("topic", pk) for pk in (topic.pk, topic.parent_id) if pk is not None)
        yield from (Follow.objects.about("tag", pk) for pk in post.taggings.values_list("tag", flat=True))
        if post.article_id is not None:
            yield Follow.objects.about("article", post.article_id)
    else:
        yield Follow.objects.about("question", post.question_id)
    author = post.author
    if author is not None and post.alias is None and _lists(author, post):
        blocked = Distance.objects.filter(member=author, kind=Distance.Kind.BLOCK).values("other")
        yield Follow.objects.about("person", author.pk).exclude(member__in=blocked)


def _lists(author: User, post: Question | Answer) -> bool:
    """Whether they show on their page what they wrote of this kind."""
    return author.shows_questions if isinstance(post, Question) else author.shows_answers


def _told_before(post: Question | Answer, people: list[int]) -> set[int]:
    """Who hears of it in another way, and who has read that it is new: before it was hidden, and shown again."""
    others = {user.pk for user in post.mentioned(post.body).values()}
    if isinstance(post, Answer) and post.question.author_id is not None:
        others.add(post.question.author_id)
    told = Notification.objects.filter(recipient__in=people, kind=Kind.FOLLOWED, read_at__isnull=False)
    return others | set(told.filter(subject_kind=post.kind, subject_id=post.pk).values_list("recipient", flat=True))
