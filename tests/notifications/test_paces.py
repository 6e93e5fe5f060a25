"""When mails are due, and what goes into one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.db import IntegrityError, transaction

from accounts.models import Distance, User
from notifications.actions import choose_paces, notify
from notifications.kinds import Kind, Matter
from notifications.models import Notification, Preference
from notifications.paces import due_at
from notifications.sweeps import send_mails

THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "zone", "due"),
    [
        ("now", "UTC", THURSDAY),
        ("daily", "UTC", datetime(2026, 11, 27, 8, tzinfo=UTC)),
        ("daily", "America/Los_Angeles", datetime(2026, 11, 26, 16, tzinfo=UTC)),
        ("weekly", "Asia/Tokyo", datetime(2026, 11, 29, 23, tzinfo=UTC)),
        ("never", "UTC", None),
    ],
)
def test_a_mail_is_due_at_eight_in_the_morning_of_its_reader(pace, zone, due):
    assert due_at(pace, now=THURSDAY, zone=ZoneInfo(zone)) == due


def test_on_monday_the_weekly_mail_goes_out_the_same_day_or_a_week_later():
    monday = datetime(2026, 11, 30, tzinfo=UTC)
    assert due_at("weekly", now=monday.replace(hour=7), zone=None) == monday.replace(hour=8)
    assert due_at("weekly", now=monday.replace(hour=8), zone=None) == monday.replace(hour=8) + timedelta(days=7)


def test_eight_stays_eight_when_the_clocks_change():
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert due_at("daily", now=before, zone=ZoneInfo("Europe/Berlin")) == datetime(2026, 10, 25, 7, tzinfo=UTC)


def test_a_burst_is_one_mail_with_all_of_it(ana, shelf, settings):
    settings.MAILS_WAIT = timedelta(minutes=3)
    for number in (1, 2, 3):
        notify([ana.pk], kind="answer", subject=("answer", number))
    assert send_mails() == 0
    first = Notification.objects.earliest("pk")
    Notification.objects.filter(pk=first.pk).update(mail_due_at=first.created_at)
    shelf.hidden.add(2)
    assert [send_mails(), send_mails()] == [1, 0]
    (message,) = outbox.outbox
    assert message.subject == "Askwell: 2 things are new for you"
    for number, is_in in ((1, True), (2, False), (3, True)):
        token = Notification.objects.get(subject_id=number).token
        assert (token in message.body, token in message.alternatives[0].content) == (is_in, is_in)
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()
    assert Notification.objects.filter(mail_sent_at__isnull=False).count() == 2


def test_subjects_are_named_to_who_wants_that(ana, shelf):
    User.objects.filter(pk=ana.pk).update(mails_name_subjects=True)
    notify([ana.pk], kind="answer", subject=("answer", 1))
    send_mails()
    (message,) = outbox.outbox
    assert message.subject == "Askwell: somebody answered your question: Secret title 1"
    assert "Secret title 1" in message.body


def test_what_waits_is_not_sent_when_its_matter_is_switched_off(ana, shelf):
    for kind in ("answer", "comment"):
        notify([ana.pk], kind=kind, subject=(kind, 1))
    choose_paces(user=ana, paces={Matter.ANSWER: "never"})
    choose_paces(user=ana, paces={Matter.ANSWER: "daily"})
    assert send_mails() == 1
    assert outbox.outbox[0].subject == "Askwell: somebody commented on what you wrote"


def test_every_kind_has_words_and_a_choice(ana, shelf):
    for kind in Kind:
        notify([ana.pk], kind=kind, subject=("answer", 1))
    choose_paces(user=ana, paces=dict.fromkeys(Matter, "never"))
    assert send_mails() == 0


@pytest.mark.parametrize("kind", Distance.Kind)
def test_who_keeps_somebody_at_a_distance_hears_nothing_of_what_they_do_under_their_name(ana, ben, kind):
    Distance.objects.create(member=ana, other=ben, kind=kind)
    notify([ana.pk], kind="comment", subject=("comment", 1), actor_id=ben.pk)
    assert not Notification.objects.exists()
    # Silence would tell who it is.
    notify([ana.pk], kind="comment", subject=("comment", 2), actor_id=ben.pk, is_nameless=True)
    assert Notification.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"pace": "hourly"}, {"pace": "now"}])
def test_a_preference_is_one_of_four_and_once(ana, wrong):
    Preference.objects.create(member=ana, matter="answer", pace="daily")
    matter = "comment" if wrong["pace"] == "hourly" else "answer"
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(member=ana, matter=matter, **wrong)
