"""What authors find on their own pages of what the moderators did and wrote."""

import uuid

import pytest

import forum.actions
from moderation import actions
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


def decide(action, post, moderator, **fields):
    item = item_of(post)
    action(item=item, version=item.version, moderator=moderator, **fields)
    post.refresh_from_db()


def question_page(who, question) -> str:
    return sign_in(who).get(question.get_absolute_url()).text


def edit_page(who, post) -> str:
    return sign_in(who).get(f"/{post.kind}s/{post.pk}/edit/").text


def test_why_a_post_waits(held, newt):
    for page in (question_page(newt, held), edit_page(newt, held)):
        assert "We read what new members write before others do" in page


def test_what_to_change(held, newt, mia):
    decide(actions.ask_for_changes, held, mia, words=WORDS)
    assert WORDS in question_page(newt, held)
    assert "What the moderators wrote to you" in edit_page(newt, held)
    assert WORDS in edit_page(newt, held)


def test_why_a_change_was_not_published(ana, ben, question, mia):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    decide(actions.reject, question, mia, rule="advertising", words="No advertising, please.")
    assert "No advertising, please." in question_page(ana, question)
    assert "No advertising, please." not in question_page(ben, question)
    assert "www.example.net" in edit_page(ana, question)


def test_what_a_moderator_changed_and_why(newt, ben, mia, question):
    asked = factories.make_question(newt, body="Dr Miller says that it is nothing at all. Is he right?")
    body = "[…] says that it is nothing at all. Is he right?"
    decide(actions.edit_and_approve, asked, mia, title=asked.title, body=body, words="I took a name out.")
    assert "I took a name out." in question_page(newt, asked)
    page = edit_page(newt, asked)
    assert "What the moderators changed before it was published" in page
    assert "I took a name out." in page
    assert "Miller</del>" in page
    for trace in ("Miller", "I took a name out."):
        assert trace not in question_page(ben, asked)


@pytest.mark.parametrize("kind", ["question", "answer"])
def test_why_a_post_was_hidden(request, kind, question, mia, ben):
    post = request.getfixturevalue(kind)
    author = post.author
    actions.report(thing=post, reporter=None, reason="unkind", note="", contact="", submission_key=uuid.uuid4())
    decide(actions.hide, post, mia, rule="unkind", words="This attacks somebody.")
    assert "This attacks somebody." in question_page(author, question)
