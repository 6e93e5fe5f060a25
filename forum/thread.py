"""What a question page shows to one person, fetched in the same few statements however long the thread is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from forum import rules
from forum.desk import desk
from forum.models import Answer, Comment, Helpful, Post, Question, SameQuestion

Person = User | AnonymousUser

ANSWERS = 20
# Under one post; the rest is on the page of its comments.
COMMENTS = 10
COMMENTS_OF_A_PAGE = 50


@dataclass
class Shown:
    """A post as one person sees it, with the comments under it and what they may do with it."""

    post: Question | Answer
    may_mark: bool = False
    may_mark_helped: bool = False
    comments: list[Comment] = field(default_factory=list)
    has_more_comments: bool = False


@dataclass(frozen=True)
class Waiting:
    """A post of the viewer that others do not see, and what the moderators wrote about it."""

    post: Answer | Comment
    words: str


@dataclass(frozen=True)
class Thread:
    """One page of a thread. `waiting` are the viewer's own answers and comments that are not shown; `has_answered`
    says whether an answer of theirs is on this page."""

    question: Shown
    answers: Sequence[Shown]
    kind_words: Sequence[Shown]
    waiting: Sequence[Waiting]
    has_answered: bool
    next_cursor: str
    is_first: bool


def thread(question: Question, user: Person, *, after: str = "", at: str = "") -> Thread:
    """The answers after the cursor `after`, or the page that holds the answer with the id `at`; else the first."""
    answers, next_cursor, is_first = _page(question, user, after=after, at=at)
    shown = [
        Shown(
            answer,
            may_mark=bool(rules.may_mark_helpful(user, answer)),
            may_mark_helped=bool(rules.may_mark_helped(user, answer)),
        )
        for answer in answers
    ]
    top = Shown(question, may_mark=bool(rules.may_mark_same(user, question)))
    _add_comments([top, *shown], question, user)
    waiting = _waiting(question, user)
    on_page = [one.post for one in (*shown, *waiting)]
    return Thread(
        question=top,
        answers=[one for one in shown if one.post.counts],
        kind_words=[one for one in shown if not one.post.counts],
        waiting=waiting,
        has_answered=any(post.kind == "answer" and post.author_id == user.pk for post in on_page),
        next_cursor=next_cursor,
        is_first=is_first,
    )


def with_mark(posts: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """Questions or answers with `is_marked`: whether that member has this too, or was helped."""
    if not user.is_authenticated:
        return posts
    marks = (
        SameQuestion.objects.filter(question=OuterRef("pk"))
        if posts.model is Question
        else Helpful.objects.filter(answer=OuterRef("pk"))
    )
    return posts.annotate(is_marked=Exists(marks.filter(member=user)))


def comments_of(post: Question | Answer, user: Person, *, after: str = "") -> tuple[list[Comment], str]:
    """The comments on one post after the cursor `after`, oldest first, and the cursor of the next ones."""
    of_post = {"question": post.question, "answer": post if isinstance(post, Answer) else None}
    comments = Comment.objects.shown_to(user).filter(**of_post).select_related("author").defer("body").order_by("id")
    if _is_number(after):
        comments = comments.filter(pk__gt=int(after))
    rows = list(comments[: COMMENTS_OF_A_PAGE + 1])
    for comment in rows:
        comment.question = post.question
    more = len(rows) > COMMENTS_OF_A_PAGE
    return rows[:COMMENTS_OF_A_PAGE], str(rows[COMMENTS_OF_A_PAGE - 1].pk) if more else ""


def is_under_a_number(user: User, question: Question) -> bool:
    """Whether a member who did not ask is already in this thread without their name."""
    answers, comments = (
        posts.objects.filter(author=user, question=question).exclude(alias=None).values("pk")
        for posts in (Answer, Comment)
    )
    return answers.union(comments, all=True).exists()


def _page(question: Question, user: Person, *, after: str, at: str) -> tuple[list[Answer], str, bool]:
    posts = Answer.objects.shown_to(user).filter(question=question).select_related("author", "credential")
    ranked = with_mark(posts.defer("body"), user).ranked()
    place = _place(after)
    rows = list((_following(ranked, *place) if place else ranked)[: ANSWERS + 1])
    is_first = place is None
    if len(rows) > ANSWERS and _is_number(at) and all(str(row.pk) != at for row in rows[:ANSWERS]):
        rank = posts.filter(pk=int(at)).values_list("rank", flat=True).first()
        if rank is not None:
            rows = list(_following(ranked, rank, int(at) - 1)[: ANSWERS + 1])
            is_first = False
    answers = rows[:ANSWERS]
    for answer in answers:
        answer.question = question
    last = f"{answers[-1].rank}-{answers[-1].pk}" if len(rows) > ANSWERS else ""
    return answers, last, is_first


def _following(ranked: QuerySet[Answer], rank: int, pk: int) -> QuerySet[Answer]:
    # The leading `<=` is what lets the index seek; the OR only breaks ties.
    return ranked.filter(rank__lte=rank).filter(Q(rank__lt=rank) | Q(pk__gt=pk))


def _place(cursor: str) -> tuple[int, int] | None:
    rank, dash, pk = cursor.partition("-")
    return (int(rank), int(pk)) if dash and _is_number(rank) and _is_number(pk) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _add_comments(shown: Sequence[Shown], question: Question, user: Person) -> None:
    answers = [one.post.pk for one in shown if isinstance(one.post, Answer)]
    numbered = (
        Comment.objects.shown_to(user)
        .filter(Q(answer=None) | Q(answer__in=answers), question=question)
        .annotate(place=Window(RowNumber(), partition_by="answer", order_by="id"))
        .filter(place__lte=COMMENTS + 1)
        .select_related("author")
        .defer("body")
        .order_by("id")
    )
    under: dict[int | None, list[Comment]] = defaultdict(list)
    for comment in numbered:
        comment.question = question
        under[comment.answer_id].append(comment)
    for one in shown:
        comments = under[one.post.pk if isinstance(one.post, Answer) else None]
        one.comments, one.has_more_comments = comments[:COMMENTS], len(comments) > COMMENTS


def _waiting(question: Question, user: Person) -> list[Waiting]:
    if not user.is_authenticated:
        return []
    states = [Post.Status.PENDING, Post.Status.RETURNED, Post.Status.HIDDEN]
    mine: list[Answer | Comment] = []
    for posts in (Answer, Comment):
        mine += posts.objects.filter(author=user, question=question, status__in=states).for_page()
    mine.sort(key=lambda post: post.created_at)
    # Why a text came back is on the page where it is changed; of what was hidden, the last is explained here.
    hidden = next((post for post in reversed(mine) if post.status == Post.Status.HIDDEN), None)
    return [Waiting(post, desk().words_for_author(post) if post is hidden else "") for post in mine]
