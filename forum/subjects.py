"""What a notification about a post leads to, as its reader may open it now."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import User
from articles.models import Article
from core import support
from forum.models import Answer, Comment, Post, Prompt, Question
from notifications.subjects import Subject

# What the one question how it went is about: not the thread, but the form on which its asker answers.
OUTCOME = "outcome"
# That there is an article about a question.
PROMPT = "prompt"


def finder(
    model: type[Question] | type[Answer] | type[Comment],
) -> Callable[[Collection[int], User], dict[int, Subject]]:
    """Looks up posts of one kind: those of `ids` that are on a page this person may open."""

    def find(ids: Collection[int], user: User) -> dict[int, Subject]:
        posts: Any = model.objects.visible_to(user).exclude(status=Post.Status.REMOVED)
        if model is Question:
            return _questions(posts, ids, user)
        pages = Question.objects.visible_to(user).exclude(status=Post.Status.REMOVED)
        posts = posts.filter(pk__in=ids, question__in=pages).select_related("question__topic")
        return {post.pk: _subject(post, user) for post in posts}

    return find


def _questions(questions: Any, ids: Collection[int], user: User) -> dict[int, Subject]:
    """One that was joined with another leads to that one."""
    now = Question.objects.filter(pk__in=ids).values(pk_now=Coalesce("merged_into", "pk"))
    found = questions.filter(pk__in=now).select_related("topic").annotate(before=F("merged"))
    return {pk: _subject(question, user) for question in found for pk in (question.pk, question.before) if pk in ids}


def _subject(post: Post, user: User) -> Subject:
    mine = [one for one in {post, post.question} if one.author_id == user.pk]
    is_collapsed = getattr(post, "collapsed_at", None) is not None and post.author_id != user.pk
    return Subject(
        post.question.title,
        post.get_absolute_url(),
        thread=("question", post.question_id),
        topic=post.question.topic.name,
        # Somebody else may read the mail of whoever tells that they are hurt.
        is_kept_off_mail=lambda: is_collapsed or any(support.desk().is_kept_off_mail(_words(one)) for one in mine),
    )


def find_outcomes(ids: Collection[int], user: User) -> dict[int, Subject]:
    """Leads whoever asked to the form on which they tell how it went."""
    mine = Question.objects.filter(pk__in=ids, author=user, status=Post.Status.PUBLISHED).select_related("topic")
    return {
        question.pk: replace(_subject(question, user), url=reverse("forum:outcome", args=[question.pk]))
        for question in mine
    }


def find_prompts(ids: Collection[int], user: User) -> dict[int, Subject]:
    """Leads to the article, who may still open the question."""
    questions = Question.objects.visible_to(user).filter(shown_to_members=True)
    prompts = Prompt.objects.filter(pk__in=ids, question__in=questions, article__in=Article.objects.published())
    found = prompts.select_related("question__topic", "article__live")
    return {
        prompt.pk: replace(
            _subject(prompt.question, user), title=prompt.article.live.title, url=prompt.article.get_absolute_url()
        )
        for prompt in found
    }


def _words(post: Post) -> str:
    return f"{post.title}\n{post.body}" if isinstance(post, Question) else post.body
