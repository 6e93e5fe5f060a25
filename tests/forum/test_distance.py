"""Muting and blocking: what is folded, what is refused, and that neither tells who wrote without a name."""

import uuid

import pytest

import accounts.actions
from accounts import rules
from accounts.models import Distance, User
from accounts.privacy import erase, export
from forum import actions
from forum.models import Follow, Question
from notifications.models import Notification
from tests import factories

pytestmark = pytest.mark.django_db

FRAGMENT = {"HX-Request": "true"}
LIST = "/settings/distance/"
FOLDED = "by somebody you muted. Show it"
REFUSED = "You cannot reply here."


def page(client, address) -> str:
    address = address if isinstance(address, str) else address.get_absolute_url()
    return client.get(address).content.decode()


def press(client, member: User, verb: str, **headers):
    return client.post(f"/members/{member.handle}/distance/", {"do": verb}, **headers)


def reply(client, post, body: str = "With me it went away after a week of rest.", **fields):
    path = f"/{post.kind}s/{post.pk}/" + ("answer/" if isinstance(post, Question) else "comment/")
    given = {"body": body, "basis": "own", "submission_key": str(uuid.uuid4()), "consent": "on"}
    return client.post(path, given | fields)


@pytest.fixture
def nameless(ana, topic) -> Question:
    return factories.make_question(ana, "What would you do about this, please?", topic=topic, anonymous=True)


# The buttons, and the list


def test_the_buttons_mute_block_and_undo_and_doing_it_twice_does_nothing(browser_of, eve, ben):
    member = browser_of(eve)
    for verb, kinds in (
        ("mute", ["mute"]),
        ("mute", ["mute"]),
        ("unblock", ["mute"]),
        ("block", ["block"]),
        ("mute", ["block"]),
        ("unmute", ["block"]),
        ("unblock", []),
    ):
        response = press(member, ben, verb)
        assert (response.status_code, response["Location"]) == (303, "/members/ben/")
        assert list(eve.distances.values_list("kind", flat=True)) == kinds
    assert press(member, ben, "shout").status_code == 422


def test_what_they_do_is_said_before_it_is_done(browser_of, eve, ben):
    shown = page(browser_of(eve), ben)
    assert "They do not learn of it." in shown and "or follow you." in shown
    part = press(browser_of(eve), ben, "mute", headers=FRAGMENT).content.decode()
    assert part.startswith('<details class="measure" id="distance-ben" open>') and 'value="unmute"' in part


def test_nobody_keeps_themselves_at_a_distance_and_500_are_enough(browser_of, eve, ben):
    assert press(browser_of(eve), eve, "mute").status_code == 403
    crowd = User.objects.bulk_create(User(email=f"{n}@x.org", handle=f"crowd-{n}") for n in range(rules.DISTANCES))
    Distance.objects.bulk_create(Distance(member=eve, other=one, kind="mute") for one in crowd)
    response = press(browser_of(eve), ben, "mute")
    assert response.status_code == 403 and "You keep 500 people" in response.content.decode()
    assert press(browser_of(eve), crowd[0], "block").status_code == 303


def test_the_list_leads_on_and_lets_go_only_ones_own(browser_of, eve, ben, cleo):
    accounts.actions.mute(member=eve, other=ben)
    actions.block(member=eve, other=cleo)
    shown = page(browser_of(eve), LIST)
    assert "/members/ben/" in shown and "/members/cleo/" in shown and "Unblock" in shown
    kept = eve.distances.get(other=ben)
    browser_of(ben).post(LIST, {"distance": kept.pk})
    assert eve.distances.count() == 2
    assert browser_of(eve).post(LIST, {"distance": kept.pk}).status_code == 303
    assert [one.other for one in eve.distances.all()] == [cleo]


def test_it_is_given_and_ends_with_either_account(eve, ben):
    accounts.actions.mute(member=eve, other=ben)
    accounts.actions.mute(member=ben, other=eve)
    assert [(one["other__handle"], one["kind"]) for one in export(eve)["kept_at_a_distance"]] == [("ben", "mute")]
    erase(eve)
    assert not Distance.objects.exists()


# Folding


