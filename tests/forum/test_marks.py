"""'I have this too', 'This helped me', and what helped the asker: who may, once, and back."""

import pytest
from django.test import Client
from django.urls import reverse

from forum import actions
from forum.models import Answer
from tests import factories

FRAGMENT = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def same(question) -> str:
    return reverse("forum:same", args=[question.pk])


@pytest.fixture
def helpful(answer) -> str:
    return reverse("forum:helpful", args=[answer.pk])


@pytest.fixture
def helped(answer) -> str:
    return reverse("forum:helped", args=[answer.pk])


# I have this too


def test_a_member_has_this_too(browser_of, eve, question, same):
    response = browser_of(eve).post(same)
    assert (response.status_code, response["Location"]) == (303, f"{question.get_absolute_url()}#question")
    question.refresh_from_db()
    assert question.same_count == 1


def test_having_this_too_twice_counts_once_and_can_be_undone(browser_of, eve, question, same):
    member = browser_of(eve)
    for fields, count in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        member.post(same, fields)
        question.refresh_from_db()
        assert question.same_count == count


def test_the_button_changes_in_its_place(browser_of, eve, question, same):
    member = browser_of(eve)
    part = member.post(same, headers=FRAGMENT).content.decode()
    assert part.strip().startswith(f'<div id="same-{question.pk}">')
    assert 'aria-pressed="true"' in part
    assert "I have this too · 1" in part
    assert 'name="undo"' in part
    part = member.post(same, {"undo": "1"}, headers=FRAGMENT).content.decode()
    assert 'aria-pressed="false"' in part


def test_the_asker_does_not_have_their_own_question_too(browser_of, ana, question, same):
    response = browser_of(ana).post(same)
    assert response.status_code == 403
    assert "This is your own question." in response.content.decode()
    question.refresh_from_db()
    assert question.same_count == 0


# This helped me


def test_an_answer_helped_a_member(browser_of, eve, answer, helpful):
    response = browser_of(eve).post(helpful)
    assert (response.status_code, response["Location"]) == (303, answer.get_absolute_url())
    answer.refresh_from_db()
    assert (answer.helpful_count, answer.rank) == (1, Answer.LEAST_RANK + 1)


def test_helping_twice_counts_once_and_can_be_undone(browser_of, eve, answer, helpful):
    member = browser_of(eve)
    for fields, count in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        part = member.post(helpful, fields, headers=FRAGMENT).content.decode()
        assert f'id="helpful-{answer.pk}"' in part
        answer.refresh_from_db()
        assert (answer.helpful_count, answer.rank) == (count, Answer.LEAST_RANK + count)


def test_nobody_is_helped_by_their_own_answer(browser_of, ben, answer, helpful):
    response = browser_of(ben).post(helpful)
    assert response.status_code == 403
    assert "This is your own answer." in response.content.decode()


def test_kind_words_take_no_marks(browser_of, ana, ben, eve, question):
    kind = factories.make_answer(ben, question, "Hang in there, it passes.", basis="support")
    for member, name in ((eve, "helpful"), (ana, "helped")):
        assert browser_of(member).post(reverse(f"forum:{name}", args=[kind.pk])).status_code == 403
    kind.refresh_from_db()
    assert (kind.rank, kind.helpful_count, kind.helped_at) == (0, 0, None)


# What helped the asker


def test_the_asker_says_what_helped(browser_of, ana, ben, question, answer, helped):
    response = browser_of(ana).post(helped)
    assert (response.status_code, response["Location"]) == (303, answer.get_absolute_url())
    for row in (answer, question, ben):
        row.refresh_from_db()
    assert answer.helped_at is not None
    assert (question.helped_count, question.solved_at) == (1, answer.helped_at)
    assert (ben.helped_count, ben.unread_count) == (1, 1)


def test_several_answers_may_have_helped(browser_of, ana, eve, question, answer, helped):
    other = factories.make_answer(eve, question)
    member = browser_of(ana)
    member.post(helped)
    member.post(reverse("forum:helped", args=[other.pk]))
    question.refresh_from_db()
    assert question.helped_count == 2


