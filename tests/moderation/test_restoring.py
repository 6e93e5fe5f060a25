"""What moderators hid is shown again: for 30 days by taking that back, at any time by a decision of its own."""

from datetime import timedelta

import pytest
from django.utils import timezone

import forum.actions
from core.rulings import Refused
from moderation import actions, appeals, undoing
from moderation.models import Decision, ReviewItem
from notifications.models import Notification
from tests.moderation.conftest import sign_in
from tests.moderation.test_undoing import decide, report

pytestmark = pytest.mark.django_db

WORDS = "No advertising, please."


@pytest.fixture
def hidden(question, answer, mia) -> Decision:
    """A question with an answer below it, reported and hidden."""
    report(question)
    return decide(actions.hide, question, mia, rule="advertising", words=WORDS)


@pytest.fixture
def long_ago(hidden, monkeypatch) -> Decision:
    later = timezone.now() + timedelta(days=200)
    monkeypatch.setattr(timezone, "now", lambda: later)
    return hidden


def restore(decision, moderator) -> None:
    undoing.restore(decision=Decision.objects.get(pk=decision.pk), moderator=moderator)


def appealed(decision, ana):
    return appeals.appeal(decision=decision, member=ana, text="It is the page of my own hospital.")


def test_what_was_hidden_long_ago_is_shown_again_with_what_stands_below_it(long_ago, question, answer, ana, mo):
    with pytest.raises(Refused, match="more than 30 days ago"):
        undoing.undo(decision=long_ago, moderator=mo)
    restore(long_ago, mo)
    question.refresh_from_db()
    answer.refresh_from_db()
    assert (question.status, question.shown_to_all, answer.shown_to_all) == ("published", True, True)
    assert not ReviewItem.objects.open().exists()
    assert not Decision.objects.against().standing().exists()
    made = Decision.objects.latest("pk")
    assert (made.code, made.moderator, made.undoes) == ("restored", mo, long_ago)
    assert list(Notification.objects.filter(recipient=ana).values_list("kind", flat=True))[-1] == "kept"
    assert not forum.actions.recount(check=True)


def test_a_change_that_waited_when_it_was_hidden_stays_with_its_author(ana, question, mia, mo):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="Buy at www.example.net, it is cheap.")
    before = question.body
    decision = decide(actions.hide, question, mia, rule="advertising", words=WORDS)
    restore(decision, mo)
    question.refresh_from_db()
    assert (question.body, question.is_held) == (before, False)
    assert list(question.edits.values_list("state", flat=True)) == ["live", "returned"]


def test_it_is_shown_again_once_and_not_taken_back_as_well(hidden, mia, mo):
    restore(hidden, mo)
    with pytest.raises(actions.Overtaken):
        restore(hidden, mia)
    with pytest.raises(actions.Overtaken):
        undoing.undo(decision=hidden, moderator=mia)


def test_where_its_author_has_appealed_the_appeal_is_decided_and_then_only_a_senior_moderator_shows_it(
    hidden, ana, mo, boss
):
    appeal = appealed(hidden, ana)
    with pytest.raises(Refused, match="Please decide the appeal"):
        restore(hidden, boss)
    appeals.confirm(appeal=appeal, moderator=mo, words="It advertises.")
    with pytest.raises(Refused, match="only a senior moderator"):
        restore(hidden, mo)
    restore(hidden, boss)
    assert Decision.objects.latest("pk").code == "restored"


def test_only_what_a_moderator_hid_is_shown_again(held, mia, mo):
    rejected = decide(actions.reject, held, mia, rule="copied", words=WORDS)
    with pytest.raises(Refused, match="not what hides it"):
        restore(rejected, mo)


def test_a_decision_that_was_taken_back_counts_for_nothing_and_cannot_be_appealed_against(hidden, ana, mo):
    path = f"/settings/decisions/{hidden.pk}/"
    assert "You can appeal until" in sign_in(ana).get(path).text
    restore(hidden, mo)
    page = sign_in(ana).get(path).text
    assert "have taken this decision back" in page and "You can appeal until" not in page
    assert sign_in(ana).post(path, {"text": "It is the page of my own hospital."}).status_code == 422
    assert not hasattr(Decision.objects.get(pk=hidden.pk), "appeal")


def test_the_page_of_the_item_leads_there_and_the_author_finds_it_up_again(long_ago, question, ana, mo):
    client, path = sign_in(mo), f"/review/decision/{long_ago.pk}/undo/"
    assert path in client.get(f"/review/{long_ago.item_id}/").text
    page = client.get(path).text
    assert "more than 30 days ago" in page and "Show it again" in page
    assert client.post(path, {"restore": "yes"})["Location"] == f"/review/{long_ago.item_id}/"
    again = client.post(path, {"restore": "yes"}, follow=True).text
    assert "Somebody has just taken this back." in again
    assert "Show it again" not in client.get(path).text
    assert sign_in(ana).get(question.get_absolute_url()).status_code == 200
    assert "mo" in client.get("/review/log/?code=restored").text
