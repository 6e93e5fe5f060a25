"""Those who read are told before they see what is hard to read, may be spared it, and are reminded to pause."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone

import forum.actions
from accounts.models import User
from moderation import actions, care, lists, privacy
from moderation.models import Decision, Handover, ReviewItem, Spared
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_order import found_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."


@pytest.fixture
def hard(held) -> ReviewItem:
    """Something that is hard to read waits."""
    return found_in(item_of(held), "self_harm", 5)


# Announced


def test_what_is_hard_to_read_is_announced_and_opened_by_whoever_wants_to(hard, held, mia, mo):
    desk = sign_in(mia)
    for path in ("/review/", f"/review/{hard.pk}/", f"/review/{hard.pk}/?open=yes"):
        page = desk.get(path).text
        assert "Next: possible self-harm" in page
        assert held.title not in page
        assert held.body not in page
    assert desk.get(f"/review/{hard.pk}/reject/")["Location"] == f"/review/{hard.pk}/"
    assert desk.post(f"/review/{hard.pk}/take/")["Location"] == f"/review/{hard.pk}/"
    page = desk.get(f"/review/{hard.pk}/").text
    assert held.title in page
    other = sign_in(mo).get(f"/review/{hard.pk}/").text
    assert "This is about possible self-harm" in other
    assert held.title not in other
    assert held.title in sign_in(mo).get(f"/review/{hard.pk}/?open=yes").text


def test_a_decision_takes_up_nothing_hard_to_read_unasked(hard, mia, question):
    actions.claim(item=hard, moderator=factories.make_user(is_moderator=True))
    other = item_of(factories.make_question(factories.make_user(trust="new")))
    actions.claim(item=other, moderator=mia)
    ReviewItem.objects.filter(pk=hard.pk).update(claimed_by=None, claimed_until=None)
    answer = decide(sign_in(mia), other, "approve")
    assert answer["Location"] == f"/review/{hard.pk}/"
    hard.refresh_from_db()
    assert hard.claimed_by is None


def test_no_single_key_and_no_filled_button_decides_about_what_is_hard_to_read(hard, mia, newt):
    desk = sign_in(mia)
    desk.post(f"/review/{hard.pk}/take/")
    page = desk.get(f"/review/{hard.pk}/").text
    assert 'data-key="p"' in page
    assert not {key for key in "aecrsh" if f'data-key="{key}"' in page}
    assert '<button class="button button--quiet">Approve</button>' in page
    plain = item_of(factories.make_question(newt))
    desk.post(f"/review/{plain.pk}/take/")
    page = desk.get(f"/review/{plain.pk}/").text
    assert {key for key in "aecrp" if f'data-key="{key}"' in page} == set("aecrp")


def test_pictures_are_blurred_until_somebody_wants_to_see_them(mia, held):
    body = held.body + "\n\n![A rash](/media/aa/b.png)"
    held.edits.update(body=body)
    page = sign_in(mia).get("/review/").text
    assert '<div class="prose blurred">' in page
    assert "Show the pictures clearly" in page


# Spared


def test_what_a_moderator_asked_to_be_spared_is_in_the_queue_of_the_others(hard, mia, mo):
    desk = sign_in(mia)
    assert desk.post("/review/spared/", {"classes": ["self_harm", "abuse"]})["Location"] == "/review/"
    page = desk.get("/review/")
    assert page.context["lines"] == []
    assert "Something waits that you asked not to be shown." in page.text
    assert lists.next_for(mo) == hard
    assert 'value="self_harm" id="id_classes_0" checked' in desk.get("/review/spared/").text.replace("  ", " ")
    desk.post("/review/spared/", {"classes": ["abuse"]})
    assert list(mia.spared.values_list("distress", flat=True)) == ["abuse"]
    assert len(desk.get("/review/").context["lines"]) == 1


def test_nobody_is_spared_what_is_no_class(mia):
    assert sign_in(mia).post("/review/spared/", {"classes": ["questions"]}).status_code == 422
    for wrong in ([""], ["abuse", "abuse"]):
        with pytest.raises(IntegrityError), transaction.atomic():
            Spared.objects.bulk_create(Spared(moderator=mia, distress=one) for one in wrong)


# Pauses


def test_a_break_lets_go_of_what_was_taken_up(held, mia):
    actions.claim(item=item_of(held), moderator=mia)
    desk = sign_in(mia)
    assert "A break" in desk.get("/review/break/").text
    assert item_of(held).claimed_by == mia
    assert desk.post("/review/break/")["Location"] == "/review/break/"
    assert item_of(held).claimed_by is None
    assert "You are on a break until" in desk.get("/review/break/").text
    assert desk.post("/review/break/", {"back": "yes"})["Location"] == "/review/"
    assert care.resting_until(mia) is None


def test_who_takes_something_up_is_back_from_their_break(held, mia):
    care.rest(moderator=mia)
    assert care.resting_until(mia)
    actions.claim(item=item_of(held), moderator=mia)
    assert care.resting_until(mia) is None


@pytest.mark.parametrize(("decided", "hard_ones", "is_suggested"), [(39, 7, False), (40, 0, True), (8, 8, True)])
def test_a_pause_is_suggested_after_many_decisions_or_some_that_were_hard(mia, hard, decided, hard_ones, is_suggested):
    plain = item_of(factories.make_question(factories.make_user(trust="new")))
    Decision.objects.bulk_create(
        Decision(
            item=hard if number < hard_ones else plain,
            moderator=mia,
            code="kept",
            item_version=1_000 + number,
            target_kind="question",
            target_id=1,
            made_at=timezone.now() - (care.SHIFT * 2 if number >= decided else care.SHIFT / 2),
        )
        for number in range(decided + 5)
    )
    page = sign_in(mia).get("/review/").text
    assert f"You have decided {decided} in the last four hours." in page
    assert ("how about a break?" in page) == is_suggested


# Several at once


def test_first_posts_are_approved_several_at_once_each_as_it_was_read(mia, mo, newt, held, hard, topic):
    found_in(hard, "first_post", 1)
    fine, changed, taken = (factories.make_question(newt, tags="coffee") for _ in range(3))
    linked = factories.make_question(newt, body="See www.example.net for what I mean by all of it.")
    desk = sign_in(mia)
    page = desk.get("/review/several/").text
    assert "coffee" in page
    assert linked.title not in page
    chosen = [item_of(post).as_read for post in (held, fine, changed, taken)]
    assert all(f'value="{key}"' in page for key in chosen)
    factories.approve(taken, mo)
    forum.actions.edit(post=changed, editor=newt, title=changed.title, body="An altogether different text.")
    answer = desk.post("/review/several/", {"item": [*chosen, item_of(linked).as_read, "x"]}, follow=True).text
    assert "2 approved. They are published." in answer
    number = item_of(changed).pk
    assert f"#{number}" in answer.partition("Not approved, as something happened")[2]
    for post in (held, fine, changed, linked):
        post.refresh_from_db()
    assert [post.status for post in (held, fine, changed, linked)] == ["published", "published", "pending", "pending"]
    assert Decision.objects.filter(moderator=mia).count() == 2


# Left to senior moderators


def test_what_was_left_to_senior_moderators_only_they_are_shown_for_a_while(mia, mo, held, hard):
    desk = sign_in(mia)
    path = f"/review/{hard.pk}/pass/"
    answer = desk.post(path, {"note": "I am out of my depth.", "to_seniors": "on"})
    assert (answer.status_code, "There is no senior moderator." in answer.text) == (422, True)
    senior = factories.make_user(is_moderator=True, is_senior_moderator=True)
    assert desk.post(path, {"to_seniors": "on"}).status_code == 422
    assert desk.post(path, {"note": "I am out of my depth.", "to_seniors": "on"}).status_code == 303
    assert (lists.next_for(mo), lists.next_for(senior)) == (None, hard)
    page = sign_in(senior).get("/review/").text
    assert "For a senior moderator" in page
    left = Handover.objects.get()
    assert (left.to_seniors, left.note) == (True, "I am out of my depth.")
    ReviewItem.objects.update(for_seniors_until=timezone.now() - actions.SENIORS_FIRST)
    assert lists.next_for(mo) == hard


def test_senior_moderators_read_first_what_was_left_to_them_but_for_what_is_urgent(mia, mo, newt, held):
    una = factories.make_user("una", is_moderator=True, is_senior_moderator=True)
    linked, plain = item_of(factories.make_question(newt)), item_of(held)
    found_in(linked, "link", 3)
    left = item_of(factories.make_question(newt))
    actions.escalate(item=left, moderator=mia, note="Is this allowed?")
    shown = {who: [one.item.pk for one in sign_in(who).get("/review/").context["lines"]] for who in (una, mo)}
    assert shown == {una: [left.pk, linked.pk, plain.pk], mo: [linked.pk, plain.pk]}
    assert (lists.next_for(una), lists.next_unread(una), lists.next_unread(mo)) == (left, left, linked)
    page = sign_in(una).get("/review/").text
    assert "left to senior moderators, who read it first · First post" in page
    found_in(linked, "emergency", 5)
    assert [item.pk for item in lists.waiting(una).items] == [linked.pk, left.pk, plain.pk]
    assert lists.next_for(una) == linked
    ReviewItem.objects.update(for_seniors_until=timezone.now())
    assert lists.waiting(una).items == lists.waiting(mo).items == [linked, plain, left]


def test_what_moderators_said_to_each_other_goes_with_whom_it_was_about(held, hard, mia, newt):
    actions.pass_on(item=hard, moderator=mia, note="I know this family.")
    privacy.erase(User.objects.get(pk=newt.pk))
    assert Handover.objects.get().note == ""
    privacy.erase(mia)
    with pytest.raises(ObjectDoesNotExist):
        Handover.objects.get()
