"""What the forum holds of a person: how it is given to them, and what becomes of it when they are erased."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from forum import actions, following
from forum.models import Answer, Comment, Edit, Helpful, Outdated, Post, Question, SameQuestion

POSTS: tuple[Any, ...] = (Question, Answer, Comment)
WRITTEN = ("pk", "body", "status", "alias", "created_at", "published_at", "edited_at")


def export(user: User) -> Mapping[str, Any]:
    return {
        "questions": list(user.questions.values(*WRITTEN, "title", "topic__name", "audience", "ask_later_at")),
        "answers": list(user.answers.values(*WRITTEN, "question_id", "question__title", "basis", "credential_line")),
        "comments": list(user.comments.values(*WRITTEN, "question_id", "question__title", "answer_id", "is_outcome")),
        "earlier_texts": list(
            Edit.objects.filter(editor=user).values(
                "question_id", "answer_id", "comment_id", "title", "body", "tags", "reason", "state", "created_at"
            )
        ),
        "i_have_this_too": list(user.same_marks.values("question_id", "question__title", "created_at")),
        "saved": list(user.saved.values("question_id", "question__title", "created_at")),
        "following": [{"kind": one.kind, "what": one.title, "since": one.since} for one in following.everything(user)],
        "looked_at": list(user.visits.values("question_id", "question__title", "seen_at")),
        "this_is_out_of_date": list(user.outdated_marks.values("answer_id", "answer__question__title", "created_at")),
        "this_helped_me": list(user.helpful_marks.values("answer_id", "answer__question__title", "created_at")),
    }


@transaction.atomic
def erase(user: User) -> None:
    """What is published stays without a name, as what others answered would not be understood without it.

    What never was, or was taken back, is taken away, and so is every mark: it says what somebody suffers from.
    """
    _lock(user)
    for same in SameQuestion.objects.filter(member=user).select_related("question"):
        actions.unmark_same(question=same.question, member=user)
    for helpful in Helpful.objects.filter(member=user).select_related("answer"):
        actions.unmark_helpful(answer=helpful.answer, member=user)
    for outdated in Outdated.objects.filter(member=user).select_related("answer"):
        actions.unmark_outdated(answer=outdated.answer, member=user)
    user.saved.all().delete()
    user.visits.all().delete()
    user.follows.all().delete()
    user.followers.all().delete()
    for posts in POSTS:
        for held in posts.objects.filter(author=user, status__in=[Post.Status.PENDING, Post.Status.RETURNED]):
            actions.take_back(post=held)
        taken_back = Q(status=Post.Status.REMOVED, removed_by=Post.Remover.AUTHOR)
        for unpublished in posts.objects.filter(Q(published_at=None) | taken_back, author=user):
            Edit.objects.about(unpublished).update(state=Edit.State.REDACTED, title="", body="", tags="", reason="")
            blank = {"body": "", "body_html": ""} | ({"title": "", "slug": "question"} if posts is Question else {})
            posts.objects.filter(pk=unpublished.pk).update(**blank)
        posts.objects.filter(author=user).update(author=None, **({"ask_later_at": None} if posts is Question else {}))
    unread = Edit.objects.filter(editor=user, state__in=[Edit.State.HELD, Edit.State.RETURNED])
    unread.update(state=Edit.State.REDACTED, title="", body="", tags="", reason="")
    Edit.objects.filter(editor=user).update(editor=None)
    User.objects.filter(pk=user.pk).update(published_count=0, helped_count=0)


def _lock(user: User) -> None:
    """Lock every thread they wrote or marked something in, then everybody whose counters that moves.

    Each in the order of their ids, as forum.actions does for one thread: so neither waits for the other for ever.
    """
    said_old = Answer.objects.filter(outdated_marks__member=user)
    commented = Answer.objects.filter(comments__author=user)
    threads = [
        user.questions.values_list("pk"),
        *(posts.values_list("question") for posts in (user.answers, user.comments, user.same_marks, said_old)),
        user.helpful_marks.values_list("answer__question"),
    ]
    locked = Question.objects.select_for_update(no_key=True).order_by("pk")
    askers = locked.filter(pk__in={pk for rows in threads for (pk,) in rows}).values_list("author", flat=True)
    answerers = (answers.values_list("author", flat=True) for answers in (said_old, commented))
    people = {user.pk, *askers, *chain.from_iterable(answerers)} - {None}
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
