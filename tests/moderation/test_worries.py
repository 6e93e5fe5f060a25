"""Who worries about somebody says so and accuses nobody: it is read at once, told kindly, and counts against nobody."""

import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from accounts.models import User
from moderation import at_once, figures, lists, members, privacy
from moderation.alerts import alert_moderators
from moderation.models import DayFigures, Decision, Report
from notifications.models import Notification
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_queue import report
from tests.moderation.test_reports import path_of, send
from tests.moderation.test_transparency import rows

pytestmark = pytest.mark.django_db
GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-DE"}


def worry(client, thing):
    return send(client, thing, reason="worried", note="She sounds so alone.")


def told(person) -> list[str]:
    return list(Notification.objects.filter(recipient=person).values_list("kind", flat=True))


def test_it_says_that_it_is_no_accusation(client, answer):
    page = client.get(path_of(answer)).text
    assert "I am worried about the person who wrote this" in page
    assert "This is no accusation" in page


def test_a_guest_reads_at_once_what_they_can_do_and_whom_to_call(client, answer):
    # As a site begins, whatever was emptied since.
    import_module("moderation.migrations.0006_first_support_lines").write(apps, None)
    page = client.get(worry(client, answer)["Location"], **GERMAN).text
    for words in ("What you can do now", 'href="tel:112"', "These are numbers of Germany", "no accusation"):
        assert words in page
    assert "What you can do now" not in client.get(send(client, answer)["Location"]).text


def test_it_waits_as_high_as_a_crisis_and_is_announced(question, client, mia):
    report(factories.make_question(factories.make_user()), "dangerous")
    worry(client, question)
    item = item_of(question)
    assert (item.harm, item.distress, lists.next_for(mia)) == (5, "worried", item)
    page = sign_in(mia).get("/review/")
    assert "Next: somebody whom a reader worries about" in page.text
    assert "so alone" not in page.text


def test_moderators_are_alerted_and_the_author_is_told_nothing(question, ana, client, mia):
    worry(client, question)
    assert alert_moderators()
    assert (told(mia), told(ana)) == (["urgent"], [])


@pytest.mark.parametrize(("decision", "fields"), [("keep", {}), ("hide", {"rule": "personal"})])
def test_whoever_reported_it_learns_that_it_was_read_and_no_more(question, ana, eve, mia, decision, fields):
    worry(sign_in(eve), question)
    decide(sign_in(mia), item_of(question), decision, last_report=Report.objects.get().pk, **fields)
    assert "reported" in told(eve)
    page = sign_in(eve).get(f"{path_of(question)}thanks/").text
    assert "A moderator has read it. Thank you for looking after somebody." in page
    assert "Something was done" not in page and "it stays" not in page
    assert "What you can do now" in page


def test_the_reasons_of_a_decision_do_not_say_that_it_was_reported(question, ana, client, mia):
    worry(client, question)
    decide(sign_in(mia), item_of(question), "hide", rule="personal")
    page = sign_in(ana).get(f"/settings/decisions/{Decision.objects.get().pk}/").text
    assert "None. A moderator decided." in page
    assert "reported" not in page and "worried" not in page


def test_nothing_that_is_kept_of_the_author_tells_of_it(question, ana, client, mia):
    worry(client, question)
    data = json.dumps(privacy.export(ana), default=str)
    assert "worried" not in data and "so alone" not in data
    assert members.file_of(ana).reports == {}


def test_however_many_worry_nothing_is_put_out_of_sight(answer):
    for _ in range(6):
        report(answer, "worried", reporter=factories.make_user(trust=User.Trust.TRUSTED))
    answer.refresh_from_db()
    assert (answer.status, answer.collapsed_at, at_once.weight_of_reports(answer)) == ("published", None, 0)


def test_to_worry_makes_no_report_weigh_more_or_less(question, answer, eve, mia):
    before = at_once.weight(upheld=0, dismissed=0, is_new=False)
    User.objects.filter(pk=eve.pk).update(trust=User.Trust.BASIC)
    worry(sign_in(eve), question)
    decide(sign_in(mia), item_of(question), "keep", last_report=Report.objects.get().pk)
    report(answer, "unkind", reporter=eve)
    assert at_once.weight_of_reports(answer) == before


def test_a_moderator_still_reads_what_somebody_wrote_who_was_worried_about_them(mia, eve):
    worry(sign_in(eve), factories.make_question(mia))
    theirs = factories.make_question(eve)
    report(theirs)
    assert sign_in(mia).get(f"/review/{item_of(theirs).pk}/").status_code == 200


def test_it_is_no_rule_to_reject_or_hide_by(question, client, mia):
    worry(client, question)
    answer = decide(sign_in(mia), item_of(question), "hide", rule="worried", words="We worry about you.")
    assert (answer.status_code, Decision.objects.count()) == (422, 0)


def test_everybody_reads_how_many_worried(client):
    last_month = figures.today().replace(day=1) - timedelta(days=1)
    DayFigures.objects.create(day=last_month, counts={"reported:worried": 6, "reported:unkind": 4})
    assert rows(client)["I am worried about the person who wrote this"] == "6"


def test_beside_the_item_stands_what_to_do(question, client, mia):
    worry(client, question)
    desk, item = sign_in(mia), item_of(question)
    desk.post(f"/review/{item.pk}/take/")
    page = desk.get(f"/review/{item.pk}/").text
    assert "so alone" in page and "It is no accusation, and they are told nothing of it." in page
