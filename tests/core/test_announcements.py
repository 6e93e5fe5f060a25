"""The bar above every page: what is announced, from when until when, and who says it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core import announcements
from core.models import Announcement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_looked_up(nothing_remembered):
    cache.delete(announcements.KEY)


RESTS = "The site rests tonight. [What that means](/about/)."


def announce(text: str = RESTS, **times) -> Announcement:
    announcement = Announcement(text=text, **times)
    announcements.save(announcement)
    return announcement


def shown(client, path: str = "/") -> bool:
    return 'id="announcement"' in client.get(path).content.decode()


def test_it_stands_on_every_page(client):
    announce()
    page = client.get("/rules/").content.decode()
    assert 'The site rests tonight. <a href="/about/">What that means</a>.' in page


def test_the_newest_one_that_has_begun_is_shown(client):
    announce("The older one.", starts_at=timezone.now() - timedelta(days=2))
    announce("The newer one.", starts_at=timezone.now() - timedelta(days=1))
    announce("Not yet this one.", starts_at=timezone.now() + timedelta(days=1))
    page = client.get("/").content.decode()
    assert "The newer one." in page
    assert "The older one." not in page
    assert "Not yet this one." not in page


def test_it_ends_by_the_clock(client):
    announce(starts_at=timezone.now() - timedelta(days=2), ends_at=timezone.now() - timedelta(days=1))
    assert not shown(client)


def test_a_change_is_seen_at_once(client, django_capture_on_commit_callbacks):
    announcement = announce()
    assert shown(client)
    announcement.ends_at = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        announcements.save(announcement)
    assert not shown(client)


def test_nothing_in_it_but_text_and_links(client):
    announce("<script>alert(1)</script> ![x](https://example.org/x.png)")
    page = client.get("/").content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src" not in page


@pytest.mark.parametrize("text", ["", RESTS])
def test_pages_ask_for_it_once_a_minute(client, time_machine, text):
    if text:
        announce(text)
    now = timezone.now()
    for after, statements in ((0, 1), (59, 0), (61, 1)):
        time_machine.move_to(now + timedelta(seconds=after))
        with CaptureQueriesContext(connection) as captured:
            client.get("/rules/")
        assert sum("core_announcement" in one["sql"] for one in captured) == statements


@pytest.fixture
def no_second_factor(settings):
    settings.REQUIRE_STAFF_MFA = False


@pytest.mark.usefixtures("no_second_factor")
@pytest.mark.parametrize(("who", "may"), [("boss", True), ("ed", True), ("rae", False)])
def test_moderators_and_editors_announce(client, request, who, may):
    client.force_login(request.getfixturevalue(who))
    typed = {"text": RESTS, "starts_at_0": "2026-01-01", "starts_at_1": "08:00", "ends_at_0": "", "ends_at_1": ""}
    response = client.post(reverse("admin:core_announcement_add"), typed)
    assert response.status_code == (302 if may else 403)
    assert shown(client) is may


@pytest.mark.usefixtures("no_second_factor")
def test_it_ends_after_it_begins(client, boss):
    client.force_login(boss)
    typed = {"text": RESTS, "starts_at_0": "2026-01-02", "starts_at_1": "08:00"}
    response = client.post(
        reverse("admin:core_announcement_add"), typed | {"ends_at_0": "2026-01-01", "ends_at_1": "08:00"}
    )
    assert "It would end before it begins." in response.content.decode()
