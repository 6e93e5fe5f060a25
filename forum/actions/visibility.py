"""Who may see a post, derived from its own status and everything above it. Written here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from forum.models import Answer, Comment, Post, Question

PUBLISHED = Post.Status.PUBLISHED
HIDDEN = {"shown_to_members": False, "shown_to_all": False}


def reveal(post: Post) -> None:
    """Set who sees `post` and everything below it. Call it in the transaction that changes a status or an audience."""
    question = Question.objects.get(pk=post.question_id)
    to_members = question.status == PUBLISHED
    shown = {
        "shown_to_members": to_members,
        "shown_to_all": to_members and question.audience != Question.Audience.MEMBERS,
    }
    if isinstance(post, Question):
        Question.objects.filter(pk=question.pk).update(**shown)
        answers, comments = Q(question=question), Q(question=question)
    elif isinstance(post, Answer):
        answers, comments = Q(pk=post.pk), Q(answer=post)
    else:
        answers, comments = Q(pk=None), Q(pk=post.pk)
    under_published = Q(answer=None) | Q(answer__status=PUBLISHED)
    _show(Answer.objects.filter(answers), Q(status=PUBLISHED), shown)
    _show(Comment.objects.filter(comments), Q(status=PUBLISHED) & under_published, shown)
    post.refresh_from_db(fields=["shown_to_members", "shown_to_all"])


def _show(posts: Any, condition: Q, shown: dict[str, bool]) -> None:
    visible = list(posts.filter(condition).values_list("pk", flat=True))
    posts.filter(pk__in=visible).update(**shown)
    posts.exclude(pk__in=visible).update(**HIDDEN)
