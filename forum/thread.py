"""What a question page shows to one person, fetched in the same few statements however long the thread is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from accounts.models import User
from core.pagination import Page
from forum import rules
from forum.desk import desk
from forum.following import with_follow
from forum.models import Answer, Comment, Helpful, Outdated, Post, Question, SameQuestion, Saved, Visit

Person = User | AnonymousUser

ANSWERS = 20
# Under one post; the rest is on the page of its comments.
COMMENTS = 10
COMMENTS_OF_A_PAGE = 50
# From so many on there is a way to the newest.
MANY_ANSWERS = 5


@dataclass
class Shown:
    """A post as one person sees it, with the comments under it and what they may do with it."""

    post: Question | Answer
    is_new: bool = False
    may_mark: bool = False
    may_mark_helped: bool = False
    may_mark_outdated: bool = False
    comments: list[Comment] = field(default_factory=list)
    has_more_comments: bool = False

    @property
    def comments_after(self) -> int:
        """The last comment that is here, if others follow."""
        return self.comments[-1].pk if self.has_more_comments else 0


@dataclass(frozen=True)
class Waiting:
    """A post of the viewer that others do not see, and what the moderators wrote about it."""

    post: Answer | Comment
    words: str


@dataclass(frozen=True)
class Thread:
    """One page of a thread. `outcome` is what its asker tells of how it went. `waiting` are the viewer's own answers
    and comments that are not shown; `has_answered` says whether an answer of theirs is on this page. `first_new` leads
    to what came first since they last looked, empty where nothing did; `newest`, where there are many answers, to the
    newest."""

    question: Shown
    answers: Sequence[Shown]
    kind_words: Sequence[Shown]
    waiting: Sequence[Waiting]
    has_answered: bool
    next_cursor: str
    is_first: bool
    previous_cursor: str = ""
    first_new: str = ""
    newest: str = ""
    outcome: Comment | None = None

    @property
    def is_told(self) -> bool:
        """Whether whoever asked has told how it went, as far as the viewer knows."""
        return self.outcome is not None or any(
            getattr(one.post, "is_outcome", False) and one.post.status != Post.Status.REMOVED for one in self.waiting
        )


def thread(question: Question, user: Person, *, after: str = "", before: str = "", at: str = "") -> Thread:
    """The answers after the cursor `after`, those before `before`, or the page that holds the answer with the id `at`;
    else the first."""
    page = _page(question, user, after=after, before=before, at=at)
    shown = [
        Shown(
            answer,
            is_new=_is_new(answer, question, user),
            may_mark=bool(rules.may_mark_helpful(user, answer)),
            may_mark_helped=bool(rules.may_mark_helped(user, answer)),
            may_mark_outdated=bool(rules.may_mark_outdated(user, answer)),
        )
        for answer in page.items
    ]
    top = Shown(question, may_mark=bool(rules.may_mark_same(user, question)))
    outcome = _add_comments([top, *shown], question, user)
    in_order = [top, *sorted(shown, key=lambda one: not one.post.counts)]
    waiting = _waiting(question, user)
    on_page = [one.post for one in (*shown, *waiting)]
    return Thread(
        question=top,
        answers=[one for one in shown if one.post.counts],
        kind_words=[one for one in shown if not one.post.counts],
        waiting=waiting,
        has_answered=any(post.kind == "answer" and post.author_id == user.pk for post in on_page),
        next_cursor=page.next_cursor,
        is_first=page.is_first,
        previous_cursor=page.previous_cursor,
        first_new=f"#comment-{outcome.pk}" if outcome and outcome.is_new else _first_new(in_order, question),
        newest=_newest(shown, question),
        outcome=outcome,
    )


def with_news(questions: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """Questions with `seen_at`, when that member last looked, `new_answer`, the first that came since from others, and
    `is_numbered`, for `is_under_a_number`."""
    if not user.is_authenticated:
        return questions
    since = Answer.objects.filter(
        question=OuterRef("pk"), shown_to_members=True, published_at__gt=OuterRef("seen_at")
    ).exclude(author=user)
    seen = Visit.objects.filter(question=OuterRef("pk"), member=user).values("seen_at")[:1]
    answers, comments = _under_a_number(user, OuterRef("pk"))
    return questions.annotate(seen_at=Subquery(seen), is_numbered=Exists(answers) | Exists(comments)).annotate(
        new_answer=Subquery(since.order_by("pk").values("pk")[:1])
    )


def with_newest(questions: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """Questions with `newest_answer`, the last that was written; kind words are none."""
    answers = Answer.objects.shown_to(user).filter(question=OuterRef("pk"), rank__gte=Answer.LEAST_RANK)
    return questions.annotate(newest_answer=Subquery(answers.order_by("-pk").values("pk")[:1]))


def with_mark(posts: QuerySet[Any], user: Person) -> QuerySet[Any]:
    """Questions or answers with `is_marked`: whether that member has this too, or was helped. Questions: `is_saved`
    and `is_followed`; answers: `is_doubted`, whether they said that it is out of date."""
    if not user.is_authenticated:
        return posts
    marks = (
        SameQuestion.objects.filter(question=OuterRef("pk"))
        if posts.model is Question
        else Helpful.objects.filter(answer=OuterRef("pk"))
    )
    if posts.model is Question:
        posts = posts.annotate(is_saved=Exists(Saved.objects.filter(question=OuterRef("pk"), member=user)))
        posts = with_follow(posts, user)
    else:
        posts = posts.annotate(is_doubted=Exists(Outdated.objects.filter(answer=OuterRef("pk"), member=user)))
    return posts.annotate(is_marked=Exists(marks.filter(member=user)))


def comments_of(post: Question | Answer, user: Person, *, after: str = "") -> tuple[list[Comment], str]:
    """The comments on one post after the cursor `after`, oldest first, and the cursor of the next ones."""
    comments = _comments_on(post, user).with_distance(user).select_related("author").defer("body")
    if _is_number(after):
        comments = comments.filter(pk__gt=int(after))
    rows = list(comments[: COMMENTS_OF_A_PAGE + 1])
    for comment in rows:
        comment.question = post.question
    more = len(rows) > COMMENTS_OF_A_PAGE
    return rows[:COMMENTS_OF_A_PAGE], str(rows[COMMENTS_OF_A_PAGE - 1].pk) if more else ""


def place_of(comment: Comment, user: Person) -> str:
    """Where that person reads a comment: on the page of the thread, or where the comments go on."""
    post = comment.answer or comment.question
    if comment.is_outcome:
        return comment.get_absolute_url()
    there = set(_comments_on(post, user).values_list("pk", flat=True)[:COMMENTS])
    if comment.pk in there or not comment.shown_to_members:
        return comment.get_absolute_url()
    return f"{reverse(f'forum:comments_on_{post.kind}', args=[post.pk])}?after={comment.pk - 1}#comment-{comment.pk}"


def is_under_a_number(user: User, question: Question) -> bool:
    """Whether a member who did not ask is already in this thread without their name."""
    if hasattr(question, "is_numbered"):
        return bool(question.is_numbered)
    answers, comments = _under_a_number(user, question)
    return answers.union(comments, all=True).exists()


def _under_a_number(user: User, question: Question | OuterRef) -> Iterator[QuerySet[Any]]:
    for posts in (Answer, Comment):
        yield posts.objects.filter(author=user, question=question).exclude(alias=None).values("pk")


def _comments_on(post: Question | Answer, user: Person) -> QuerySet[Comment]:
    of_post = {"question": post.question_id, "answer": post.pk if isinstance(post, Answer) else None}
    # How it went stands above the thread, and not among the comments.
    return Comment.objects.shown_to(user).filter(**of_post, is_outcome=False).order_by("id")


def _is_new(post: Answer | Comment, question: Question, user: Person) -> bool:
    """Whether somebody else's post came after the last visit; on a first visit nothing did."""
    seen_at = getattr(question, "seen_at", None)
    return bool(seen_at and post.published_at and post.published_at > seen_at and post.author_id != user.pk)


