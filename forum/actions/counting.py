"""Counters: what is published under a question and what a member published. Deltas live in the actions; this heals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.db.models import Case, Count, Exists, Expression, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import User
from forum.models import Answer, Comment, Helpful, Outdated, Post, Question, SameQuestion, Tagging
from notifications.models import Notification

PUBLISHED = Q(status=Post.Status.PUBLISHED)
# A clinician whose credential was withdrawn speaks for nobody but themselves.
BY_CLINICIAN = Q(basis=Answer.Basis.CLINICIAN, credential__withdrawn_at=None)
COUNTED = PUBLISHED & ~Q(basis=Answer.Basis.SUPPORT)
AT_ONCE = 500


def count_published(post: Post, step: int) -> None:
    """One more (`step` 1) or one less (-1) published post of its author and, for an answer, of its question."""
    is_named_help = isinstance(post, Answer) and post.helped_at is not None and post.alias is None
    if post.author_id is not None:
        User.objects.filter(pk=post.author_id).update(
            published_count=F("published_count") + step, helped_count=F("helped_count") + (step if is_named_help else 0)
        )
    if isinstance(post, Answer) and post.counts:
        helped = step if post.helped_at else 0
        Question.objects.filter(pk=post.question_id).update(
            answers_count=F("answers_count") + step, helped_count=F("helped_count") + helped
        )
    if isinstance(post, Answer) and post.basis == Answer.Basis.CLINICIAN:
        mark_clinician(post.question_id)


def mark_clinician(question_id: int) -> None:
    """Store whether a clinician, verified still, has answered."""
    answered = Answer.objects.filter(PUBLISHED, BY_CLINICIAN, question_id=question_id).exists()
    Question.objects.filter(pk=question_id).update(clinician_replied=answered)


def count_again(*questions: Question) -> None:
    """Set the counters of whole threads to what the rows say."""
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(**_truths()[Question])


def rank(answer: Answer) -> None:
    """Store the place of `answer`: helped the asker first, then by how many it helped."""
    Answer.objects.filter(pk=answer.pk).update(rank=_rank(F("helpful_count")))


def recount(*, check: bool = False) -> list[str]:
    """Set every counter to what the rows say, or only look when `check`. Returns a line for each that differed."""
    return [line for model, truths in _truths().items() for line in _heal(model, truths, check=check)]


def _truths() -> dict[type[models.Model], dict[str, Any]]:
    """What each counter must be, counted from the rows."""
    helpful = _count(Helpful.objects.all(), "answer")
    by_clinician = Answer.objects.filter(PUBLISHED, BY_CLINICIAN, question=OuterRef("pk"))
    named_help = Answer.objects.filter(PUBLISHED, alias=None, helped_at__isnull=False)
    questions, answers, comments = (
        _count(posts.objects.filter(PUBLISHED), "author") for posts in (Question, Answer, Comment)
    )
    return {
        Question: {
            "answers_count": _count(Answer.objects.filter(COUNTED), "question"),
            "helped_count": _count(Answer.objects.filter(COUNTED, helped_at__isnull=False), "question"),
            "same_count": _count(SameQuestion.objects.all(), "question"),
            "clinician_replied": Exists(by_clinician),
        },
        # After the questions, of which it holds copies.
        Tagging: _as_its_question(),
        Answer: {
            "helpful_count": helpful,
            "outdated_count": _count(Outdated.objects.all(), "answer"),
            "rank": _rank(helpful),
        },
        User: {
            "published_count": questions + answers + comments,
            "helped_count": _count(named_help, "author"),
            "unread_count": _count(Notification.objects.unread(), "recipient"),
        },
    }


def _as_its_question() -> dict[str, Any]:
    """What forum.actions.tagging copies of a question to its tags."""
    its = Question.objects.filter(pk=OuterRef("question_id"))
    same = ("topic_id", "active_at", "published_at", "clinician_replied", "shown_to_members", "shown_to_all")
    return {
        **{name: Subquery(its.values(name)) for name in same},
        "is_answered": Exists(its.filter(answers_count__gt=0)),
    }


def _count(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many of `rows` point at the row in question with `key`."""
    mine = rows.filter(**{key: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(mine.values(key).annotate(n=Count("pk")).values("n")), 0)


def _rank(helpful: Expression | F) -> Case:
    least = Value(Answer.LEAST_RANK)
    return Case(
        When(basis=Answer.Basis.SUPPORT, then=Value(0)),
        When(helped_at__isnull=False, then=helpful + Value(Answer.HELPED_RANK) + least),
        default=helpful + least,
        output_field=models.PositiveBigIntegerField(),
    )


def _heal(model: type[models.Model], truths: Mapping[str, Any], *, check: bool) -> list[str]:
    rows: Any = model._default_manager
    differs = Q()
    for name in truths:
        differs |= ~Q(**{name: F(f"true_{name}")})
    wrong = rows.annotate(**{f"true_{name}": truth for name, truth in truths.items()}).filter(differs)
    found = list(wrong.order_by("pk").values("pk", *truths, *(f"true_{name}" for name in truths)))
    for start in range(0, 0 if check else len(found), AT_ONCE):
        keys = [row["pk"] for row in found[start : start + AT_ONCE]]
        with transaction.atomic():
            # Locked first, so that the truth is counted after whoever changes these rows now.
            list(rows.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
            rows.filter(pk__in=keys).update(**truths)
    return [
        f"{model._meta.model_name} {row['pk']} {name}: {row[name]}, counted {row[f'true_{name}']}"
        for row in found
        for name in truths
        if row[name] != row[f"true_{name}"]
    ]