@pytest.mark.parametrize("keep", [accounts.actions.mute, actions.block])
def test_what_has_their_name_is_folded_for_the_one_who_keeps_them_away(browser_of, question, ben, cleo, eve, keep):
    answer = factories.make_answer(ben, question)
    factories.make_comment(ben, question)
    factories.make_answer(cleo, question)
    keep(member=eve, other=ben)
    shown = page(browser_of(eve), question)
    assert shown.count(FOLDED) == 2
    assert answer.body_html in shown and "2 answers" in shown
    assert FOLDED in page(browser_of(eve), f"/questions/{question.pk}/comments/")
    assert FOLDED not in page(browser_of(ben), question) + page(browser_of(cleo), question)


def test_their_questions_are_one_line_of_a_list_and_whole_on_their_page(browser_of, question, ana, eve):
    accounts.actions.mute(member=eve, other=ana)
    for address in ("/questions/", "/topics/muscles-and-nerves/"):
        assert page(browser_of(eve), address).count(FOLDED) == 1
    assert FOLDED not in page(browser_of(eve), ana) + page(browser_of(ana), "/questions/")


# What a block refuses


def test_the_blocked_cannot_reply_with_or_without_their_name_and_keep_what_they_typed(browser_of, question, ana, ben):
    actions.block(member=ana, other=ben)
    blocked, words = browser_of(ben), "With me it went away after a week of rest."
    assert "Post my answer" not in page(blocked, question) and REFUSED in page(blocked, question)
    refused = blocked.get(f"/questions/{question.pk}/answer/?quote=question-{question.pk}")
    assert refused.status_code == 403
    assert REFUSED in refused.content.decode() and f'href="{question.get_absolute_url()}"' in refused.content.decode()
    assert "still here to copy" not in refused.content.decode()
    for fields in ({}, {"anonymous": "on"}):
        response = reply(blocked, question, words, **fields)
        assert response.status_code == 403
        assert REFUSED in response.content.decode() and words in response.content.decode()
    assert not question.answers.exists()


def test_the_blocked_cannot_comment_on_their_answer_and_others_can(browser_of, question, ben, cleo, eve):
    answer = factories.make_answer(ben, question)
    actions.block(member=ben, other=eve)
    accounts.actions.mute(member=ben, other=cleo)
    assert f"comment-on-answer-{answer.pk}" not in page(browser_of(eve), question)
    assert reply(browser_of(eve), answer).status_code == 403
    assert reply(browser_of(eve), question).status_code == 303
    assert reply(browser_of(cleo), answer).status_code == 303


def test_the_blocked_follow_no_more_and_the_muted_do(browser_of, ana, ben, cleo):
    for member in (ben, cleo):
        actions.follow(thing=ana, member=member)
    actions.block(member=ana, other=ben)
    accounts.actions.mute(member=ana, other=cleo)
    assert [follow.member for follow in Follow.objects.all()] == [cleo]
    assert "follow-person-ana" not in page(browser_of(ben), ana)
    assert browser_of(ben).post("/members/ana/follow/").status_code == 403
    assert not Follow.objects.filter(member=ben).exists()


# Nothing of it tells who wrote without a name


def test_a_mute_folds_nothing_without_a_name(browser_of, nameless, question, ana, eve):
    factories.make_answer(ana, nameless)
    factories.make_comment(ana, nameless)
    factories.make_answer(ana, factories.make_question(eve, "Is this the same as with mine?"), anonymous=True)
    accounts.actions.mute(member=eve, other=ana)
    assert FOLDED not in page(browser_of(eve), nameless)
    shown = page(browser_of(eve), "/questions/")
    assert shown.count(FOLDED) == 1 and nameless.title in shown


def test_a_block_refuses_nothing_under_what_has_no_name(browser_of, nameless, ana, ben):
    actions.block(member=ana, other=ben)
    shown = page(browser_of(ben), nameless)
    assert "Post my answer" in shown and REFUSED not in shown
    assert reply(browser_of(ben), nameless).status_code == 303
    assert browser_of(ben).post(f"/questions/{nameless.pk}/follow/").status_code == 303


def test_counts_are_the_same_whoever_keeps_whom_away(nameless, ana, ben):
    accounts.actions.mute(member=ana, other=ben)
    actions.block(member=ben, other=ana)
    factories.make_answer(ben, nameless, anonymous=True)
    nameless.refresh_from_db()
    assert nameless.answers_count == 1


def test_the_badge_counts_what_somebody_muted_wrote_without_a_name(nameless, ana, ben):
    accounts.actions.mute(member=ana, other=ben)
    factories.make_answer(ben, nameless, anonymous=True)
    ana.refresh_from_db()
    assert ana.unread_count == 1 == Notification.objects.shown_to(ana).count()