def test_saying_so_twice_counts_once_and_can_be_undone(browser_of, ana, ben, question, answer, helped):
    member = browser_of(ana)
    for fields, count in (({}, 1), ({}, 1), ({"undo": "1"}, 0), ({"undo": "1"}, 0)):
        member.post(helped, fields)
        question.refresh_from_db()
        ben.refresh_from_db()
        assert question.helped_count == ben.helped_count == count
    assert question.solved_at is None


def test_what_helped_the_asker_comes_first(ana, ben, eve, question, answer):
    popular = factories.make_answer(eve, question)
    for _ in range(3):
        actions.mark_helpful(answer=popular, member=factories.make_user())
    actions.mark_helped(answer=answer)
    assert list(Answer.objects.ranked()) == [answer, popular]


@pytest.mark.parametrize("who", ["eve", "ben", "mia"])
def test_only_the_asker_marks_what_helped(browser_of, answer, helped, who, request):
    response = browser_of(request.getfixturevalue(who)).post(helped)
    assert response.status_code == 403
    answer.refresh_from_db()
    assert answer.helped_at is None


def test_the_askers_own_answer_did_not_help_them(browser_of, ana, question):
    own = factories.make_answer(ana, question)
    assert browser_of(ana).post(reverse("forum:helped", args=[own.pk])).status_code == 403


def test_help_by_an_unnamed_member_counts_for_nobody(browser_of, ana, ben, question):
    unnamed = factories.make_answer(ben, question, anonymous=True)
    browser_of(ana).post(reverse("forum:helped", args=[unnamed.pk]))
    ben.refresh_from_db()
    question.refresh_from_db()
    assert (ben.helped_count, question.helped_count) == (0, 1)


# Everywhere


@pytest.mark.parametrize("name", ["same", "helpful", "helped"])
def test_a_guest_is_led_to_sign_in_and_back(client, question, name, request):
    url = request.getfixturevalue(name)
    page = question.get_absolute_url()
    response = client.post(url, headers={"Referer": f"http://testserver{page}"})
    assert (response.status_code, response["Location"]) == (303, f"/accounts/login/?next={page.replace('/', '%2F')}")


@pytest.mark.parametrize("name", ["same", "helpful", "helped"])
def test_an_expired_sign_in_leads_away_from_a_part_of_a_page(client, question, name, request):
    url = request.getfixturevalue(name)
    page = f"http://testserver{question.get_absolute_url()}"
    response = client.post(url, headers=FRAGMENT | {"HX-Current-URL": page})
    assert response["HX-Redirect"].startswith("/accounts/login/?next=%2Fquestions%2F")


@pytest.mark.parametrize("name", ["same", "helpful", "helped"])
def test_nothing_is_marked_by_looking(browser_of, eve, name, request):
    assert browser_of(eve).get(request.getfixturevalue(name)).status_code == 405


@pytest.mark.parametrize("url", ["/questions/0/same/", "/answers/0/helpful/", "/answers/99999999999999999999/helped/"])
def test_what_is_not_there_is_not_marked(browser_of, eve, url):
    assert browser_of(eve).post(url).status_code == 404


def test_what_is_hidden_is_not_marked(browser_of, eve, ana, question, answer, helpful, helped, same):
    actions.hide(post=answer)
    assert browser_of(eve).post(helpful).status_code == 404
    assert browser_of(ana).post(helped).status_code == 404
    actions.hide(post=question)
    assert browser_of(eve).post(same).status_code == 404


def test_a_moderator_does_not_mark_what_is_held(browser_of, mia, newt):
    held = factories.make_question(newt)
    response = browser_of(mia).post(reverse("forum:same", args=[held.pk]))
    assert response.status_code == 403
    held.refresh_from_db()
    assert held.same_count == 0


def test_a_mark_needs_its_token(eve, same):
    client = Client(enforce_csrf_checks=True)
    client.force_login(eve)
    assert client.post(same).status_code == 403
