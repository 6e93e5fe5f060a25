"""Counters equal the rows they count, and `recount` puts right what does not."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from forum import actions
from forum.models import Answer, Question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(ana, ben, cleo, eve, newt, question, answer) -> Question:
    """A thread in which about everything has happened."""
    by_clinician = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    unnamed = factories.make_answer(eve, question, anonymous=True)
    factories.make_answer(ben, question, "Hang in there, it passes.", basis="support")
    factories.make_answer(newt, question)
    hidden = factories.make_answer(eve, question)
    factories.make_comment(ben, answer)
    for one in (answer, by_clinician, unnamed, hidden):
        actions.mark_helpful(answer=one, member=ana)
        actions.mark_helped(answer=one)
    actions.unmark_helpful(answer=unnamed, member=ana)
    actions.mark_same(question=question, member=ben)
    actions.hide(post=hidden)
    return question


def test_the_actions_keep_every_counter_right(busy):
    assert actions.recount(check=True) == []
    busy.refresh_from_db()
    assert (busy.answers_count, busy.helped_count, busy.same_count, busy.clinician_replied) == (3, 3, 1, True)
    counts = {user.handle: (user.published_count, user.helped_count) for user in User.objects.all()}
    assert counts["ben"] == (3, 1)
    assert counts["eve"] == (1, 0)
    assert counts["newt"] == (0, 0)


def test_what_is_hidden_and_put_back_is_counted_once(busy, ben, answer):
    for _ in range(2):
        actions.hide(post=answer)
        actions.hide(post=answer)
        assert Question.objects.get(pk=busy.pk).answers_count == 2
        actions.publish(post=answer)
        actions.publish(post=answer)
        assert Question.objects.get(pk=busy.pk).answers_count == 3
    assert actions.recount(check=True) == []


def test_a_stale_row_in_hand_does_not_count_twice(ana, answer):
    stale = Answer.objects.get(pk=answer.pk)
    actions.mark_helped(answer=answer)
    actions.hide(post=stale)
    assert actions.recount(check=True) == []


def test_the_label_of_a_clinicians_reply_goes_with_the_reply(cleo, question):
    reply = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    actions.hide(post=reply)
    assert not Question.objects.get(pk=question.pk).clinician_replied


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Question, {"answers_count": 9}),
        (Question, {"helped_count": 9, "same_count": 9}),
        (Question, {"clinician_replied": False}),
        (Answer, {"helpful_count": 9}),
        (User, {"published_count": 9}),
        (User, {"helped_count": 9}),
    ],
)
def test_recount_heals(busy, model, wrong):
    model.objects.update(**wrong)
    found = actions.recount(check=True)
    assert any(name in line for line in found for name in wrong)
    assert actions.recount() == found
    assert actions.recount(check=True) == []


def test_recount_heals_the_order(busy):
    right = list(Answer.objects.ranked())
    Answer.objects.exclude(rank=0).update(rank=5)
    actions.recount()
    assert list(Answer.objects.ranked()) == right


def test_the_command_says_what_it_found(busy, capsys):
    call_command("recount", "--check")
    assert "Every counter is right." in capsys.readouterr().out
    Question.objects.update(same_count=7)
    with pytest.raises(CommandError, match="Counters that differ: 1"):
        call_command("recount", "--check")
    assert f"question {busy.pk} same_count: 7, counted 1" in capsys.readouterr().out
    call_command("recount")
    call_command("recount", "--check")


def test_recount_asks_a_few_statements_however_many_rows(busy, django_assert_max_num_queries):
    for _ in range(20):
        factories.make_question(factories.make_user())
    with django_assert_max_num_queries(4):
        actions.recount(check=True)
