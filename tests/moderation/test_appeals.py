"""What somebody is told of a decision, and the second look at it by another moderator."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from forum.models import Post
from moderation import actions, appeals, privacy, sweeps
from moderation.actions import Overtaken
from moderation.models import Appeal, Decision, Sanction, Words
from notifications.models import Notification
from tests import factories
from tests.factories import PASSWORD
from tests.moderation.conftest import sign_in
from tests.moderation.test_sanctions import impose
from tests.moderation.test_standing import hide

pytestmark = pytest.mark.django_db

WHY = "I meant it kindly, and whoever asked said so."
ANSWER = "You are right: it was meant kindly."


def page_of(decision: Decision) -> str:
    return f"/settings/decisions/{decision.pk}/"


def appealed(decision: Decision, member, text: str = WHY) -> Appeal:
    return appeals.appeal(decision=decision, member=member, text=text)


def decide(moderator, appeal: Appeal, outcome: str = "overturn", words: str = ANSWER):
    return sign_in(moderator).post(f"/review/appeals/{appeal.pk}/", {"outcome": outcome, "words": words})


def reject(post, moderator) -> Decision:
    item = factories.item_of(post)
    actions.reject(item=item, version=item.version, moderator=moderator, rule="copied", words="It is from a book.")
    return Decision.objects.latest("pk")


# Being told


def test_each_decision_is_told_with_its_rule_the_part_of_software_and_the_way_to_appeal(held, newt, mia):
    assert "Waiting for a moderator" in sign_in(newt).get("/settings/decisions/").text
    assert "We read what new members write" in sign_in(newt).get("/settings/decisions/").text
    decision = reject(held, mia)
    listed = sign_in(newt).get("/settings/decisions/").text
    assert page_of(decision) in listed and "Waiting for a moderator" not in listed
    page = sign_in(newt).get(page_of(decision)).text
    for words in (
        "We did not publish what you wrote in your question",
        "It is from a book.",
        "Use your own words and pictures.",
        "Our software had stopped your text",
        "You can appeal until",
    ):
        assert words in page
    assert mia.handle not in page


def test_what_no_software_took_part_in_says_so(question, ana, mia):
    assert "None. Somebody had reported it" in sign_in(ana).get(page_of(hide(question, mia))).text
    sanction = impose(ana, mia)
    assert "None. A moderator decided." in sign_in(ana).get(page_of(sanction.decision)).text


def test_nobody_else_reads_or_appeals(question, ana, eve, mia):
    decision = hide(question, mia)
    for who in (eve, mia):
        assert sign_in(who).get(page_of(decision)).status_code == 404
        assert sign_in(who).post(page_of(decision), {"text": WHY}).status_code == 404
    assert Client().get(page_of(decision)).status_code == 303
    assert not Appeal.objects.exists()


def test_the_list_leads_through_its_pages_both_ways(ana, mia, monkeypatch):
    monkeypatch.setattr("moderation.statements.SHOWN", 2)
    made = [hide(factories.make_question(ana), mia) for _ in range(2)]
    made += [impose(ana, mia).decision, hide(factories.make_question(ana), mia), impose(ana, mia).decision]
    client, found, at = sign_in(ana), [], "/settings/decisions/"
    told = client.get(at).context["told"]
    while True:
        found += told.items
        if not told.next_cursor:
            break
        told = client.get(f"/settings/decisions/?after={told.next_cursor}").context["told"]
    assert found == made[::-1]
    back = client.get(f"/settings/decisions/?before={told.previous_cursor}").context["told"]
    assert list(back.items) == made[::-1][2:4]


# Appealing


def test_one_appeals_once_within_six_months_and_loses_no_word(question, ana, mia):
    decision, client = hide(question, mia), sign_in(ana)
    short = client.post(page_of(decision), {"text": "No."})
    assert short.status_code == 422 and "No." in short.text
    assert client.post(page_of(decision), {"text": WHY}).status_code == 303
    again = client.post(page_of(decision), {"text": "And another thing that I forgot."})
    assert again.status_code == 422 and "And another thing that I forgot." in again.text
    assert Appeal.objects.get().text == WHY
    assert appealed(decision, ana, "Sent twice at once, this is.") == Appeal.objects.get()


def test_after_six_months_it_is_over(question, ana, mia, monkeypatch):
    decision = hide(question, mia)
    monkeypatch.setattr("moderation.rules.APPEAL_WITHIN", timedelta(0))
    late = sign_in(ana).post(page_of(decision), {"text": WHY})
    assert late.status_code == 422 and "six months" in late.text


def test_what_is_not_against_one_is_not_appealed(held, newt, mia):
    item = factories.item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please say more.")
    decision = Decision.objects.get()
    assert sign_in(newt).get(page_of(decision)).status_code == 200
    assert sign_in(newt).post(page_of(decision), {"text": WHY}).status_code == 422


def test_who_is_suspended_appeals_at_the_door(ben, mia, mo):
    sanction = impose(ben, mia, "suspend", 30)
    door = Client().post("/accounts/login/", {"login": ben.email, "password": PASSWORD})
    (way,) = [part for part in door.text.split('"') if part.startswith("/suspended/")]
    guest = Client()
    assert guest.post(way, {"text": "No."}).status_code == 422
    assert guest.post(way, {"text": WHY}).status_code == 303
    assert "It waits for a moderator who did not make" in guest.get(way).text
    assert guest.post(way, {"text": WHY}).status_code == 422
    assert decide(mo, Appeal.objects.get()).status_code == 303
    ben.refresh_from_db()
    sanction.refresh_from_db()
    assert ben.suspended_until is None and sanction.lifted_at is not None
    assert sign_in(ben).get(page_of(sanction.decision)).text.count(ANSWER) == 1


# The second look


def test_another_moderator_decides_and_nobody_with_a_stake_in_it(question, ana, ben, mia, mo, boss):
    appeal = appealed(hide(question, mia), ana)
    assert sign_in(mia).get(f"/review/appeals/{appeal.pk}/").status_code == 403
    assert decide(mia, appeal).status_code == 403
    assert "You decided it" in sign_in(mia).get("/review/appeals/").text
    for who in (ana, ben):
        assert sign_in(who).get(f"/review/appeals/{appeal.pk}/").status_code == 403
    for who in (mo, boss):
        assert WHY in sign_in(who).get(f"/review/appeals/{appeal.pk}/").text
    type(ana).objects.filter(pk=ana.pk).update(is_moderator=True)
    assert sign_in(ana).get(f"/review/appeals/{appeal.pk}/").status_code == 403


def test_a_post_that_was_hidden_is_back_as_it_was(question, answer, ana, mia, mo):
    decision = hide(question, mia)
    answer.refresh_from_db()
    assert not answer.shown_to_all
    assert decide(mo, appealed(decision, ana)).status_code == 303
    for post in (question, answer):
        post.refresh_from_db()
        assert post.status == Post.Status.PUBLISHED and post.shown_to_all
    ana.refresh_from_db()
    assert ana.published_count == 1
    assert Notification.objects.filter(recipient=ana, kind="appeal", subject_id=decision.pk).count() == 1
    assert Decision.objects.latest("pk").code == "overturned"


def test_a_text_that_was_rejected_is_published(held, newt, mia, mo):
    decide(mo, appealed(reject(held, mia), newt))
    held.refresh_from_db()
    assert held.status == Post.Status.PUBLISHED and held.shown_to_all
    assert held.edits.get().state == "live"


def test_a_decision_that_stays_changes_nothing_and_says_why(question, ana, mia, mo):
    decision = hide(question, mia)
    decide(mo, appealed(decision, ana), "confirm", "It was about a person, not about what they said.")
    question.refresh_from_db()
    assert question.status == Post.Status.HIDDEN
    page = sign_in(ana).get(page_of(decision)).text
    assert "It was about a person" in page and "it stays" in page
    again = sign_in(ana).get(f"{question.get_absolute_url()}").text
    assert "Please be kind." in again


def test_an_appeal_about_what_has_no_name_does_not_tell_whose_it_is(ana, mia, mo, topic):
    post = factories.make_question(ana, "Would you tell this to your employer?", topic=topic, anonymous=True)
    appeal = appealed(hide(post, mia), ana)
    page = sign_in(mo).get(f"/review/appeals/{appeal.pk}/").text
    assert post.title in page and "/ana/" not in page
    assert "/ana/" not in sign_in(mo).get("/review/appeals/").text


def test_it_is_decided_once_and_the_other_is_told(question, ana, mia, mo, boss):
    appeal = appealed(hide(question, mia), ana)
    assert decide(mo, appeal).status_code == 303
    late = decide(boss, appeal, "confirm", "I see it otherwise than that.")
    assert late.status_code == 409
    assert "This appeal is decided" in late.text and "I see it otherwise than that." in late.text
    assert Decision.objects.filter(code__in=Decision.ON_APPEAL).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_decide_an_appeal_at_once_one_does(question, ana, mia, mo, boss):
    appeal = appealed(hide(question, mia), ana)

    def settle(number: int) -> bool:
        act = (appeals.overturn, appeals.confirm)[number % 2]
        try:
            act(appeal=Appeal.objects.get(pk=appeal.pk), moderator=(mo, boss)[number % 2], words=ANSWER)
        except Overtaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(settle, range(16)))
    assert won.count(True) == 1
    outcome = Decision.objects.get(code__in=Decision.ON_APPEAL)
    question.refresh_from_db()
    assert question.status == {"overturned": "published", "confirmed": "hidden"}[outcome.code]


def test_an_appeal_that_waits_says_something_and_there_is_one_of_each(question, ana, mia):
    decision = hide(question, mia)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(decision=decision, member=ana, text="")
    appealed(decision, ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(decision=decision, member=ana, text=WHY)


# What is kept


def test_the_words_of_an_appeal_are_kept_until_180_days_after_it_is_decided(question, ana, mia, mo, monkeypatch):
    appeal = appealed(hide(question, mia), ana)
    monkeypatch.setattr("moderation.sweeps.WORDS_KEPT", timedelta(0))
    sweeps.forget_words()
    appeal.refresh_from_db()
    assert appeal.text == WHY
    decide(mo, appeal)
    sweeps.forget_words()
    appeal.refresh_from_db()
    assert appeal.text == "" and not Words.objects.exists()
    assert sign_in(ana).get(page_of(appeal.decision)).status_code == 200


def test_appeals_are_in_ones_data_and_go_with_one(question, ana, mia):
    appealed(hide(question, mia), ana)
    assert privacy.export(ana)["appeals"][0]["text"] == WHY
    privacy.erase(ana)
    assert not Appeal.objects.exists() and not Sanction.objects.exists()


def test_an_appeal_made_long_ago_is_still_decided(ben, mia, mo):
    sanction = impose(ben, mia, days=1)
    Sanction.objects.update(made_at=timezone.now() - timedelta(days=9), until=timezone.now() - timedelta(days=8))
    assert decide(mo, appealed(sanction.decision, ben)).status_code == 303
    sanction.refresh_from_db()
    assert sanction.lifted_at is not None
