"""Whoever wrote under their name may take it off later: in the whole thread, everywhere at once, for ever."""

import pytest
from django.urls import reverse

from accounts.models import User
from forum import actions
from forum.models import Answer, Comment, Question
from notifications.actions import notify
from notifications.models import Notification
from tests import factories

pytestmark = pytest.mark.django_db

NAME = "Zebediah"


@pytest.fixture
def zeb(db) -> User:
    return factories.make_user("zeb", display_name=NAME)


@pytest.fixture
def said(zeb, question) -> tuple[Answer, Comment]:
    answer = factories.make_answer(zeb, question)
    return answer, factories.make_comment(zeb, question)


def take_off(client, question: Question):
    return client.post(reverse("forum:name_off", args=[question.pk]))


def test_all_that_they_wrote_in_the_thread_is_named_before_it_is_done(browser_of, zeb, question, said):
    page = browser_of(zeb).get(reverse("forum:name_off", args=[question.pk])).content.decode()
    assert all(post.body in page for post in said)
    assert not any(post.alias for post in said)


def test_the_name_is_nowhere_any_more(browser_of, client, zeb, question, said):
    pages = [
        question.get_absolute_url(),
        reverse("forum:feed_of_question", args=[question.pk]),
        reverse("forum:comment_question", args=[question.pk]),
        "/members/zeb/?show=answers",
    ]
    before = [client.get(path).content.decode() for path in pages]
    assert [NAME in page for page in before] == [True, True, True, True]
    assert take_off(browser_of(zeb), question).status_code == 303
    after = [client.get(path).content.decode() for path in pages]
    assert [NAME in page for page in after] == [False, False, False, True]
    assert said[0].body not in after[-1]
    assert "Anonymous member 2" in after[0]


def test_what_helped_is_counted_for_nobody(browser_of, zeb, question, said):
    actions.mark_helped(answer=said[0])
    take_off(browser_of(zeb), question)
    zeb.refresh_from_db()
    assert zeb.helped_count == 0
    assert actions.recount(check=True) == []


def test_a_question_and_all_that_its_asker_wrote_are_the_anonymous_askers(browser_of, ana, question):
    comment = factories.make_comment(ana, question)
    take_off(browser_of(ana), question)
    question.refresh_from_db()
    comment.refresh_from_db()
    assert (question.alias, comment.alias) == (1, 1)
    assert factories.make_comment(ana, question).alias == 1


def test_what_was_never_named_keeps_its_number(browser_of, zeb, question, said):
    """The named one is remembered: one number for both would tell whose the other is."""
    hidden = factories.make_comment(zeb, question, anonymous=True)
    take_off(browser_of(zeb), question)
    hidden.refresh_from_db()
    assert hidden.alias == 2
    assert set(Answer.objects.filter(author=zeb).values_list("alias", flat=True)) == {3}
    assert factories.make_comment(zeb, question, "And one more remark.", anonymous=True).alias in (2, 3)


def test_followers_of_the_person_are_not_told_any_more(browser_of, zeb, eve, ana, question, said):
    notify([eve.pk], kind="followed", subject=("answer", said[0].pk), actor_id=zeb.pk)
    take_off(browser_of(zeb), question)
    assert not Notification.objects.shown_to(eve).exists()
    assert Notification.objects.shown_to(ana).filter(subject_kind="answer").exists()
    eve.refresh_from_db()
    assert eve.unread_count == 0


def test_what_a_clinician_answered_stands_on_the_name(browser_of, cleo, question):
    answer = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    assert take_off(browser_of(cleo), question).status_code == 403
    comment = factories.make_comment(cleo, question)
    assert "keeps your name" in browser_of(cleo).get(reverse("forum:name_off", args=[question.pk])).content.decode()
    take_off(browser_of(cleo), question)
    answer.refresh_from_db()
    comment.refresh_from_db()
    assert (answer.alias, comment.alias) == (None, 2)


def test_an_asker_who_answered_as_a_clinician_would_be_known(browser_of, cleo, topic):
    asked = factories.make_question(cleo, topic=topic)
    factories.make_answer(cleo, asked, basis="clinician", credential=cleo.credentials.get())
    assert take_off(browser_of(cleo), asked).status_code == 403


def test_done_twice_it_is_done_once(zeb, question, said):
    actions.take_name_off(user=zeb, question=question)
    actions.take_name_off(user=zeb, question=question)
    assert set(Answer.objects.filter(author=zeb).values_list("alias", flat=True)) == {2}


def test_nobody_takes_off_the_name_of_others(browser_of, eve, mia, question, said):
    assert take_off(browser_of(eve), question).status_code == 403
    assert take_off(browser_of(mia), question).status_code == 403
    assert Answer.objects.get(pk=said[0].pk).alias is None
