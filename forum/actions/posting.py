"""Asking, answering, commenting: screened first, then published or held. A form sent twice makes one post."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import Credential, User
from articles.models import Article, Topic
from forum import rules
from forum.actions.publishing import hold, publish
from forum.desk import Submission, desk, with_more
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
    tags: str = "",
    ask_later: bool = False,
) -> Question:
    """Ask a question. Returns it published or held; the same `submission_key` again returns the same question.

    `tags` are words with commas between. With `ask_later` its author is asked how it went, two weeks after it is
    published; not if it speaks of a crisis or of a loss.
    """
    is_grave = desk().speaks_of_grave_things(f"{title}\n{body}\n{tags}")
    question = Question(
        author=author,
        title=title,
        slug=slug_of(title),
        body=body,
        topic=topic,
        article=article,
        audience=audience,
        ask_later_at=timezone.now() + rules.ASKED_AFTER if ask_later and not is_grave else None,
        alias=1 if anonymous else None,
        submission_key=submission_key,
    )
    return _submit(question, author, title, tags)


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
    *,
    author: User,
    post: Question | Answer,
    body: str,
    submission_key: uuid.UUID,
    anonymous: bool = False,
    is_outcome: bool = False,
) -> Comment:
    """Comment on a question or on an answer. `is_outcome`: it says how it went, as only the person who asked can."""
    remark = Comment(
        author=author,
        question=post.question,
        answer=post if isinstance(post, Answer) else None,
        body=body,
        is_outcome=is_outcome,
        submission_key=submission_key,
    )
    return _submit(remark, author, anonymous=anonymous)


def _submit(post: P, author: User, title: str = "", tags: str = "", *, anonymous: bool = False) -> P:
    if twin := _sent_before(post, author):
        return twin
    post.render()
    post.created_at = timezone.now()
    verdict = desk().screen(Submission(kind=post.kind, author=author, title=title, body=with_more(post.body, tags)))
    try:
        with transaction.atomic():
            if not isinstance(post, Question):
                post.question = hold(post.question_id)
                post.alias = _alias(post.question, author, anonymous=anonymous)
            post.save()
            text = {"title": title, "body": post.body, "tags": tags}
            sent = Edit.objects.create(**{post.kind: post}, state=Edit.State.HELD, editor=author, **text)
            desk().received(sent)
            if verdict.holds:
                desk().opened(post, verdict.findings)
            else:
                publish(post=post)
    except IntegrityError:
        # The same form, sent twice at once: the other one made the post.
        if twin := _sent_before(post, author):
            return twin
        raise
    post.warning = verdict.warning
    return post


def _sent_before(post: P, author: User) -> P | None:
    posts: QuerySet[P] = type(post)._default_manager.filter(author=author, submission_key=post.submission_key)
    return posts.first()


def _alias(question: Question, author: User, *, anonymous: bool) -> int | None:
    """The number of an anonymous member in a thread. The asker is there as they asked: by name, or as number 1.

    The thread is locked, so that no two anonymous members are given one number.
    """
    if question.author_id == author.pk:
        return question.alias
    if not anonymous:
        return None
    for posts in (Answer, Comment):
        mine = posts.objects.filter(question=question, author=author).exclude(alias=None)
        number: int | None = mine.order_by("alias").values_list("alias", flat=True).first()
        if number is not None:
            return number
    return next_alias(question.pk)


def next_alias(question_id: int) -> int:
    """The number of one more anonymous member in a thread, which must be locked. 1 is the asker's."""
    threads = (posts.objects.filter(question=question_id) for posts in (Answer, Comment))
    highest: int = max(thread.aggregate(n=Max("alias", default=1))["n"] for thread in threads)
    return highest + 1
