"""What a notification about a post leads to: the post, as long as its reader may open it."""

import pytest

from forum import actions
from forum.models import Question
from notifications.subjects import find
from tests import factories

pytestmark = pytest.mark.django_db


def key(post) -> tuple[str, int]:
    return post.kind, post.pk


def test_a_shown_post_is_found_with_its_question(ana, ben, question, answer):
    comment = factories.make_comment(ben, answer)
    found = find([key(question), key(answer), key(comment)], ana)
    assert {subject.title for subject in found.values()} == {question.title}
    assert found[key(answer)].url == answer.get_absolute_url()
    assert found[key(comment)].url == comment.get_absolute_url()


def test_a_held_post_is_found_by_its_author_alone(newt, eve, question):
    held = [factories.make_question(newt), factories.make_answer(newt, question)]
    assert set(find([key(post) for post in held], newt)) == {key(post) for post in held}
    assert find([key(post) for post in held], eve) == {}


def test_a_hidden_post_is_found_by_its_author_while_its_page_opens(ana, ben, eve, question, answer):
    actions.hide(post=answer)
    assert key(answer) in find([key(answer)], ben)
    assert find([key(answer)], eve) == {}
    actions.hide(post=question)
    assert find([key(answer)], ben) == {}
    assert key(question) in find([key(question)], ana)


def test_a_removed_post_leads_nowhere(newt):
    held = factories.make_question(newt)
    actions.take_back(post=held)
    assert find([key(held)], newt) == {}


def test_a_question_for_members_is_found_by_members(ana, ben):
    inside = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    assert key(inside) in find([key(inside)], ben)


def test_it_takes_one_statement_for_each_kind(ana, question, answer, django_assert_num_queries):
    with django_assert_num_queries(2):
        find([key(question), key(answer)], ana)