def _first_new(shown: Sequence[Shown], question: Question) -> str:
    for one in shown:
        if one.is_new:
            return f"#answer-{one.post.pk}"
        for comment in one.comments:
            if comment.is_new:
                return f"#comment-{comment.pk}"
    elsewhere = getattr(question, "new_answer", None)
    return f"?at={elsewhere}#answer-{elsewhere}" if elsewhere else ""


def _newest(shown: Sequence[Shown], question: Question) -> str:
    newest = getattr(question, "newest_answer", None)
    if newest is None or question.answers_count < MANY_ANSWERS:
        return ""
    is_here = any(one.post.pk == newest for one in shown)
    return f"#answer-{newest}" if is_here else f"?at={newest}#answer-{newest}"


def _page(question: Question, user: Person, *, after: str, before: str, at: str) -> Page:
    posts = Answer.objects.shown_to(user).filter(question=question).select_related("author", "credential")
    ranked = with_mark(posts.defer("body"), user).with_doubts().with_distance(user).ranked()
    if after_place := _place(after):
        page = _cut(_following(ranked, *after_place), is_first=False)
    elif before_place := _place(before):
        page = _cut_back(_preceding(ranked, *before_place))
    else:
        page = _cut(ranked, is_first=True)
        if page.next_cursor and _is_number(at) and all(str(answer.pk) != at for answer in page.items):
            rank = posts.filter(pk=int(at)).values_list("rank", flat=True).first()
            if rank is not None:
                page = _cut(_following(ranked, rank, int(at) - 1), is_first=False)
    for answer in page.items:
        answer.question = question
    return page


