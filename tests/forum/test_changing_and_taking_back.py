"""What an author may still do: follow where it stands, change it, take it back."""

import pytest
from django.urls import reverse

from core.rulings import Refused
from forum import actions
from forum.models import Answer, Edit, Question
from moderation.actions import ask_for_changes
from tests import factories

MINE = reverse("forum:mine")
TITLE = "Twitching under my ribs every night, is it the same thing?"
BODY = "It started about two weeks ago, mostly when I lie down."
CHANGED = "It started about three weeks ago, mostly when I lie down."

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(newt) -> Question:
    return factories.make_question(newt, TITLE, BODY)


def edit_of(post) -> str:
    return reverse(f"forum:edit_{post.kind}", args=[post.pk])


def shown(post) -> int:
    """The version that a form opened now has."""
    return actions.last_text(post).pk


def send_back(post, moderator, words="Please say since when.") -> None:
    item = factories.item_of(post)
    ask_for_changes(item=item, version=item.version, moderator=moderator, words=words)
    post.refresh_from_db()


def test_mine_lists_every_state_with_words(client, newt, mia, held):
    returned = factories.make_question(newt, "Which plaster holds on a wet thumb?")
    send_back(returned, mia)
    taken_back = factories.make_question(newt, "Does hot tea make hiccups worse?")
    actions.take_back(post=taken_back)
    client.force_login(newt)
    page = client.get(MINE).content.decode()
    for words in (TITLE, "Waiting for a moderator", "We cannot say how long", "Back with you", "Taken back by you"):
        assert words in page


def test_mine_shows_nobody_elses(client, ana, held):
    client.force_login(ana)
    assert TITLE not in client.get(MINE).content.decode()


def test_a_guest_signs_in_to_see_theirs(client):
    assert client.get(MINE)["Location"].endswith("next=%2Fquestions%2Fmine%2F")


def test_a_changed_held_question_waits_with_its_new_text(client, newt, mia, held):
    version = factories.item_of(held).version
    client.force_login(newt)
    sent = client.post(edit_of(held), {"title": TITLE, "body": CHANGED, "version": shown(held)})
    assert sent.status_code == 303
    held.refresh_from_db()
    assert (held.status, held.body) == ("pending", CHANGED)
    assert factories.item_of(held).version > version
    assert Edit.objects.about(held).get(state="held").body == CHANGED


def test_what_came_back_is_changed_and_sent_again(client, newt, mia, held):
    send_back(held, mia)
    client.force_login(newt)
    page = client.get(edit_of(held)).content.decode()
    assert "Please say since when." in page
    assert BODY in page
    client.post(edit_of(held), {"title": TITLE, "body": CHANGED, "version": shown(held)})
    held.refresh_from_db()
    assert held.status == "pending"
    factories.approve(held, mia)
    assert (held.status, held.body) == ("published", CHANGED)


def test_a_held_change_leaves_the_live_text_up(client, ana, mia, question):
    before = question.body
    with_link = f"{CHANGED} See https://unknown-remedies.example/cure"
    client.force_login(ana)
    client.post(edit_of(question), {"title": question.title, "body": with_link, "version": shown(question)})
    question.refresh_from_db()
    assert (question.status, question.body) == ("published", before)
    factories.approve(question, mia)
    assert question.body == with_link


def test_a_change_without_a_reason_to_hold_is_up_at_once(client, ana, question):
    client.force_login(ana)
    client.post(edit_of(question), {"title": question.title, "body": CHANGED, "version": shown(question)})
    question.refresh_from_db()
    assert question.body == CHANGED
    assert question.edited_at is not None


def test_a_text_changed_in_another_tab_is_not_overwritten_unawares(client, ana, question):
    client.force_login(ana)
    stale = {"title": question.title, "body": CHANGED, "version": shown(question)}
    actions.edit(post=question, editor=ana, title=question.title, body=BODY)
    answer = client.post(edit_of(question), stale)
    question.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert CHANGED in page
    assert question.body == BODY
    assert f'name="version" value="{shown(question)}"' in page
    # Both are there, with the word that is another.
    assert page.count("three</del>") == page.count("two</ins>") == 1
    client.post(edit_of(question), stale | {"version": shown(question)})
    question.refresh_from_db()
    assert question.body == CHANGED


