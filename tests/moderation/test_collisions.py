"""Two moderators never decide the same thing twice, and nothing is decided that nobody has read."""

import random
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection

import forum.actions
from moderation import actions, care
from moderation.alerts import alert_moderators
from moderation.case import what_happened
from moderation.models import Decision, Report, ReviewItem
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_order import found_in


@pytest.mark.django_db(transaction=True)
def test_of_fifty_decisions_at_once_exactly_one_wins(held, mia, mo):
    item = item_of(held)
    all_at_once = threading.Barrier(50)

    def approve_or_reject(number: int) -> str:
        """What is said to whoever comes too late; nothing to whoever wins."""
        all_at_once.wait(60)
        try:
            mine = ReviewItem.objects.for_page().get(pk=item.pk)
            if number % 2:
                actions.approve(item=mine, version=item.version, moderator=mia)
            else:
                actions.reject(item=mine, version=item.version, moderator=mo, rule="copied", words="It is copied.")
        except actions.Overtaken:
            return what_happened(ReviewItem.objects.for_page().get(pk=item.pk), version=item.version)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(50) as threads:
        said = list(threads.map(approve_or_reject, range(50)))
    assert said.count("") == 1
    decision = Decision.objects.get()
    won = {"approved": "mia approved this at ", "rejected": "mo rejected this at "}[decision.code]
    assert all(sentence.startswith(won) for sentence in said if sentence)
    held.refresh_from_db()
    assert held.status == {"approved": "published", "rejected": "returned"}[decision.code]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_up_the_same_things_none_waits_for_another_and_each_thing_has_one(newt, mia, mo):
    people = [mia, mo, *(factories.make_user(is_moderator=True) for _ in range(2))]
    items = [item_of(factories.make_question(newt)) for _ in range(4)]

    def take_up_one_after_another(person) -> list[bool]:
        try:
            return [actions.claim(item=item, moderator=person) for item in items * 4]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        taken = list(threads.map(take_up_one_after_another, people))
    assert any(map(any, taken))
    now = [item.claimed_by_id for item in ReviewItem.objects.claimed()]
    assert len(now) == len(set(now)) > 0


@pytest.mark.django_db(transaction=True)
def test_whoever_takes_up_passes_on_leaves_to_seniors_rests_and_decides_at_once_waits_for_nobody_for_ever(
    newt, mia, mo
):
    people = [mia, mo, factories.make_user(is_moderator=True, is_senior_moderator=True)]
    items = [found_in(item_of(factories.make_question(newt)), "emergency", 5) for _ in range(6)]

    def work(person) -> int:
        """How many they decided. A deadlock, or a lock that nobody lets go of, would raise."""
        won, chance = 0, random.Random(person.pk)
        try:
            for _ in range(12):
                mine = ReviewItem.objects.for_page().get(pk=chance.choice(items).pk)
                actions.claim(item=mine, moderator=person)
                match chance.randrange(4):
                    case 0:
                        actions.pass_on(item=mine, moderator=person)
                    case 1:
                        actions.escalate(item=mine, moderator=person, note="Please look.")
                    case 2:
                        care.rest(moderator=person)
                    case 3:
                        with suppress(actions.Overtaken):
                            actions.approve(item=mine, version=mine.version, moderator=person)
                            won += 1
                alert_moderators()
        finally:
            connection.close()
        return won

    with ThreadPoolExecutor(len(people)) as threads:
        won = sum(threads.map(work, people))
    assert won == Decision.objects.count() == ReviewItem.objects.filter(state="closed").count() > 0


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
    assert "mia approved this at" in answer.text
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


def report(question, note="") -> Report:
    words = {"reason": "unkind", "note": note, "contact": ""}
    return actions.report(thing=question, reporter=None, submission_key=uuid.uuid4(), **words)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decision", "fields", "states"),
    [("keep", {}, ["dismissed", "open"]), ("hide", {"rule": "unkind"}, ["upheld", "upheld"])],
)
def test_one_more_report_undoes_no_decision_and_waits_by_itself(question, mia, decision, fields, states):
    first = report(question)
    item = item_of(question)
    report(question, "It is also made up.")
    fields |= {"last_report": first.pk}
    assert decide(sign_in(mia), item, decision, **fields).status_code == 303
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == states
    left = ReviewItem.objects.about(question).open().first()
    assert (left is None) == (decision == "hide")
    assert left is None or ([reason["words"] for reason in left.reported], left.version) == (["unkind"], 2)


@pytest.mark.django_db
def test_what_happens_to_an_item_while_somebody_reads_it_is_said_beside_it(question, mia, mo):
    first = report(question)
    item, desk = item_of(question), sign_in(mia)
    seen = {"item": item.pk, "version": item.version, "last_report": first.pk}

    def news() -> str:
        return desk.get("/review/waiting/", seen).context["news"]

    assert news() == ""
    report(question)
    assert news().startswith("It was reported once more while you are reading.")
    actions.claim(item=item, moderator=mo)
    assert news() == "mo has taken this up and is reading it now."
    actions.keep(item=item, version=item.version, moderator=mo)
    assert news().startswith("mo looked at this at ")
    assert desk.get("/review/waiting/", {"item": "x"}).status_code == 200


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
    assert "mo has taken this up" in answer.text
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
