"""What the database refuses, whoever writes to it."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forum.models import Answer, Comment, Edit, Follow, Helpful, Question, SameQuestion, Saved, Telling, Visit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(ben, question) -> Comment:
    return factories.make_comment(ben, question)


def refused(change) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


@pytest.mark.parametrize("name", ["question", "answer", "comment"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"published_at": None},
        {"status": "pending"},
        {"shown_to_members": False},
        {"status": "removed", "shown_to_members": False, "shown_to_all": False},
        {"alias": 0},
    ],
)
def test_a_post_that_contradicts_itself(request, comment, answer, name, wrong):
    post = request.getfixturevalue(name)
    refused(lambda: type(post).objects.filter(pk=post.pk).update(**wrong))


@pytest.mark.parametrize("name", ["question", "answer", "comment"])
def test_the_same_form_twice(request, comment, answer, name):
    post = request.getfixturevalue(name)
    twin = type(post).objects.get(pk=post.pk)
    twin.pk, twin._state.adding = None, True
    refused(lambda: twin.save())


def test_a_question_for_members_that_is_shown_to_all(question):
    refused(lambda: Question.objects.filter(pk=question.pk).update(audience="members"))


@pytest.mark.parametrize("wrong", [{"basis": "clinician"}, {"rank": 0}, {"basis": "support"}])
def test_an_answer_that_is_not_what_it_says(answer, wrong):
    refused(lambda: Answer.objects.filter(pk=answer.pk).update(**wrong))


def test_a_clinician_without_a_name(cleo, question):
    reply = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    refused(lambda: Answer.objects.filter(pk=reply.pk).update(alias=2))


def test_one_follow_or_telling_of_two_things_or_of_none(ana, ben, question, topic):
    answer = factories.make_answer(ben, question)
    Telling.objects.all().delete()
    refused(lambda: Follow.objects.create(member=ana, topic=topic, person=ben))
    refused(lambda: Follow.objects.create(member=ana, person=ana))
    refused(lambda: Telling.objects.create(question=question, answer=answer))
    refused(Telling.objects.create)


def test_saved_or_visited_twice(ana, question):
    for model, more in ((Saved, {}), (Visit, {"seen_at": timezone.now()})):
        model.objects.create(question=question, member=ana, **more)
        refused(lambda model=model, more=more: model.objects.create(question=question, member=ana, **more))


def test_a_mark_twice(ana, question, answer):
    SameQuestion.objects.create(question=question, member=ana)
    refused(lambda: SameQuestion.objects.create(question=question, member=ana))
    Helpful.objects.create(answer=answer, member=ana)
    refused(lambda: Helpful.objects.create(answer=answer, member=ana))


def test_a_text_of_nothing_or_of_two_posts(question, answer):
    refused(lambda: Edit.objects.create(state="live", body="Text."))
    refused(lambda: Edit.objects.create(question=question, answer=answer, state="superseded", body="Text."))


@pytest.mark.parametrize("state", ["live", "held"])
def test_two_texts_that_are_shown_or_that_wait(question, state):
    Edit.objects.filter(question=question).update(state=state, listed_at=None)
    refused(lambda: Edit.objects.create(question=question, state=state, body="Text."))


def test_a_text_that_waits_in_the_public_history(question):
    refused(lambda: Edit.objects.filter(question=question).update(state="held"))


def test_a_redacted_text_with_words(question):
    refused(lambda: Edit.objects.create(question=question, state="redacted", body="Text."))


def test_a_counter_below_nothing(question):
    refused(lambda: Question.objects.filter(pk=question.pk).update(same_count=-1))


def test_a_post_whose_row_is_deleted(question, answer):
    with pytest.raises(IntegrityError):
        question.delete()


def test_an_erased_author_leaves_the_post(ben, answer):
    Answer.objects.filter(pk=answer.pk).update(author=None)
    answer.refresh_from_db()
    assert answer.byline.name == "A former member"


def test_two_posts_of_erased_authors_do_not_collide(ana, ben, question):
    key = uuid.uuid4()
    for author in (ana, ben):
        post = factories.make_answer(author, question)
        Answer.objects.filter(pk=post.pk).update(author=None, submission_key=key)
    assert Answer.objects.filter(submission_key=key).count() == 2