@pytest.mark.parametrize("changed", [{"title": "Short"}, {"title": ""}, {"body": "x" * 20_001}, {"version": "later"}])
def test_a_refused_change_keeps_what_was_typed(client, ana, question, changed):
    client.force_login(ana)
    fields = {"title": TITLE, "body": CHANGED, "version": shown(question)} | changed
    answer = client.post(edit_of(question), fields)
    assert answer.status_code == 422
    assert fields["body"][:100] in answer.content.decode()


@pytest.mark.parametrize("name", ["eve", "mia"])
def test_nobody_else_changes_it(request, client, question, name):
    client.force_login(request.getfixturevalue(name))
    assert client.get(edit_of(question)).status_code == 403
    assert client.post(edit_of(question), {"title": TITLE, "body": CHANGED, "version": 1}).status_code == 403


def test_nobody_else_learns_that_a_held_question_exists(client, eve, held):
    client.force_login(eve)
    assert client.get(edit_of(held)).status_code == 404
    assert client.get(held.get_absolute_url()).status_code == 404


def test_a_held_post_is_taken_back(client, newt, held):
    client.force_login(newt)
    client.post(reverse("forum:take_back_question", args=[held.pk]))
    held.refresh_from_db()
    assert (held.status, held.removed_by) == ("removed", "author")
    assert not held.reviewitems.open().exists()


def test_a_published_question_without_answers_is_taken_back(client, ana, question):
    client.force_login(ana)
    client.post(reverse("forum:take_back_question", args=[question.pk]))
    question.refresh_from_db()
    ana.refresh_from_db()
    assert (question.status, question.shown_to_members, ana.published_count) == ("removed", False, 0)
    assert actions.recount(check=True) == []


def test_others_answers_are_never_taken_down_with_it(client, ana, question, answer):
    client.force_login(ana)
    refused = client.post(reverse("forum:take_back_question", args=[question.pk]))
    question.refresh_from_db()
    assert refused.status_code == 403
    assert "Others have written" in refused.content.decode()
    assert question.status == "published"


def test_an_answer_of_this_moment_is_not_taken_down_either(ben, question):
    factories.make_answer(ben, question)
    with pytest.raises(Refused):
        actions.take_back(post=question)
    assert Answer.objects.get().shown_to_all


def test_taking_back_an_answer_uncounts_it(client, ana, ben, question, answer):
    actions.mark_helped(answer=answer)
    client.force_login(ben)
    client.post(reverse("forum:take_back_answer", args=[answer.pk]))
    question.refresh_from_db()
    assert (question.answers_count, question.helped_count) == (0, 0)
    assert actions.recount(check=True) == []


def test_taking_back_needs_a_button_of_its_own(client, ana, question):
    client.force_login(ana)
    assert client.get(reverse("forum:take_back_question", args=[question.pk])).status_code == 405


def test_a_change_sent_when_the_sign_in_had_ended_is_kept(client, ana, question):
    sent = client.post(edit_of(question), {"title": question.title, "body": CHANGED, "version": shown(question)})
    assert sent["Location"].startswith(reverse("account_login"))
    client.force_login(ana)
    page = client.get(edit_of(question)).content.decode()
    assert CHANGED in page
    client.post(edit_of(question), {"title": question.title, "body": CHANGED, "version": shown(question)})
    question.refresh_from_db()
    assert question.body == CHANGED


def test_a_held_change_is_not_replaced_unawares_either(client, ana, question):
    client.force_login(ana)
    stale = {"title": question.title, "body": CHANGED, "version": shown(question)}
    link = f"{BODY} https://unknown-remedies.example/cure"
    actions.edit(post=question, editor=ana, title=question.title, body=link)
    assert client.post(edit_of(question), stale).status_code == 409
    assert Edit.objects.about(question).get(state="held").body == link


def test_of_two_changes_of_one_text_the_second_is_told(ana, question):
    first = shown(question)
    actions.edit(post=question, editor=ana, title=question.title, body=CHANGED, of=first)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.edit(post=question, editor=ana, title=question.title, body=BODY, of=first)


def test_changes_have_a_limit_and_lose_nothing(client, ana, question, monkeypatch):
    monkeypatch.setattr("forum.views.mine.EDITS_AN_HOUR", 0)
    client.force_login(ana)
    answer = client.post(edit_of(question), {"title": TITLE, "body": CHANGED, "version": shown(question)})
    assert "Please wait a little" in answer.content.decode()
    assert CHANGED in answer.content.decode()


def test_kind_words_and_comments_of_others_stay_too(client, ana, ben, question):
    factories.make_comment(ben, question)
    client.force_login(ana)
    assert client.post(reverse("forum:take_back_question", args=[question.pk])).status_code == 403
