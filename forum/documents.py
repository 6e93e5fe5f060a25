"""What becomes searchable of the forum: a question as one document, together with its best answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import attrgetter

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

import search.index
from accounts.models import User
from core import markdown
from forum.desk import desk
from forum.models import Answer, Comment, Post, Question
from search.documents import Document

KIND = "question"
BEST = 5
WORDS = 2_000
TAGS = "tags__synonyms"
AT_ONCE = 200
_WORD = re.compile(r"\S+")


def index(post: Post) -> None:
    """Bring the document of the question that `post` belongs to up to date. Comments are in no document."""
    if isinstance(post, Comment):
        return
    # The lock keeps two answers that come up at once from each writing a document without the other.
    locked = Question.objects.select_for_update(no_key=True, of=("self",))
    question = locked.select_related("topic").with_origin().get(pk=post.question_id)
    prefetch_related_objects([question], TAGS)
    if question.shown_to_members:
        search.index.put(document(question, _trusted(_ranked([question.pk]))))
    else:
        search.index.remove(KIND, question.pk)


def documents() -> Iterator[Document]:
    """The documents of all questions that members see."""
    shown = Question.objects.filter(shown_to_members=True).select_related("topic").with_origin()
    shown = shown.prefetch_related(TAGS).order_by("pk")
    last = 0
    while questions := list(shown.filter(pk__gt=last)[:AT_ONCE]):
        ranked = _ranked([question.pk for question in questions]).order_by("question_id", "-rank", "id")
        best = {key: _trusted(group) for key, group in groupby(ranked, key=attrgetter("question_id"))}
        for question in questions:
            yield document(question, best.get(question.pk, []))
        last = questions[-1].pk


def readable(ids: Collection[int], user: User | AnonymousUser) -> QuerySet[Question, tuple[int]]:
    """Those of these questions that person may find."""
    return Question.objects.shown_to(user).filter(pk__in=ids).values_list("pk")


def quotable(answer_ids: Collection[int]) -> set[int]:
    """Which of these answers may be quoted outside their thread, where nobody sees what is said against them: none that
    is reported or said to be out of date, or whose author may not write at the moment."""
    shown = Answer.objects.in_full().filter(~desk().is_reported(), pk__in=answer_ids, shown_to_members=True)
    answers = [answer for answer in shown.select_related("author").with_doubts() if not answer.doubted_by]
    return {answer.pk for answer in answers if answer.author is None or not answer.author.is_silenced()}


def welcome(ids: Collection[int], user: User | AnonymousUser) -> QuerySet[Question, tuple[int]]:
    """The same without those of members whom that person keeps at a distance."""
    shown = Question.objects.shown_to(user).filter(pk__in=ids)
    if user.is_authenticated:
        shown = shown.with_distance(user).filter(is_folded=False)
    return shown.values_list("pk")


def document(question: Question, answers: Sequence[Answer]) -> Document:
    """`question` comes `with_origin`; `answers` are the best ones, best first. Who wrote any of it is not in it."""
    first, *others = [markdown.plain(answer.body) for answer in answers] or [""]
    return Document(
        kind=KIND,
        object_id=question.pk,
        url=question.get_absolute_url(),
        title=question.title,
        synonyms=[
            word for tag in question.tags.all() for word in (tag.name, *(one.name for one in tag.synonyms.all()))
        ],
        published_at=question.published_at,
        body=_beginning("\n".join([markdown.plain(question.body), *others])),
        answer=first,
        stands_on=stands_on(answers[0]) if answers else "",
        topic=question.topic.slug,
        topic_name=question.topic.name,
        origin=question.origin_id,
        answers_count=question.answers_count,
        helped=question.helped_count > 0,
        clinician=question.clinician_replied,
        answer_ids=[answer.pk for answer in answers],
        audience="all" if question.shown_to_all else "members",
    )


def stands_on(answer: Answer) -> str:
    """What an answer rests on, as it is said before a sentence of it."""
    words = {
        Answer.Basis.OWN: _("A member’s experience"),
        Answer.Basis.CARER: _("Experience of someone a member cares for"),
        Answer.Basis.SOURCE: _("A member’s answer with a source"),
        Answer.Basis.CLINICIAN: _("A clinician, verified when written"),
    }
    if answer.basis == Answer.Basis.CLINICIAN and not answer.is_by_clinician:
        return _("A member’s answer")
    return words[Answer.Basis(answer.basis)]


def _ranked(question_ids: Collection[int]) -> QuerySet[Answer]:
    """What counts as an answer, best first."""
    shown = Answer.objects.in_full().filter(question_id__in=question_ids, shown_to_members=True)
    return shown.exclude(basis=Answer.Basis.SUPPORT).select_related("credential").with_doubts().ranked()


def _trusted(ranked: Iterable[Answer]) -> list[Answer]:
    """The best of them. What is said to be out of date is quoted nowhere: readers would not see that it is said."""
    return list(islice((answer for answer in ranked if not answer.doubted_by), BEST))


def _beginning(text: str) -> str:
    """At most the first `WORDS` words, with the lines kept."""
    for count, word in enumerate(_WORD.finditer(text), start=1):
        if count > WORDS:
            return text[: word.start()].rstrip()
    return text
