"""Taking back can be undone by its author, for seven days, and everything is then what it was."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from core.rulings import Refused
from forum import actions, privacy
from forum.models import Edit, Question
from search.models import Entry
from tests import factories

UNDO = "Undo: put it back"
LINK = "See https://unknown-remedies.example/cure for what I took."

pytestmark = pytest.mark.django_db


def put_back(browser_of, post):
    return browser_of(post.author).post(reverse(f"forum:put_back_{post.kind}", args=[post.pk]))


def as_stored(post) -> dict[str, object]:
    return type(post).objects.filter(pk=post.pk).values().get() | {
        "edits": list(Edit.objects.about(post).values("pk", "state")),
        "question": Question.objects.filter(pk=post.question_id).values().get(),
        "tags": list(post.question.taggings.values("tag", "shown_to_all", "is_answered")),
        "document": Entry.objects.filter(kind="question", object_id=post.question_id).values("title", "answer").first(),
        "author": type(post.author).objects.values("published_count", "helped_count").get(pk=post.author_id),
    }


def test_what_was_published_is_again_what_it_was(browser_of, ana, ben, question, answer):
    alone = factories.make_question(ana, tags="sleep, coffee")
    remark = factories.make_comment(ben, question)
    actions.mark_helped(answer=answer)
    for post in (alone, answer, remark):
        before = as_stored(post)
        actions.take_back(post=post)
        assert as_stored(post) != before
        assert put_back(browser_of, post).status_code == 303
        assert as_stored(post) == before
    assert actions.recount(check=True) == []


def test_what_waited_waits_again(browser_of, newt, mia):
    held, returned = factories.make_question(newt), factories.make_question(newt)
    item = factories.item_of(returned)
    moderation.actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please say since when.")
    for post, status in ((held, "pending"), (returned, "returned")):
        before = as_stored(post)
        actions.take_back(post=post)
        put_back(browser_of, post)
        assert as_stored(post) == before
        post.refresh_from_db()
        assert post.status == status
    assert held.reviewitems.open().get().held_for[0]["rule"] == "first_post"
    assert not returned.reviewitems.open().exists()


def test_a_change_that_waited_waits_again_and_the_earlier_text_is_up(browser_of, ana, mia, question):
    actions.edit(post=question, editor=ana, title=question.title, body=LINK)
    before = as_stored(question)
    actions.take_back(post=question)
    put_back(browser_of, question)
    assert as_stored(question) == before
    factories.approve(question, mia)
    assert question.body == LINK


def test_what_was_reported_is_looked_at_after_all(browser_of, question, eve):
    report = {"reason": "unkind", "note": "", "contact": "", "submission_key": uuid.uuid4()}
    moderation.actions.report(thing=question, reporter=eve, **report)
    actions.take_back(post=question)
    assert not question.reviewitems.open().exists()
    put_back(browser_of, question)
    assert len(question.reviewitems.open().get().reported) == 1


def test_nobody_else_puts_it_back_and_nobody_what_moderators_took_away(browser_of, ana, eve, question, answer):
    actions.take_back(post=answer)
    assert browser_of(eve).post(reverse("forum:put_back_answer", args=[answer.pk])).status_code == 404
    actions.hide(post=question)
    assert put_back(browser_of, question).status_code == 403


def test_after_seven_days_it_cannot_be_undone(browser_of, ana, question):
    actions.take_back(post=question)
    Question.objects.filter(pk=question.pk).update(removed_at=timezone.now() - timedelta(days=7))
    assert put_back(browser_of, question).status_code == 403
    assert browser_of(ana).get(question.get_absolute_url()).status_code == 410
    assert question.title in browser_of(ana).get(reverse("forum:mine")).content.decode()


def test_its_address_shows_its_author_how_to_undo_it_and_nobody_else(browser_of, ana, ben, eve, mia, question, answer):
    actions.take_back(post=answer)
    page = browser_of(ben).get(question.get_absolute_url()).content.decode()
    assert UNDO in page
    assert answer.body in page
    assert answer.body not in browser_of(eve).get(question.get_absolute_url()).content.decode()
    assert UNDO in browser_of(ben).get(reverse("forum:mine")).content.decode()
    actions.take_back(post=question)
    assert UNDO in browser_of(ana).get(question.get_absolute_url()).content.decode()
    for other in (browser_of(eve), browser_of(mia), Client()):
        assert other.get(question.get_absolute_url()).status_code == 410


def test_how_it_went_is_not_put_back_beside_what_is_told_since(ana, question):
    first = factories.make_comment(ana, question, "Better.", is_outcome=True)
    actions.take_back(post=first)
    factories.make_comment(ana, question, "Not better.", is_outcome=True)
    with pytest.raises(Refused):
        actions.put_back(post=first)


def test_where_others_wrote_it_says_so_and_leads_to_the_moderators(browser_of, ana, question, answer):
    client = browser_of(ana)
    page = client.get(reverse("forum:edit_question", args=[question.pk])).content.decode()
    assert "Others have written below it" in page
    report = reverse("moderation:report", args=["question", question.pk])
    assert f"{report}?reason=personal" in page
    assert client.get(f"{report}?reason=personal").status_code == 200


def test_what_was_taken_back_goes_when_its_author_leaves(ana, question):
    actions.take_back(post=question)
    privacy.erase(ana)
    question.refresh_from_db()
    assert (question.title, question.body) == ("", "")
    assert not Edit.objects.about(question).exclude(body="").exists()
