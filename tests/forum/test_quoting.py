"""A post is quoted in an answer with who wrote it, and never what somebody may not see."""

import pytest
from django.urls import reverse

from core import drafts
from forum import actions
from tests import factories

pytestmark = pytest.mark.django_db


def quoting(client, question, post) -> str:
    """The text in the form that "Quote" leads to."""
    page = client.get(reverse("forum:answer", args=[question.pk]), {"quote": f"{post.kind}-{post.pk}"})
    return page.context["form"]["body"].value() or ""


def test_the_beginning_is_quoted_with_who_wrote_it_and_where(client, ben, question):
    post = factories.make_answer(ben, question, "It went away.\n\n" + "so " * 300)
    page = client.get(question.get_absolute_url()).content.decode()
    assert f"?quote=answer-{post.pk}" in page
    lines = quoting(client, question, post).splitlines()
    assert lines[0] == f"[{ben.name} wrote](/answers/{post.pk}/):"
    assert lines[2:5] == ["> It went away.", ">", lines[4]]
    assert lines[4].endswith("so …")
    assert 590 < len(" ".join(lines[2:])) < 620


def test_whoever_has_no_name_is_quoted_without_one(client, eve, question):
    post = factories.make_answer(eve, question, "I have it too, and it is fine.", anonymous=True)
    said = quoting(client, question, factories.make_comment(eve, post, anonymous=True))
    assert said.startswith("[Anonymous member 2 wrote]")
    assert eve.handle not in said


def test_what_is_not_shown_or_in_another_thread_is_not_quoted(client, ana, ben, newt, question):
    held = factories.make_answer(newt, question)
    client.force_login(newt)
    assert quoting(client, question, held) == ""
    elsewhere = factories.make_question(ben, "Does coffee bring on cramps in the calves?")
    assert quoting(client, question, elsewhere) == ""
    actions.take_back(post=(gone := factories.make_answer(ben, question)))
    assert quoting(client, question, gone) == ""


def test_a_quotation_stands_behind_what_was_begun(client, ben, eve, question, answer):
    path = reverse("forum:answer", args=[question.pk])
    drafts.save(owner_id=eve.pk, form=path, fields={"body": "I thought so, too."})
    client.force_login(eve)
    assert quoting(client, question, answer).startswith(f"I thought so, too.\n\n[{ben.name} wrote]")
