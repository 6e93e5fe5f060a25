"""What search and suggestions quote of answers: asked anew each time, of what readers are told beside them."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from forum import actions, documents
from forum.models import Answer, Question
from moderation.actions import keep, report
from moderation.models import Report
from search import query
from search.hits import Hit
from tests import factories

SAID = "Salt and water settled my stomach twitching."
ALSO_SAID = "A banana settled the twitching for my sister."
ASKED = "Stomach twitching after a bug"

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(ben, question) -> Answer:
    return factories.make_answer(ben, question, SAID)


def suggested(question: Question) -> Hit:
    return next(hit for hit in query.suggest(ASKED, user=AnonymousUser()) if hit.object_id == question.pk)


def snippet(text: str, question: Question) -> str:
    found = query.search(text, user=AnonymousUser(), kind="question").hits
    return next(hit.sentence for hit in found if hit.object_id == question.pk)


def report_it(answer: Answer, reporter: User) -> Report:
    return report(
        thing=answer, reason="advertising", note="", contact="", reporter=reporter, submission_key=uuid.uuid4()
    )


def test_an_answer_is_quoted_with_what_it_stands_on(question, answer):
    hit = suggested(question)
    assert (hit.sentence, hit.stands_on) == (SAID, "A member’s experience")


def silenced(answer, eve):
    User.objects.filter(pk=answer.author_id).update(silenced_until=timezone.now() + timedelta(days=1))


def suspended(answer, eve):
    User.objects.filter(pk=answer.author_id).update(suspended_until=timezone.now() + timedelta(days=1))


def said_to_be_out_of_date(answer, eve):
    # As if the index had not heard of it.
    Answer.objects.filter(pk=answer.pk).update(outdated_count=Answer.SEVERAL)


def collapsed(answer, eve):
    Answer.objects.filter(pk=answer.pk).update(collapsed_at=timezone.now())


@pytest.mark.parametrize("becomes", [silenced, suspended, said_to_be_out_of_date, collapsed, report_it])
def test_what_is_reported_or_doubted_or_of_a_sanctioned_member_is_not_quoted(question, answer, eve, becomes):
    becomes(answer, eve)
    hit = suggested(question)
    assert (hit.title, hit.sentence, hit.stands_on) == (question.title, "", "")
    assert SAID not in snippet("salt water stomach", question)


def test_it_is_quoted_again_once_a_moderator_let_it_stand_or_the_sanction_is_over(question, answer, eve, mia):
    report_it(answer, eve)
    item = factories.item_of(answer)
    keep(item=item, version=item.version, moderator=mia, last_report=Report.objects.latest("pk").pk)
    User.objects.filter(pk=answer.author_id).update(silenced_until=timezone.now() - timedelta(minutes=1))
    assert suggested(question).sentence == SAID


def test_of_a_second_answer_that_is_reported_search_shows_no_words_either(question, answer, eve, cleo):
    actions.mark_helped(answer=answer)
    other = factories.make_answer(cleo, question, ALSO_SAID)
    assert snippet("banana sister", question) == ALSO_SAID
    report_it(other, eve)
    assert "banana" not in snippet("banana sister", question)
    assert suggested(question).sentence == SAID


def test_a_suspended_author_without_a_name_is_quoted_no_more_either(question, ben, eve):
    hidden = factories.make_answer(ben, question, SAID, anonymous=True)
    assert suggested(question).sentence == SAID
    suspended(hidden, eve)
    assert suggested(question).sentence == ""


def test_asking_costs_one_statement_however_many_answers(question, ben, django_assert_max_num_queries):
    ids = [factories.make_answer(ben, question).pk for _ in range(8)]
    with django_assert_max_num_queries(1):
        assert documents.quotable(ids) == set(ids)
