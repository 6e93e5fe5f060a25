"""'This is out of date': who may say it, when readers are told, and that search then quotes it no more."""

import pytest
from django.test import Client
from django.urls import reverse

from forum import actions, documents
from forum.models import Answer
from search.models import Entry
from tests import factories

SEVERAL = "Several members say that this is out of date."

pytestmark = pytest.mark.django_db


@pytest.fixture
def outdated(answer) -> str:
    return reverse("forum:outdated", args=[answer.pk])


def page(answer: Answer) -> str:
    return Client().get(answer.question.get_absolute_url()).content.decode()


def doubt(answer: Answer, times: int) -> None:
    for _ in range(times):
        actions.mark_outdated(answer=answer, member=factories.make_user())


def test_saying_so_counts_once_and_can_be_undone(browser_of, eve, answer, outdated):
    member = browser_of(eve)
    for fields, count in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        part = member.post(outdated, fields, headers={"HX-Request": "true"}).content.decode()
        assert part.startswith(f'<div id="outdated-{answer.pk}">')
        assert ('name="undo"' in part) == bool(count)
        answer.refresh_from_db()
        assert answer.outdated_count == count
    assert actions.recount(check=True) == []


def test_nobody_says_so_of_their_own_answer_or_of_kind_words(browser_of, ben, eve, question, outdated):
    kind = factories.make_answer(ben, question, "Hang in there, it passes.", basis="support")
    assert browser_of(ben).post(outdated).status_code == 403
    assert browser_of(eve).post(reverse("forum:outdated", args=[kind.pk])).status_code == 403


def test_readers_are_told_when_several_say_so_and_the_answer_keeps_its_place(answer):
    rank = answer.rank
    doubt(answer, Answer.SEVERAL - 1)
    assert SEVERAL not in page(answer)
    doubt(answer, 1)
    assert SEVERAL in page(answer)
    answer.refresh_from_db()
    assert answer.rank == rank


def test_one_clinician_or_moderator_is_enough(cleo, mia, answer):
    actions.mark_outdated(answer=answer, member=cleo)
    assert "A clinician says that this is out of date." in page(answer)
    actions.mark_outdated(answer=answer, member=mia)
    assert "The Askwell moderators say that this is out of date." in page(answer)


def test_search_quotes_it_no_more_and_again_when_it_is_taken_back(cleo, eve, question, answer):
    other = factories.make_answer(eve, question, "More salt helped us.", basis="carer")
    actions.mark_helped(answer=answer)
    actions.mark_outdated(answer=answer, member=cleo)
    found = Entry.objects.get(kind="question", object_id=question.pk)
    assert (found.answer, found.stands_on) == (other.body, "Experience of someone a member cares for")
    assert answer.body not in found.body
    assert [one.answer for one in documents.documents()] == [other.body]
    actions.unmark_outdated(answer=answer, member=cleo)
    assert Entry.objects.get(pk=found.pk).answer == answer.body
