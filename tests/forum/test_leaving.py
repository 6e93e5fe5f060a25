"""What the forum gives to a member who asks for their data, and what it takes away when they leave."""

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from accounts.privacy import rooms
from forum import actions, privacy
from forum.models import Answer, Edit, Helpful, Question, SameQuestion
from moderation.models import ReviewItem
from tests import factories

pytestmark = pytest.mark.django_db


def test_they_are_given_all_they_wrote_and_marked(ana, ben, newt, question):
    answer = factories.make_answer(ben, question, "My answer.....!!!!!", anonymous=True)
    factories.make_comment(ben, question, "My comment.")
    asked = factories.make_question(ben, "What is it that I asked once?")
    actions.edit(post=asked, editor=ben, title="What is it that I asked twice?", body="")
    actions.mark_same(question=question, member=ben)
    other = factories.make_answer(ana, question)
    actions.mark_helpful(answer=other, member=ben)
    given = privacy.export(ben)
    text = json.dumps(given, cls=DjangoJSONEncoder)
    for words in (answer.body, "My comment.", "asked once", "asked twice", question.title):
        assert words in text
    assert len(given["i_have_this_too"]) == len(given["this_helped_me"]) == 1


def test_they_are_given_nothing_of_others(ben, eve, question, answer):
    factories.make_comment(eve, answer, "What somebody else wrote.")
    assert "somebody else" not in json.dumps(privacy.export(ben), cls=DjangoJSONEncoder)


def test_what_is_published_stays_without_a_name(ben, question, answer):
    privacy.erase(ben)
    page = Client().get(question.get_absolute_url()).content.decode()
    assert answer.body in page
    assert "A former member" in page
    assert ">ben<" not in page


def test_what_never_was_published_is_taken_away(newt):
    held = factories.make_question(newt, "Something that nobody has read yet?", "Nor this one here, I am quite sure.")
    privacy.erase(newt)
    held.refresh_from_db()
    assert (held.status, held.author, held.title, held.body, held.body_html) == ("removed", None, "", "", "")
    assert not Edit.objects.exclude(body="").exists()
    assert not ReviewItem.objects.open().exists()


def test_a_change_that_nobody_has_read_is_taken_away(ben, answer):
    type(ben).objects.filter(pk=ben.pk).update(trust="new")
    ben.refresh_from_db()
    actions.edit(post=answer, editor=ben, title="", body="Something that waits for a moderator.")
    privacy.erase(ben)
    assert not Edit.objects.filter(body__contains="waits for").exists()
    answer.refresh_from_db()
    assert answer.shown_to_all


def test_their_marks_are_taken_away_and_the_counters_stay_right(ana, eve, question, answer):
    actions.mark_same(question=question, member=eve)
    actions.mark_helpful(answer=answer, member=eve)
    privacy.erase(eve)
    assert not SameQuestion.objects.exists()
    assert not Helpful.objects.exists()
    assert actions.recount(check=True) == []
    assert Answer.objects.get().helpful_count == Question.objects.get().same_count == 0


def test_what_they_published_is_counted_for_nobody(ana, ben, question, answer):
    actions.mark_helped(answer=answer)
    for room in rooms():
        room.erase(ben)
    assert actions.recount(check=True) == []


def test_what_moderators_say_of_a_former_members_question_is_not_shown_to_guests(ana, question):
    actions.edit(post=question, editor=ana, title=question.title, body="See https://unknown.example/ for more on it.")
    assert "for you only" in logged_in(ana).get(question.get_absolute_url()).content.decode()
    Question.objects.update(author=None)
    assert "for you only" not in Client().get(question.get_absolute_url()).content.decode()


def logged_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_leaving_twice_changes_nothing_more(ben, newt, question, answer):
    factories.make_question(newt)
    for _ in range(2):
        privacy.erase(ben)
        privacy.erase(newt)
    assert Answer.objects.get(pk=answer.pk).author is None
    assert Edit.objects.filter(editor=ben).count() == 0
