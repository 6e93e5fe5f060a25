"""Two moderators never decide the same thing twice, and nothing is decided that nobody has read."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

import forum.actions
from moderation import actions
from moderation.models import Decision, ReviewItem
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in


@pytest.mark.django_db(transaction=True)
def test_of_fifty_decisions_at_once_exactly_one_wins(held, mia, mo):
    item = item_of(held)

    def approve_or_reject(number: int) -> bool:
        mine = ReviewItem.objects.for_page().get(pk=item.pk)
        try:
            if number % 2:
                actions.approve(item=mine, version=item.version, moderator=mia)
            else:
                actions.reject(item=mine, version=item.version, moderator=mo, rule="copied", words="It is copied.")
        except actions.Overtaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(10) as threads:
        won = list(threads.map(approve_or_reject, range(50)))
    assert won.count(True) == 1
    decision = Decision.objects.get()
    held.refresh_from_db()
    assert held.status == {"approved": "published", "rejected": "returned"}[decision.code]


@pytest.mark.django_db(transaction=True)
def test_authors_and_moderators_at_once_neither_wait_for_each_other_nor_mix_up(held, newt, mia):
    def change_or_decide(number: int) -> None:
        try:
            if number % 2:
                forum.actions.edit(
                    post=held, editor=newt, title=held.title, body=f"Changed for the {number}th time today."
                )
            else:
                mine = ReviewItem.objects.for_page().order_by("-pk").first()
                actions.ask_for_changes(item=mine, version=mine.version, moderator=mia, words="Please say more.")
        except actions.Overtaken:
            pass
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(change_or_decide, range(24)))
    held.refresh_from_db()
    waiting = held.edits.filter(state="held").count()
    assert ReviewItem.objects.about(held).open().count() == waiting == (held.status == "pending")


@pytest.mark.django_db
@pytest.mark.parametrize("decision", ["approve", "edit", "changes", "reject"])
def test_the_second_moderator_is_told_what_the_first_one_did(held, mia, mo, decision):
    item = item_of(held)
    actions.approve(item=item, version=item.version, moderator=mia)
    words = {"words": "Please leave the names out.", "rule": "copied", "title": "A title of your own", "body": "Text"}
    answer = decide(sign_in(mo), item, decision, **words)
    assert answer.status_code == 409
    assert "Another moderator approved this at" in answer.text
    assert decision == "approve" or "Please leave the names out." in answer.text


@pytest.mark.django_db
def test_a_text_that_changed_meanwhile_is_shown_and_what_was_typed_is_kept(held, newt, mia):
    item = item_of(held)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="An altogether different text than before.")
    answer = decide(sign_in(mia), item, "changes", words="Please leave the names out.")
    assert answer.status_code == 409
    assert "The author changed the text while you were reading" in answer.text
    assert "An altogether different text" in answer.text
    form = answer.context["form"]
    assert (form["words"].value(), form["version"].value()) == ("Please leave the names out.", item_of(held).version)
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_a_new_report_is_read_before_it_is_decided(question, mia):
    def report(note):
        actions.report(
            thing=question, reporter=None, reason="unkind", note=note, contact="", submission_key=uuid.uuid4()
        )

    report("It is rude.")
    item = item_of(question)
    report("It is also made up.")
    answer = decide(sign_in(mia), item, "keep")
    assert answer.status_code == 409
    assert "It was reported once more" in answer.text
    assert "It is also made up." in answer.text


@pytest.mark.django_db
def test_what_was_taken_back_meanwhile_is_said_so(held, mia):
    item = item_of(held)
    forum.actions.take_back(post=held)
    answer = decide(sign_in(mia), item, "changes", words="Please leave the names out.")
    assert answer.status_code == 409
    assert "Its author took this back" in answer.text
    assert "Please leave the names out." in answer.text


@pytest.mark.django_db
def test_what_another_moderator_is_reading_is_not_decided(held, mia, mo):
    item = item_of(held)
    actions.claim(item=item, moderator=mo)
    answer = decide(sign_in(mia), item, "reject", rule="copied", words="It is copied from a book.")
    assert answer.status_code == 409
    assert "Another moderator has taken this up" in answer.text
    assert "It is copied from a book." in answer.text
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_a_button_pressed_twice_decides_once_and_complains_of_nothing(held, mia):
    item = item_of(held)
    client = sign_in(mia)
    assert decide(client, item, "approve").status_code == 303
    assert decide(client, item, "approve").status_code == 303
    assert Decision.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "٣"])
def test_a_decision_on_no_version_decides_nothing(held, mia, version):
    answer = sign_in(mia).post(f"/review/{item_of(held).pk}/approve/", {"version": version})
    assert answer.status_code == 409
    assert not Decision.objects.exists()
