"""Who is on duty, whom an urgent item reaches and when, and what holds while nobody is there."""

import threading
import uuid
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

import accounts.actions
from accounts.models import User
from core.models import Draft
from forum import waiting
from forum.desk import Submission
from forum.models import Post
from moderation import actions, care, duty
from moderation.alerts import alert_moderators
from moderation.models import Alert, DutyHours, NightRules, ReviewItem
from moderation.screeners import night
from notifications.models import Notification
from notifications.sweeps import send_mails
from tests import factories
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAILY = dict.fromkeys(range(7), (time(8), time(20)))
CRISIS = "I want to die. What now?"
HURT = "he locks me in and takes my phone. What now?"


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


def later(clock, minutes: int) -> None:
    clock.move_to(MONDAY + timedelta(minutes=minutes), tick=False)


def on_duty(moderator, spans=DAILY, *, zone="UTC") -> None:
    User.objects.filter(pk=moderator.pk).update(time_zone=zone)
    duty.choose_hours(moderator=moderator, spans=spans)
    duty.cache.clear()


def urgent(author, text=CRISIS) -> ReviewItem:
    return factories.item_of(factories.make_question(author, "I do not know what to do tonight", text))


def mailed(mailoutbox) -> list[tuple[str, str]]:
    """Who was mailed since the last time, and in which words."""
    while send_mails():
        pass
    mails = sorted((message.to[0].partition("@")[0], message.subject) for message in mailoutbox)
    mailoutbox.clear()
    return mails


# What can never be


