"""Counters: what is published under a question and what a member published. Deltas live in the actions; this heals."""

from __future__ import annotations

from django.db.models import Count, F, Q

from accounts.models import User
from forum.models import Answer, Comment, Post, Question

PUBLISHED = Q(status=Post.Status.PUBLISHED)
COUNTED = PUBLISHED & ~Q(basis=Answer.Basis.SUPPORT)


def count_published(post: Post, step: int) -> None:
    """One more (`step` 1) or one less (-1) published post of its author and, for an answer, of its question."""
    is_named_help = isinstance(post, Answer) and post.helped_at is not None and post.alias is None
    User.objects.filter(pk=post.author_id).update(
        published_count=F("published_count") + step, helped_count=F("helped_count") + (step if is_named_help else 0)
    )
    if isinstance(post, Answer) and post.counts:
        helped = step if post.helped_at else 0
        Question.objects.filter(pk=post.question_id).update(
            answers_count=F("answers_count") + step, helped_count=F("helped_count") + helped
        )
    if isinstance(post, Answer) and post.basis == Answer.Basis.CLINICIAN:
        still = Answer.objects.filter(PUBLISHED, question_id=post.question_id, basis=Answer.Basis.CLINICIAN).exists()
        Question.objects.filter(pk=post.question_id).update(clinician_replied=still)


def rank(answer: Answer) -> None:
    """Store the place of `answer`: helped the asker first, then by how many it helped."""
    fresh = Answer.objects.get(pk=answer.pk)
    bonus = Answer.HELPED_RANK if fresh.helped_at else 0
    Answer.objects.filter(pk=answer.pk).update(rank=F("helpful_count") + bonus)


def true_question(question: Question) -> dict[str, object]:
    """What the counters of `question` must be, counted from the rows."""
    answers = question.answers.filter(PUBLISHED)
    return {
        "answers_count": answers.filter(COUNTED).count(),
        "helped_count": answers.filter(COUNTED, helped_at__isnull=False).count(),
        "same_count": question.same_marks.count(),
        "clinician_replied": answers.filter(basis=Answer.Basis.CLINICIAN).exists(),
    }


def true_answer(answer: Answer) -> dict[str, object]:
    helpful = answer.helpful_marks.count()
    return {"helpful_count": helpful, "rank": helpful + (Answer.HELPED_RANK if answer.helped_at else 0)}


def true_member(user: User) -> dict[str, object]:
    helped = Answer.objects.filter(PUBLISHED, author=user, alias=None, helped_at__isnull=False)
    published = sum(posts.objects.filter(PUBLISHED, author=user).count() for posts in (Question, Answer, Comment))
    return {"published_count": published, "helped_count": helped.aggregate(n=Count("pk"))["n"]}


def recount(*, check: bool = False) -> list[str]:
    """Set every counter to what the rows say, or only look when `check`. Returns a line for each that differed."""
    differences = []
    for rows, truth in (
        (Question.objects.all(), true_question),
        (Answer.objects.all(), true_answer),
        (User.objects.all(), true_member),
    ):
        for row in rows.iterator(chunk_size=500):
            right = truth(row)  # type: ignore[operator]
            wrong = {name: value for name, value in right.items() if getattr(row, name) != value}
            for name, value in wrong.items():
                differences.append(f"{row._meta.model_name} {row.pk} {name}: {getattr(row, name)} is {value}")
            if wrong and not check:
                rows.model.objects.filter(pk=row.pk).update(**wrong)
    return differences
