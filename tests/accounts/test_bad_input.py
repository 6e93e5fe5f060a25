"""Whatever is sent to a form of this room: a sentence, and never a breakdown."""

import pytest
from django.core.cache import cache

from accounts.models import User
from tests.accounts.conftest import CODE, PASSWORD, SIGN_IN, SIGN_UP, sign_up

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BAD = {
    "empty": "",
    "blank": "   ",
    "a megabyte": "x" * 1_000_000,
    "an address of a megabyte": "x" * 1_000_000 + "@example.org",
    "an address of 300": "x" * 288 + "@example.org",
    "NUL": "ana\x00@example.org",
    "right to left": "\u202eana@example.org",
    "script": "<script>alert(1)</script>",
    "script in an address": "<script>alert(1)</script>@example.org",
    "quotes": "\"'><img src=x onerror=alert(1)>",
    "newlines": "ana@example.org\r\nBcc: everybody@example.org",
    "astral": "\U0001f600" * 100,
    "half a pair": "\ud83d".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
}
GUEST_FORMS = {
    SIGN_UP: ("email", {"old_enough": "on"}),
    SIGN_IN: ("login", {}),
    f"{SIGN_IN}?with=password": ("login", {"password": PASSWORD}),
    "/accounts/login/code/": ("email", {}),
    "/accounts/password/reset/": ("email", {}),
}
MEMBER_FORMS = {
    "/settings/profile/": ("about", {"handle": "river", "time_zone": "UTC"}),
    "/settings/profile/?with=handle": ("handle", {"time_zone": "UTC"}),
    "/settings/profile/?with=name": ("display_name", {"handle": "river", "time_zone": "UTC"}),
    "/settings/profile/?with=zone": ("time_zone", {"handle": "river"}),
    "/accounts/email/": ("email", {"action_add": ""}),
    "/accounts/password/change/": ("password1", {"oldpassword": PASSWORD, "password2": PASSWORD}),
    "/accounts/reauthenticate/": ("password", {}),
}


def is_kindly_answered(response) -> bool:
    page = response.content.decode()
    return response.status_code in (200, 302, 303, 422) and "<script>alert(1)" not in page and "<img src=x" not in page


@pytest.mark.parametrize("path", GUEST_FORMS)
def test_a_guest_is_answered(client, path):
    field, others = GUEST_FORMS[path]
    for kind, text in BAD.items():
        cache.clear()
        assert is_kindly_answered(client.post(path, {field: text} | others)), kind


@pytest.mark.parametrize("path", MEMBER_FORMS)
def test_a_member_is_answered(client, member, path):
    field, others = MEMBER_FORMS[path]
    client.force_login(member)
    for kind, text in BAD.items():
        cache.clear()
        assert is_kindly_answered(client.post(path, {field: text} | others)), kind


def test_a_code_is_answered(client):
    for kind, text in BAD.items():
        cache.clear()
        sign_up(client)
        assert is_kindly_answered(client.post(CODE, {"code": text})), kind
        assert is_kindly_answered(client.post(CODE, {"code": "1234", "action": text})), kind


def test_a_password_is_answered(client, member):
    for kind, text in BAD.items():
        cache.clear()
        assert is_kindly_answered(client.post(SIGN_IN, {"login": member.email, "password": text or " "})), kind


@pytest.mark.parametrize("path", [*GUEST_FORMS, CODE])
def test_a_form_with_no_fields_at_all_is_answered(client, path):
    assert is_kindly_answered(client.post(path, {}))


def test_no_bad_address_becomes_an_account(client):
    for text in BAD.values():
        client.post(SIGN_UP, {"email": text, "old_enough": "on"})
    assert set(User.objects.values_list("email", flat=True)) <= {"ana@example.org"}


def test_marks_that_came_along_with_a_pasted_address_are_dropped(client):
    sign_up(client, email="\u200bana@example.org\u00a0\u200e")
    assert User.objects.get().email == "ana@example.org"
