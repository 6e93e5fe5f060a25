"""What the page of a question says to machines: exactly what a guest reads on it, in the words of schema.org."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.http import absolute
from core.structured import Node, crumbs, node
from core.text import words
from forum.models import Answer, Post, Question
from forum.thread import Shown, Thread


def question_page(thread: Thread, question: Question, user: User | AnonymousUser) -> list[Node]:
    """Only of what search engines may have, and only on the page as everybody gets it."""
    if user.is_authenticated or not question.is_for_search_engines:
        return []
    page = [crumbs(_trail(question))]
    # A question that nobody has answered is no page of answers yet.
    if answers := [one for one in thread.answers if isinstance(one.post, Answer) and one.post.collapsed_at is None]:
        page.append(node("QAPage", mainEntity=_question(thread, question, answers)))
    return page


def _trail(question: Question) -> Iterator[tuple[str, str]]:
    yield _("Questions"), reverse("forum:questions")
    for topic in (question.topic.parent, question.topic):
        if topic:
            yield topic.name, topic.get_absolute_url()


def _question(thread: Thread, question: Question, shown: Sequence[Shown]) -> Node:
    answers = [(one, _answer(one, one.post)) for one in shown]
    return node(
        "Question",
        name=question.title,
        **_post(thread.question, question),
        answerCount=question.answers_count,
        upvoteCount=question.same_count,
        acceptedAnswer=[said for one, said in answers if one.post.helped_at],
        suggestedAnswer=[said for one, said in answers if not one.post.helped_at],
    )


def _answer(one: Shown, answer: Answer) -> Node:
    return node("Answer", **_post(one, answer), upvoteCount=answer.helpful_count)


def _post(one: Shown, post: Post) -> dict[str, Any]:
    byline = post.byline
    return {
        "text": words(post.body_html),
        "url": absolute(post.get_absolute_url()),
        "author": node("Person", name=byline.name, url=absolute(byline.url) if byline.url else None),
        "datePublished": post.published_at,
        "dateModified": post.edited_at,
        # Beyond those on the page nobody counts them.
        "commentCount": None if one.has_more_comments else len(one.comments),
    }
