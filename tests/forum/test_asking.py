"""Asking: published or held, once, and seen by nobody too early."""

import pytest

from forum.models import Edit, Question
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_known_member_is_published_at_once(ana, topic):
    question = factories.make_question(ana)
    assert (question.status, question.shown_to_all) == ("published", True)
    assert question.edits.get().state == Edit.State.LIVE


def test_a_new_member_waits_for_a_moderator(newt, mia):
    question = factories.make_question(newt)
    assert (question.status, question.shown_to_members) == ("pending", False)
    factories.approve(question, mia)
    assert (question.status, question.shown_to_all) == ("published", True)
    newt.refresh_from_db()
    assert (newt.published_count, newt.unread_count) == (1, 1)


def test_an_answer_is_counted_and_told(ana, ben, question):
    factories.make_answer(ben, question)
    question.refresh_from_db()
    ana.refresh_from_db()
    assert (question.answers_count, ana.unread_count) == (1, 1)
    assert Question.objects.unanswered().count() == 0


def test_an_article_can_be_made(article):
    assert article.state == "published"
