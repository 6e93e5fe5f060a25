"""What a moderator has taken up is theirs while they are at it, not for ever, and they are told before it ends."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.utils import timezone

from moderation import actions
from moderation.models import ReviewItem
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_order import found_in

SLACK = timedelta(seconds=30)


@pytest.fixture
def urgent(held, mia):
    """What mia has just taken up."""
    item = found_in(item_of(held), "emergency", 5)
    assert actions.claim(item=item, moderator=mia)
    return item


def pass_time(item, minutes: float) -> ReviewItem:
    """The item, as if it had been taken up and kept so much earlier."""
    some = timedelta(minutes=minutes)
    ReviewItem.objects.filter(pk=item.pk).update(
        claimed_at=F("claimed_at") - some, claimed_until=F("claimed_until") - some
    )
    return now(item)


def now(item) -> ReviewItem:
    return ReviewItem.objects.for_page().get(pk=item.pk)


def minutes_left(item) -> float:
    return (now(item).claimed_until - timezone.now()) / timedelta(minutes=1)


def seen(item, **here) -> dict[str, str]:
    return {"item": item.pk, "version": item.version, "last_report": 0} | here


@pytest.mark.django_db
def test_whoever_is_still_at_it_has_it_for_as_long_again(urgent, mia, mo):
    item = pass_time(urgent, 4)
    assert actions.stay(item=item, moderator=mia)
    assert minutes_left(item) == pytest.approx(5, abs=0.5)
    assert not actions.claim(item=pass_time(item, 4), moderator=mo)


@pytest.mark.django_db
def test_what_is_not_urgent_is_left_alone_for_longer(held, mia):
    actions.claim(item=item_of(held), moderator=mia)
    item = pass_time(item_of(held), 14)
    assert actions.stay(item=item, moderator=mia)
    assert minutes_left(item) == pytest.approx(15, abs=0.5)


@pytest.mark.django_db
def test_nobody_has_anything_for_ever(urgent, mia, mo):
    for _ in range(7):
        item = pass_time(urgent, 4)
        assert actions.stay(item=item, moderator=mia)
    assert minutes_left(item) == pytest.approx(2, abs=0.5)
    item = pass_time(item, 2.1)
    for begins_anew in (actions.stay, actions.claim):
        assert begins_anew(item=item, moderator=mia) == (begins_anew is actions.claim)
    assert actions.claim(item=pass_time(item, 31), moderator=mo)


@pytest.mark.django_db
def test_whoever_took_up_again_what_they_have_has_it_no_longer_for_that(urgent, mia):
    item = pass_time(urgent, 28)
    ReviewItem.objects.update(claimed_until=timezone.now() + SLACK)
    assert actions.claim(item=item, moderator=mia)
    assert minutes_left(item) == pytest.approx(2, abs=0.5)


@pytest.mark.django_db
def test_what_lapsed_is_theirs_again_as_long_as_nobody_else_took_it_up(urgent, mia, mo):
    item = pass_time(urgent, 6)
    assert actions.stay(item=item, moderator=mia)
    late = pass_time(urgent, 6)
    assert actions.claim(item=late, moderator=mo)
    for as_read in (late, now(item)):
        assert not actions.stay(item=as_read, moderator=mia)
    assert now(item).claimed_by == mo


@pytest.mark.django_db
def test_what_was_passed_on_or_decided_is_nobodys(urgent, held, mia):
    before = now(urgent)
    actions.pass_on(item=before, moderator=mia)
    assert not actions.stay(item=before, moderator=mia)
    assert actions.claim(item=before, moderator=mia)
    before = now(urgent)
    actions.approve(item=before, version=before.version, moderator=mia)
    assert not actions.stay(item=before, moderator=mia)


@pytest.mark.django_db(transaction=True)
def test_what_lapses_while_another_takes_it_up_is_exactly_one_persons(urgent, mia, mo):
    for _ in range(12):
        ReviewItem.objects.update(claimed_by=mia, claimed_at=timezone.now() - timedelta(minutes=6))
        ReviewItem.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
        at_once = threading.Barrier(2)

        def act(does, person, at_once=at_once) -> bool:
            try:
                item = now(urgent)
                at_once.wait(60)
                return does(item=item, moderator=person)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as threads:
            stays, takes = threads.submit(act, actions.stay, mia), threads.submit(act, actions.claim, mo)
        assert stays.result() != takes.result()
        assert now(urgent).claimed_by == (mia if stays.result() else mo)


# On the page


@pytest.mark.django_db
def test_a_page_that_is_only_open_keeps_nothing_and_one_that_is_read_does(urgent, mia):
    desk = sign_in(mia)
    pass_time(urgent, 2)
    desk.get("/review/waiting/", seen(urgent))
    assert minutes_left(urgent) == pytest.approx(3, abs=0.5)
    desk.get("/review/waiting/", seen(urgent, is_here="yes"))
    assert minutes_left(urgent) == pytest.approx(5, abs=0.5)


@pytest.mark.django_db
def test_without_the_script_every_page_of_it_keeps_it(urgent, mia):
    desk, page = sign_in(mia), f"/review/{urgent.pk}/"
    for visit in (
        lambda: desk.get("/review/"),
        lambda: desk.get(page),
        lambda: desk.get(f"{page}changes/"),
        lambda: decide(desk, urgent, "changes", words=""),
    ):
        pass_time(urgent, 3)
        assert visit().status_code in (200, 422)
        assert minutes_left(urgent) == pytest.approx(5, abs=0.5)


@pytest.mark.django_db
def test_looking_at_what_another_has_keeps_it_for_nobody(urgent, mo):
    pass_time(urgent, 3)
    sign_in(mo).get(f"/review/{urgent.pk}/")
    sign_in(mo).get("/review/waiting/", seen(urgent, is_here="yes"))
    assert minutes_left(urgent) == pytest.approx(2, abs=0.5)


@pytest.mark.django_db
def test_until_when_it_is_theirs_at_most_is_said_beside_the_decisions(urgent, mia):
    page = sign_in(mia).get(f"/review/{urgent.pk}/")
    until = timezone.localtime(now(urgent).claimed_at + timedelta(minutes=30))
    assert f"until {until:%H:%M} at most" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "left", "words"),
    [(3, 2, ""), (4, 1, "Are you still reading?"), (29, 1, "for long"), (8, -1, "nobody else has taken it up")],
)
def test_losing_it_is_said_before_it_is_lost(urgent, mia, mo, ago, left, words):
    beginning = timezone.now() - timedelta(minutes=ago)
    ReviewItem.objects.update(claimed_at=beginning, claimed_until=beginning + timedelta(minutes=ago + left))
    told = sign_in(mia).get("/review/waiting/", seen(urgent))
    assert words in told.context["ending"] if words else told.context["ending"] == ""
    assert told.context["ending"] in told.text
    assert sign_in(mo).get("/review/waiting/", seen(urgent)).context["ending"] == ""


@pytest.mark.django_db
def test_whoever_was_too_slow_reads_who_has_it_now(urgent, mia, mo):
    actions.claim(item=pass_time(urgent, 6), moderator=mo)
    told = sign_in(mia).get("/review/waiting/", seen(urgent, is_here="yes"))
    assert (told.context["ending"], told.context["news"]) == ("", "mo has taken this up and is reading it now.")
