"""Somebody takes their name off what they wrote in a thread, later than when they wrote it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

import notifications.actions
from accounts.models import User
from forum.actions.posting import next_alias
from forum.actions.publishing import lock
from forum.models import Answer, Comment, Post, Question


def named_posts(user: User, question: Question) -> list[Post]:
    """What stands in a thread, in whatever state, under the name of `user` and can go without it.

    What a clinician answered as one is not among it: the name is what it stands on.
    """
    posts: list[Post] = [question] if question.author_id == user.pk and question.alias is None else []
    for model in (Answer, Comment):
        mine = model.objects.filter(question=question, author=user, alias=None).order_by("pk")
        posts += mine.exclude(basis=Answer.Basis.CLINICIAN) if model is Answer else mine
    return posts


@transaction.atomic
def take_name_off(*, user: User, question: Question) -> None:
    """Everything that `named_posts` has goes without the name, for ever. Doing it twice does nothing.

    Under a number of its own: that of something they wrote without their name from the start would tell, to those who
    remember the name, who wrote that.
    """
    lock(question)
    posts = named_posts(user, question)
    if not posts:
        return
    list(User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk"))
    alias = 1 if question.author_id == user.pk else next_alias(question.pk)
    helped = 0
    for post in posts:
        type(post)._default_manager.filter(pk=post.pk).update(alias=alias)
        if isinstance(post, Answer) and post.helped_at is not None and post.status == Post.Status.PUBLISHED:
            helped += 1
    # Whoever follows the person would learn from it whose this was.
    notifications.actions.withdraw(*((post.kind, post.pk) for post in posts), kind="followed")
    User.objects.filter(pk=user.pk).update(helped_count=F("helped_count") - helped)