@pytest.mark.parametrize(
    "wrong",
    [{"weekday": 7}, {"begins": time(8), "ends": time(8)}, {"weekday": 1}],
    ids=["no such day", "no time", "twice a day"],
)
def test_hours_are_once_a_day_and_take_some_time(mia, wrong):
    DutyHours.objects.create(moderator=mia, weekday=1, begins=time(1), ends=time(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        DutyHours.objects.create(**{"moderator": mia, "weekday": 2, "begins": time(8), "ends": time(9)} | wrong)


def test_there_is_one_row_of_rules_for_the_night_and_three_steps_of_an_alert(ana):
    with pytest.raises(IntegrityError), transaction.atomic():
        NightRules.objects.create(pk=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(item=urgent(ana), told=4)


# Who is on


@pytest.mark.parametrize(
    ("spans", "zone", "is_on"),
    [
        ({0: (time(8), time(20))}, "UTC", True),
        ({0: (time(12), time(20))}, "UTC", True),
        ({0: (time(8), time(12))}, "UTC", False),
        ({1: (time(8), time(20))}, "UTC", False),
        ({0: (time(20), time(23))}, "Asia/Tokyo", True),
        ({0: (time(8), time(20))}, "Asia/Tokyo", False),
        ({6: (time(22), time(13))}, "UTC", True),
        ({6: (time(22), time(6))}, "UTC", False),
        ({0: (time(8), time(20))}, "Mars/Base", True),
    ],
)
def test_hours_are_those_of_the_moderators_own_zone_and_may_pass_midnight(mia, noon, spans, zone, is_on):
    on_duty(mia, spans, zone=zone)
    assert (list(duty.duty().on) == [mia.pk]) == is_on


def test_without_hours_nobody_can_say(mia, noon):
    assert duty.duty().is_known is False
    assert duty.asleep_until() is None
    on_duty(mia, {2: (time(8), time(9))})
    assert duty.asleep_until() == datetime(2026, 11, 25, 8, tzinfo=UTC)


def test_a_moderator_says_their_hours_and_the_queue_shows_who_is_on(mia, mo, noon, client):
    client = sign_in(mia)
    assert "Nobody has said yet" in client.get("/review/").content.decode()
    response = client.post(
        "/review/duty/", {"begins_0": "08:00", "ends_0": "20:00", "begins_3": "22:00", "ends_3": "2:00"}
    )
    assert response.status_code == 303
    duty.cache.clear()
    assert list(mia.duty_hours.values_list("weekday", "begins", "ends").order_by("weekday")) == [
        (0, time(8), time(20)),
        (3, time(22), time(2)),
    ]
    client = sign_in(mo)
    assert f"{mia.name} until 20:00" in " ".join(client.get("/review/").content.decode().split())
    later(noon, 60 * 9)
    assert "Nobody is on duty now." in client.get("/review/").content.decode()


def test_half_a_day_is_asked_about_and_nothing_is_lost(mia):
    response = sign_in(mia).post(
        "/review/duty/", {"begins_0": "08:00", "ends_1": "nine", "begins_2": "08:00", "ends_2": "8:00"}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Please give both times, or neither." in page
    assert 'value="nine"' in page
    assert "These are the same." in page


# Whom it reaches


def test_an_urgent_item_reaches_those_on_duty_then_everybody_then_its_author(ana, mia, mo, noon, mailoutbox):
    on_duty(mia)
    item = urgent(ana)
    for _ in range(2):
        alert_moderators()
    assert mailed(mailoutbox) == [("mia", "Askwell: something is waiting")]
    later(noon, 14)
    alert_moderators()
    assert mailed(mailoutbox) == []
    later(noon, 15)
    for _ in range(2):
        alert_moderators()
    assert mailed(mailoutbox) == [("mo", "Askwell: something is waiting")]
    later(noon, 60)
    for _ in range(2):
        alert_moderators()
    [(who, subject)] = mailed(mailoutbox)
    assert who == "ana"
    assert "no moderator has read yet what you wrote" in subject
    page = sign_in(ana).get(item.thing.get_absolute_url()).content.decode()
    assert 'id="support-crisis"' in page
    later(noon, 600)
    assert alert_moderators() == 0


def test_a_mail_says_nothing_of_what_waits(ana, mia, noon, mailoutbox):
    on_duty(mia)
    item = urgent(ana)
    alert_moderators()
    send_mails()
    [message] = mailoutbox
    said = f"{message.subject} {message.body} {message.alternatives}"
    for word in (item.thing.title, "die", ana.handle, "self", "crisis", str(item.thing.topic)):
        assert word not in said.replace("askwell@localhost", "")


def test_who_is_hurt_is_told_on_the_site_alone(ana, mia, noon, mailoutbox):
    urgent(ana, HURT)
    alert_moderators()
    later(noon, 61)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mia"]
    assert ana.notifications.get().kind == "unread"


@pytest.mark.parametrize("by", ["claim", "decision"])
def test_what_is_taken_up_or_decided_alerts_nobody(ana, mia, mo, noon, mailoutbox, by):
    on_duty(mia)
    item = urgent(ana)
    alert_moderators()
    if by == "claim":
        actions.claim(item=item, moderator=mo)
    else:
        actions.approve(item=item, version=item.version, moderator=mo)
        Notification.objects.filter(recipient=ana).update(mail_due_at=None)
    assert mailed(mailoutbox) == []
    later(noon, 14)
    alert_moderators()
    assert mailed(mailoutbox) == []
    alert_moderators()
    if by == "decision":
        assert not Notification.objects.filter(kind="urgent", withdrawn_at=None).exists()


def test_what_is_less_than_urgent_alerts_nobody(newt, mia, noon):
    on_duty(mia)
    factories.make_question(newt)
    assert alert_moderators() == 0
    assert not Notification.objects.exists()


def test_nobody_is_alerted_of_their_own(mia, mo, noon, mailoutbox):
    on_duty(mia)
    on_duty(mo)
    urgent(mia)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mo"]


def test_where_nobody_is_on_duty_everybody_is_told_at_once(ana, mia, mo, noon, mailoutbox):
    on_duty(mia, {2: (time(8), time(9))})
    urgent(ana)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mia", "mo"]


def spared(moderator) -> None:
    care.spare(moderator=moderator, classes=["self_harm"])


def resting(moderator) -> None:
    care.rest(moderator=moderator)


@pytest.mark.parametrize("is_away", [spared, resting])
def test_who_is_spared_or_takes_a_break_is_told_only_where_nobody_else_is_there(
    is_away, ana, mia, mo, noon, mailoutbox
):
    on_duty(mia)
    on_duty(mo)
    is_away(mia)
    urgent(ana)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mo"]
    later(noon, 15)
    alert_moderators()
    assert mailed(mailoutbox) == []
    on_duty(mo, {})
    urgent(ana)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mo"]
    later(noon, 29)
    is_away(mia)
    later(noon, 30)
    alert_moderators()
    assert "mia" in [who for who, _subject in mailed(mailoutbox)]
    accounts.actions.give_roles(user=mo, is_moderator=False)
    urgent(ana)
    is_away(mia)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mia"]


def test_who_is_spared_something_else_or_is_back_is_told(ana, mia, mo, noon, mailoutbox):
    on_duty(mia)
    care.spare(moderator=mia, classes=["abuse"])
    care.rest(moderator=mia)
    item = urgent(ana)
    actions.claim(item=item, moderator=mia)
    actions.pass_on(item=item, moderator=mia)
    alert_moderators()
    assert [who for who, _subject in mailed(mailoutbox)] == ["mia"]


@pytest.mark.parametrize("is_on", [True, False])
def test_what_is_urgent_and_left_to_senior_moderators_they_are_told_of(ana, mia, mo, noon, mailoutbox, is_on):
    una = factories.make_user("una", is_moderator=True, is_senior_moderator=True)
    vic = factories.make_user("vic", is_moderator=True, is_senior_moderator=True)
    on_duty(mia)
    if is_on:
        on_duty(una)
    item = urgent(ana)
    actions.escalate(item=item, moderator=mia, note="I know her.")
    told = Notification.objects.filter(kind="urgent").values_list("recipient", flat=True)
    assert set(told) == ({una.pk} if is_on else {una.pk, vic.pk})


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_a_step_once(ana, mia):
    on_duty(mia, dict.fromkeys(range(7), (time(0), time(23, 59))))
    urgent(ana)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        alert_moderators()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    alert_moderators()
    assert Notification.objects.filter(kind="urgent").count() == 1


# While nobody is there


def test_who_waits_is_told_when_somebody_is_there_again(ana, mia, noon):
    on_duty(mia, {1: (time(7, 30), time(9))})
    assert waiting.expected(ana) == "Moderators are asleep now; we expect to read this by about 08:00 your time."
    with timezone.override("Asia/Tokyo"):
        assert "about 17:00 your time" in waiting.expected(ana)
    on_duty(mia, {4: (time(8), time(9))})
    assert "by Friday, about 08:00 (UTC)" in waiting.expected(ana)
    on_duty(mia)
    assert "We cannot say how long that takes" in waiting.expected(ana)


def night_rules(**rules: bool) -> None:
    duty.choose_rules(rules=NightRules(**rules))
    duty.cache.clear()


@pytest.mark.parametrize(
    ("is_slow", "spans", "trust", "is_held"),
    [
        (True, {2: (time(8), time(9))}, "basic", True),
        (True, {2: (time(8), time(9))}, "trusted", False),
        (True, DAILY, "basic", False),
        (True, {}, "basic", False),
        (False, {2: (time(8), time(9))}, "basic", False),
    ],
    ids=["slow", "trusted", "somebody is on", "no hours are known", "off"],
)
def test_slow_mode_holds_what_is_written_while_nobody_is_on(ana, mia, noon, is_slow, spans, trust, is_held):
    on_duty(mia, spans)
    night_rules(is_slow=is_slow)
    author = User(trust=trust)
    found = night.screen(Submission(kind="question", author=author, title="", body="It began on Friday."))
    assert bool(found) == is_held
    if trust == "basic":
        assert (factories.make_question(ana).status == Post.Status.PENDING) == is_held


def test_no_new_threads_tonight_keeps_what_was_written(ana, mia, topic, noon):
    accounts.actions.give_health_consent(user=ana)
    on_duty(mia, {2: (time(8), time(9))})
    night_rules(no_new_threads=True)
    client = sign_in(ana)
    assert "There are no new questions tonight" in client.get("/ask/").content.decode()
    title = "Does magnesium help with cramps in the night?"
    typed = {"title": title, "body": "", "topic": topic.slug, "audience": "usual", "submission_key": str(uuid.uuid4())}
    response = client.post("/ask/", typed)
    page = response.content.decode()
    assert response.status_code == 403
    assert "Yours is kept under “My drafts”" in page and title in page
    assert Draft.objects.get(owner_id=ana.pk).fields["title"] == title
    assert not ana.questions.exists()
    on_duty(mia)
    assert client.post("/ask/", typed).status_code == 303
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("who", "may"), [("boss", True), ("mia", False), ("ed", False)])
def test_who_runs_the_site_chooses_what_holds_at_night(request, who, may):
    person = request.getfixturevalue(who)
    client = sign_in(person)
    client.post(reverse("admin:moderation_nightrules_add"), {"is_slow": "on"})
    assert NightRules.objects.filter(is_slow=True).exists() == may
    if may:
        assert client.get(reverse("admin:moderation_nightrules_add")).status_code == 403
