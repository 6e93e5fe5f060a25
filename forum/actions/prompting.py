"""Articles that are written because of questions: begun, published, changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import articles.actions
import search.index
from accounts.models import User
from articles.models import Article, Topic
from forum import documents
from forum.actions.publishing import hold
from forum.models import Answer, Prompt, Question, SecondLook, Telling

# What of a text an answer may rest on. Corrections of form change none of it.
SUBSTANCE = {"body", "key_points", "help_emergency", "help_soon", "help_visit", "correction_box"}
AT_ONCE = 500


@transaction.atomic
def start_article(*, editor: User, title: str, topic: Topic, questions: Iterable[Question], note: str) -> Article:
    """A draft that these questions lead to once readers have it."""
    article = articles.actions.create(editor=editor, title=title, topic=topic, note=note)
    for question in questions:
        link_question(article=article, question=question)
    return article


@transaction.atomic
def link_question(*, article: Article, question: Question) -> None:
    """Have a question lead to an article, and tell who asked and who follows it once readers have that. Doing it twice
    does nothing."""
    # Both are held: it is published before this or after, and the question is not joined with another one meanwhile.
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    question = hold(question.pk)
    _prompt, is_new = Prompt.objects.get_or_create(article=article, question=question)
    if is_new and Article.objects.published().filter(pk=article.pk).exists():
        _announce(article)


@transaction.atomic
def unlink_question(*, article: Article, question: Question) -> None:
    """The question leads there no more. Who was told of it by now was."""
    question = hold(question.pk)
    if Prompt.objects.filter(article=article, question=question).delete()[0]:
        documents.index(question)


def article_published(article: Article, changes: Collection[str]) -> None:
    """Readers have a new text: see articles.publishing. Locks nothing here, as whoever publishes holds the article: the
    worker brings the questions up to date, and tells."""
    _announce(article)
    is_first = article.published_at == article.live_since
    if not is_first and not SUBSTANCE.isdisjoint(changes):
        _ask_for_second_looks(article)


def article_came_or_went(article: Article) -> None:
    """The questions that it answers, or that it was written because of, are listed under it, or again where they were.
    Locks none of them, as above."""
    about = Question.objects.filter(Q(answered_by=article) | Q(prompts__article=article), shown_to_members=True)
    for question_id, origin in set(about.with_origin().values_list("pk", "origin_id")):
        search.index.mark(documents.KIND, question_id, origin=origin)


def settle_second_look(*, second_look: SecondLook) -> None:
    """Somebody has looked at the answer, and it fits or the moderators know. Doing it twice does nothing."""
    SecondLook.objects.filter(pk=second_look.pk, looked_at=None).update(looked_at=timezone.now())


def _announce(article: Article) -> None:
    new = Prompt.objects.filter(article=article, announced_at=None)
    tellings = [Telling(prompt=prompt) for prompt in new]
    new.filter(pk__in=[telling.prompt_id for telling in tellings]).update(announced_at=timezone.now())
    Telling.objects.bulk_create(tellings, ignore_conflicts=True)


def _ask_for_second_looks(article: Article) -> None:
    """Of what helped somebody under a question that was asked from the article, is answered by it, or led to it."""
    questions = Question.objects.filter(Q(article=article) | Q(answered_by=article) | Q(prompts__article=article))
    helped = Answer.objects.filter(shown_to_members=True, helped_at__isnull=False, question__in=questions.values("pk"))
    looks = (SecondLook(answer_id=pk, article=article) for pk in helped.values_list("pk", flat=True))
    SecondLook.objects.bulk_create(looks, batch_size=AT_ONCE, ignore_conflicts=True)
