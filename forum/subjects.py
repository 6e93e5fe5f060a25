"""What a notification about a post leads to, as its reader may open it now."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from accounts.models import User
from forum.models import Answer, Comment, Post, Question
from notifications.subjects import Subject


def finder(
    model: type[Question] | type[Answer] | type[Comment],
) -> Callable[[Collection[int], User], dict[int, Subject]]:
    """Looks up posts of one kind: those of `ids` that are on a page this person may open."""

    def find(ids: Collection[int], user: User) -> dict[int, Subject]:
        posts: Any = model.objects.visible_to(user).exclude(status=Post.Status.REMOVED).filter(pk__in=ids)
        if model is not Question:
            pages = Question.objects.visible_to(user).exclude(status=Post.Status.REMOVED)
            posts = posts.filter(question__in=pages).select_related("question")
        return {post.pk: Subject(post.question.title, post.get_absolute_url()) for post in posts}

    return find
