"""What the forum holds of a person: how it is given to them, and what becomes of it when they are erased."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from forum import actions
from forum.models import Answer, Comment, Edit, Helpful, Post, Question, SameQuestion

POSTS: tuple[Any, ...] = (Question, Answer, Comment)
WRITTEN = ("pk", "body", "status", "alias", "created_at", "published_at", "edited_at")


def export(user: User) -> Mapping[str, Any]:
    return {
        "questions": list(user.questions.values(*WRITTEN, "title", "topic__name", "audience")),
        "answers": list(user.answers.values(*WRITTEN, "question_id", "question__title", "basis", "credential_line")),
        "comments": list(user.comments.values(*WRITTEN, "question_id", "question__title", "answer_id")),
        "earlier_texts": list(
            Edit.objects.filter(editor=user).values(
                "question_id", "answer_id", "comment_id", "title", "body", "state", "created_at"
            )
        ),
        "i_have_this_too": list(user.same_marks.values("question_id", "question__title", "created_at")),
        "this_helped_me": list(user.helpful_marks.values("answer_id", "answer__question__title", "created_at")),
    }


@transaction.atomic
def erase(user: User) -> None:
    """What is published stays without a name, as what others answered would not be understood without it.

    What never was is taken away, and so is every mark: it says what somebody suffers from.
    """
    for same in SameQuestion.objects.filter(member=user).select_related("question"):
        actions.unmark_same(question=same.question, member=user)
    for helpful in Helpful.objects.filter(member=user).select_related("answer"):
        actions.unmark_helpful(answer=helpful.answer, member=user)
    for posts in POSTS:
        for held in posts.objects.filter(author=user, status__in=[Post.Status.PENDING, Post.Status.RETURNED]):
            actions.take_back(post=held)
        for unpublished in posts.objects.filter(author=user, published_at=None):
            Edit.objects.about(unpublished).update(state=Edit.State.REDACTED, title="", body="")
            blank = {"body": "", "body_html": ""} | ({"title": "", "slug": "question"} if posts is Question else {})
            posts.objects.filter(pk=unpublished.pk).update(**blank)
        posts.objects.filter(author=user).update(author=None)
    unread = Edit.objects.filter(editor=user, state__in=[Edit.State.HELD, Edit.State.RETURNED])
    unread.update(state=Edit.State.REDACTED, title="", body="")
    Edit.objects.filter(editor=user).update(editor=None)
    User.objects.filter(pk=user.pk).update(published_count=0, helped_count=0)