def _cut(ranked: QuerySet[Answer], *, is_first: bool) -> Page:
    rows = list(ranked[: ANSWERS + 1])
    items = rows[:ANSWERS]
    return Page(
        items,
        next_cursor=_cursor(items[-1]) if len(rows) > ANSWERS else "",
        is_first=is_first,
        previous_cursor=_cursor(items[0]) if items and not is_first else "",
    )


def _cut_back(backwards: QuerySet[Answer]) -> Page:
    rows = list(backwards[: ANSWERS + 1])
    items, is_first = rows[:ANSWERS][::-1], len(rows) <= ANSWERS
    return Page(
        items,
        # What the cursor stands for comes next, unless it has gone meanwhile.
        next_cursor=_cursor(items[-1]) if items else "",
        is_first=is_first,
        previous_cursor="" if is_first else _cursor(items[0]),
    )


def _following(ranked: QuerySet[Answer], rank: int, pk: int) -> QuerySet[Answer]:
    # The leading `<=` is what lets the index seek; the OR only breaks ties.
    return ranked.filter(rank__lte=rank).filter(Q(rank__lt=rank) | Q(pk__gt=pk))


def _preceding(ranked: QuerySet[Answer], rank: int, pk: int) -> QuerySet[Answer]:
    return ranked.filter(rank__gte=rank).filter(Q(rank__gt=rank) | Q(pk__lt=pk)).reverse()


def _cursor(answer: Answer) -> str:
    return f"{answer.rank}-{answer.pk}"


def _place(cursor: str) -> tuple[int, int] | None:
    rank, dash, pk = cursor.partition("-")
    return (int(rank), int(pk)) if dash and _is_number(rank) and _is_number(pk) else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _add_comments(shown: Sequence[Shown], question: Question, user: Person) -> Comment | None:
    """Put the comments under their posts. Returns the one that tells how it went, which stands by itself."""
    answers = [one.post.pk for one in shown if isinstance(one.post, Answer)]
    numbered = (
        Comment.objects.shown_to(user)
        .filter(Q(answer=None) | Q(answer__in=answers), question=question)
        .with_distance(user)
        .annotate(place=Window(RowNumber(), partition_by="answer", order_by="id"))
        .filter(Q(place__lte=COMMENTS + 2) | Q(is_outcome=True))
        .select_related("author")
        .defer("body")
        .order_by("id")
    )
    under: dict[int | None, list[Comment]] = defaultdict(list)
    outcome: Comment | None = None
    for comment in numbered:
        comment.question = question
        comment.is_new = _is_new(comment, question, user)
        if comment.is_outcome:
            outcome = comment
        else:
            under[comment.answer_id].append(comment)
    for one in shown:
        comments = under[one.post.pk if isinstance(one.post, Answer) else None]
        one.comments, one.has_more_comments = comments[:COMMENTS], len(comments) > COMMENTS
    return outcome


def _waiting(question: Question, user: Person) -> list[Waiting]:
    if not user.is_authenticated:
        return []
    states = [Post.Status.PENDING, Post.Status.RETURNED, Post.Status.HIDDEN]
    mine: list[Answer | Comment] = []
    for posts in (Answer, Comment):
        own = posts.objects.filter(author=user, question=question)
        mine += (own.filter(status__in=states) | own.to_be_put_back()).for_page()
    mine.sort(key=lambda post: post.created_at)
    # Why a text came back is on the page where it is changed; here, the last of what waits and of what was hidden.
    last = {post.status: post for post in mine if post.status in (Post.Status.PENDING, Post.Status.HIDDEN)}
    return [Waiting(post, desk().words_for_author(post) if post is last.get(post.status) else "") for post in mine]
