"""Asking, answering, commenting: screened first, then published or held. A form sent twice makes one post."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import Credential, User
from articles.models import Article, Topic
from forum.actions.publishing import publish
from forum.desk import Submission, desk
from forum.models import Answer, Comment, Edit, Question
from forum.slugs import slug_of

P = TypeVar("P", Question, Answer, Comment)


def ask(
    *,
    author: User,
    title: str,
    body: str,
    topic: Topic,
    submission_key: uuid.UUID,
    article: Article | None = None,
    audience: str = Question.Audience.PUBLIC,
    anonymous: bool = False,
) -> Question:
    """Ask a question. Returns it published or held; the same `submission_key` again returns the same question."""
    question = Question(
        author=author,
        title=title,
        slug=slug_of(title),
        body=body,
        topic=topic,
        article=article,
        audience=audience,
        alias=1 if anonymous else None,
        submission_key=submission_key,
    )
    return _submit(question, author, title)


def answer(
    *,
    author: User,
    question: Question,
    body: str,
    basis: str,
    submission_key: uuid.UUID,
    credential: Credential | None = None,
    anonymous: bool = False,
) -> Answer:
    """Answer a question. `credential` goes with the basis "clinician" and is printed as it reads now."""
    reply = Answer(
        author=author,
        question=question,
        body=body,
        basis=basis,
        credential=credential,
        credential_line=credential.line if credential else "",
        rank=0 if basis == Answer.Basis.SUPPORT else Answer.LEAST_RANK,
        submission_key=submission_key,
    )
    return _submit(reply, author, anonymous=anonymous)


def comment(
    *, author: User, post: Question | Answer, body: str, submission_key: uuid.UUID, anonymous: bool = False
) -> Comment:
    """Comment on a question or on an answer."""
    remark = Comment(
        author=author,
        question=post.question,
        answer=post if isinstance(post, Answer) else None,
        body=body,
        submission_key=submission_key,
    )
    return _submit(remark, author, anonymous=anonymous)


def _submit(post: P, author: User, title: str = "", *, anonymous: bool = False) -> P:
    if twin := _sent_before(post, author):
        return twin
    post.render()
    post.created_at = timezone.now()
    verdict = desk().screen(Submission(kind=post.kind, author=author, title=title, body=post.body))
    try:
        with transaction.atomic():
            if not isinstance(post, Question):
                post.alias = _alias(post.question_id, author, anonymous=anonymous)
            post.save()
            Edit.objects.create(**{post.kind: post}, state=Edit.State.HELD, title=title, body=post.body, editor=author)
            if verdict.holds:
                desk().opened(post, verdict.findings)
            else:
                publish(post=post)
    except IntegrityError:
        # The same form, sent twice at once: the other one made the post.
        if twin := _sent_before(post, author):
            return twin
        raise
    return post


def _sent_before(post: P, author: User) -> P | None:
    posts: QuerySet[P] = type(post)._default_manager.filter(author=author, submission_key=post.submission_key)
    return posts.first()


def _alias(question_id: int, author: User, *, anonymous: bool) -> int | None:
    """The number of an anonymous member in a thread. The asker is there as they asked: by name, or as number 1."""
    # The lock keeps two anonymous members from being given one number.
    question: Question = Question.objects.select_for_update(no_key=True).get(pk=question_id)
    if question.author_id == author.pk:
        return question.alias
    if not anonymous:
        return None
    highest = 1
    for posts in (Answer, Comment):
        thread = posts.objects.filter(question=question).exclude(alias=None)
        mine: int | None = thread.filter(author=author).values_list("alias", flat=True).first()
        if mine is not None:
            return mine
        highest = max(highest, thread.aggregate(n=Max("alias", default=1))["n"])
    return highest + 1
