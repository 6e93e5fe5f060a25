"""What search knows of a question: what is shown, as one document, and never by whom."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forum import actions, documents
from forum.models import Answer, Question
from search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db


def entry(question: Question) -> Entry | None:
    return Entry.objects.filter(kind="question", object_id=question.pk).first()


def test_a_published_question_is_found(article, ana):
    question = factories.make_question(ana, article=article, body="It **flutters** on the left.")
    found = entry(question)
    assert (found.title, found.url) == (question.title, question.get_absolute_url())
    assert found.body == "It flutters on the left."
    assert (found.topic, found.origin, found.audience) == (question.topic.slug, article.pk, "all")
    assert (found.answer, found.stands_on, found.answers_count) == ("", "", 0)


def test_a_held_question_is_not_in_the_index_until_it_is_published(newt, mia):
    question = factories.make_question(newt)
    assert entry(question) is None
    factories.approve(question, mia)
    assert entry(question) is not None


def test_a_hidden_question_leaves_the_index(question):
    actions.hide(post=question)
    assert entry(question) is None


def test_a_question_for_members_is_in_the_index_for_members(ana):
    question = factories.make_question(ana, audience=Question.Audience.MEMBERS)
    assert entry(question).audience == "members"
    assert set(documents.readable([question.pk], ana)) == {(question.pk,)}
    assert not documents.readable([question.pk], AnonymousUser()).exists()


def test_the_best_answer_is_what_answers(ben, eve, question):
    first = factories.make_answer(ben, question, "Mine went away by itself.")
    better = factories.make_answer(eve, question, "More salt helped us.", basis="carer")
    assert entry(question).answer == first.body
    actions.mark_helped(answer=better)
    found = entry(question)
    assert (found.answer, found.stands_on) == (better.body, "Experience of someone a member cares for")
    assert first.body in found.body
    assert better.body not in found.body
    assert (found.helped, found.answers_count) == (True, 2)
    actions.unmark_helped(answer=better)
    assert (entry(question).answer, entry(question).helped) == (first.body, False)


@pytest.mark.parametrize("basis", [basis for basis in Answer.Basis.values if basis != "support"])
def test_what_an_answer_stands_on_is_said_in_words(cleo, question, basis):
    credential = cleo.credentials.get() if basis == "clinician" else None
    factories.make_answer(cleo, question, basis=basis, credential=credential)
    assert entry(question).stands_on
    assert entry(question).clinician == (basis == "clinician")


def test_kind_words_comments_and_held_answers_are_not_in_it(ben, newt, question):
    factories.make_answer(ben, question, "Hang in there, you brave one.", basis="support")
    factories.make_answer(newt, question, "Something unread from somebody new.")
    factories.make_comment(ben, question, "A remark in passing on it.")
    found = entry(question)
    assert (found.answer, found.body) == ("", question.body)


def test_a_hidden_answer_leaves_the_document(ben, eve, question):
    hidden = factories.make_answer(ben, question, "Something that was wrong.")
    factories.make_answer(eve, question, "Something that was right.")
    actions.hide(post=hidden)
    found = entry(question)
    assert "wrong" not in found.answer + found.body
    assert found.answers_count == 1


def test_a_changed_question_is_found_by_its_new_words(ana, question):
    actions.edit(post=question, editor=ana, title="Why does my elbow flutter so much at night?", body="It does.")
    found = entry(question)
    assert "elbow" in found.title
    assert found.url == Question.objects.get(pk=question.pk).get_absolute_url()


def test_a_change_that_is_held_leaves_the_old_words(ana, question, monkeypatch):
    type(ana).objects.filter(pk=ana.pk).update(trust="new")
    ana.refresh_from_db()
    actions.edit(post=question, editor=ana, title="Why does my elbow flutter so much at night?", body="It does.")
    assert entry(question).title == question.title


def test_nobody_is_named(ana, ben, question, answer):
    found = entry(question)
    text = " ".join(str(value) for value in vars(found).values())
    assert "ana" not in text.lower().split()
    assert "ben" not in text.lower().split()


def test_only_the_best_answers_and_the_first_words_are_in_it(question):
    for number in range(8):
        factories.make_answer(factories.make_user(), question, f"answer{number} " + "word " * 600)
    found = entry(question)
    assert "answer0" in found.answer
    assert "answer3" in found.body
    assert len(found.body.split()) <= documents.WORDS
    assert "answer5" not in found.body


def test_reindexing_gives_the_same_documents(ana, ben, newt, article, question, answer, monkeypatch):
    monkeypatch.setattr("forum.documents.AT_ONCE", 2)
    factories.make_question(newt)
    for _ in range(4):
        factories.make_answer(ben, factories.make_question(ana, article=article))
    again = {one.object_id: one for one in documents.documents()}
    assert set(again) == set(Entry.objects.filter(kind="question").values_list("object_id", flat=True))
    for found in Entry.objects.filter(kind="question"):
        one = again[found.object_id]
        assert (found.title, found.body, found.answer, found.stands_on) == (
            one.title,
            one.body,
            one.answer,
            one.stands_on,
        )
