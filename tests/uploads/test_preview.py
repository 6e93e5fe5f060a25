"""The preview shows what will be shown."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import markdown

URL = "/markdown/preview/"
TEXT = "# Title\n\none\ntwo[^1] ![a](/media/a-2x1.webp) <script>\0"
pytestmark = pytest.mark.django_db


def assert_refused(response, status, words):
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    assert words in response.json()["error"]


def test_the_address_has_the_name_that_markdownx_knows():
    assert reverse("markdownx_markdownify") == URL


def test_a_post_looks_as_it_will(client, ana):
    client.force_login(ana)
    assert client.post(URL, {"content": TEXT}).content.decode() == markdown.render(TEXT)
    assert client.post(URL, {"content": TEXT, "top": 3}).content.decode() == markdown.render(TEXT, top=3)


@pytest.mark.parametrize("fields", [{}, {"content": ""}, {"content": " \n\0"}])
def test_nothing_looks_like_nothing(client, ana, fields):
    client.force_login(ana)
    response = client.post(URL, fields)
    assert response.status_code == 200
    assert response.content == b""


def test_only_a_post_is_answered(client, ana):
    client.force_login(ana)
    response = client.get(URL)
    assert_refused(response, 405, "POST")
    assert response["Allow"] == "POST"


def test_who_is_signed_out_is_told_so(client):
    assert_refused(client.post(URL, {"content": TEXT}), 401, "signed out")


def test_a_text_that_is_too_long(client, ana):
    client.force_login(ana)
    assert_refused(client.post(URL, {"content": "x" * (markdown.LIMIT + 1)}), 422, "you have 60001")
    assert_refused(client.post(URL, {"content": "x" * 1_000_000}), 413, "too large")
    longest = "😀" * markdown.LIMIT
    assert client.post(URL, f"content={longest}", content_type="application/x-www-form-urlencoded").status_code == 200


@pytest.mark.parametrize("top", ["1", "7", "x", "9" * 5000])
def test_a_level_that_there_is_not(client, ana, top):
    client.force_login(ana)
    assert client.post(URL, {"content": TEXT, "top": top}).status_code == 422


def test_a_form_of_somebody_else_is_refused(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    response = client.post(URL, {"content": TEXT}, headers={"Accept": "application/json"})
    assert_refused(response, 403, "open too long")


def test_it_rests_after_many(client, ana, time_machine):
    # All of them in the same minute.
    time_machine.move_to(timezone.now(), tick=False)
    client.force_login(ana)
    for _ in range(120):
        client.post(URL, {"content": "x"})
    assert_refused(client.post(URL, {"content": "x"}), 429, "rest")
