"""Whoever may open the admin or the review queue signs in with two steps, in this very session."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import AnonymousUser

from accounts import actions, rules
from accounts.models import User
from config import gunicorn
from tests.accounts.conftest import PASSWORD, SIGN_IN, code, type_code, who

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_STAFF_MFA = True


@pytest.fixture
def boss(member) -> User:
    actions.make_admin(user=member)
    return member


@pytest.fixture
def app(boss) -> None:
    """An authenticator app that `boss` has set up."""
    auth.TOTP.activate(boss, SECRET)


def shown() -> str:
    """What the app shows now."""
    return auth.format_hotp_value(auth.hotp_value(SECRET, next(auth.yield_hotp_counters_from_time())))


@pytest.mark.parametrize("path", ["/admin/", "/admin/accounts/", "/review/", "/review/1/"])
def test_without_a_second_factor_one_is_set_up_first_and_told_why(client, boss, path):
    client.force_login(boss)
    response = client.get(path)
    assert response.status_code == 303 and response["Location"] == ACTIVATE
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": ACTIVATE})
    assert "please first set up two-step sign-in" in client.get(ACTIVATE).content.decode()


@pytest.mark.parametrize("path", ["/admin/", "/review/"])
def test_a_prefix_that_a_client_invents_is_no_way_around(client, boss, path):
    client.force_login(boss)
    assert client.get(path, SCRIPT_NAME="/x").status_code == 303


def test_the_web_server_takes_no_prefix_from_a_client():
    assert gunicorn.forwarder_headers == ""


@pytest.mark.parametrize("role", ["is_staff", "is_moderator", "is_editor"])
def test_every_role_with_power_needs_it(role):
    assert rules.needs_second_factor(User(**{role: True}))


def test_nobody_else_is_asked(client, member):
    client.force_login(member)
    assert "2fa" not in client.get("/review/").headers.get("Location", "")


def test_other_pages_stay_open_without_it(client, boss):
    client.force_login(boss)
    assert client.get("/settings/profile/").status_code == 200


def test_a_session_from_before_is_asked_for_a_code(client, boss, app):
    client.force_login(boss)
    response = client.get("/admin/?q=1")
    assert response["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F%3Fq%3D1"
    response = client.post("/accounts/2fa/reauthenticate/", {"code": shown(), "next": "/admin/?q=1"})
    assert response["Location"] == "/admin/?q=1"
    assert client.get("/admin/").status_code == 200


def test_signing_in_with_both_steps_opens_the_admin_and_keeps_the_way(client, boss, app):
    assert client.get("/admin/").status_code == 302
    response = client.post(SIGN_IN, {"login": boss.email, "password": PASSWORD, "next": "/admin/"})
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert not who(client)
    response = client.post(response["Location"], {"code": shown()})
    assert response["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_mailed_code_does_not_replace_the_second_step(client, boss, app):
    client.post(SIGN_IN, {"login": boss.email, "next": "/admin/"})
    response = type_code(client, code(), back="/admin/")
    assert response["Location"].startswith("/accounts/2fa/authenticate/") and not who(client)
    assert client.post(response["Location"], {"code": shown()})["Location"] == "/admin/"


def test_a_forgotten_password_does_not_replace_the_second_step(client, boss, app):
    client.post("/accounts/password/reset/", {"email": boss.email})
    client.post("/accounts/password/reset/confirm/", {"code": code()}, follow=True)
    new = {"password1": "another quiet river stone", "password2": "another quiet river stone"}
    client.post("/accounts/password/reset/complete/", new)
    assert not who(client)


def test_a_recovery_code_opens_too(client, boss, app):
    spare = RecoveryCodes.activate(boss).get_unused_codes()[0]
    client.force_login(boss)
    client.post("/accounts/2fa/reauthenticate/", {"code": spare, "next": "/admin/"})
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client, boss):
    Authenticator.objects.create(user=boss, type=Authenticator.Type.RECOVERY_CODES, data={})
    client.force_login(boss)
    assert client.get("/admin/")["Location"] == ACTIVATE


def test_wrong_codes_end_after_a_few(client, boss, app):
    client.force_login(boss)
    for _ in range(8):
        response = client.post("/accounts/2fa/reauthenticate/", {"code": "000000", "next": "/admin/"})
    assert response.status_code in (200, 429)
    assert client.get("/admin/").status_code == 303


def test_a_part_of_a_page_is_told_to_leave_as_a_whole(client, boss):
    client.force_login(boss)
    response = client.get("/review/", headers={"HX-Request": "true"})
    assert response.status_code == 200 and response["HX-Redirect"] == ACTIVATE and not response.content


def test_the_admin_has_no_door_of_its_own(client, member):
    assert client.get("/admin/login/")["Location"].startswith(SIGN_IN)
    client.force_login(member)
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/").status_code in (302, 403)


def test_where_it_is_not_required_nobody_is_asked(client, boss, settings):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(boss)
    assert client.get("/admin/").status_code == 200


def test_other_paths_cost_no_question_to_the_database(client, boss, django_assert_num_queries):
    client.force_login(boss)
    client.get("/healthz")
    with django_assert_num_queries(0):
        rules.needs_second_factor(boss)


def test_guests_are_sent_to_sign_in_rather_than_to_a_second_step(client, db):
    assert AnonymousUser().is_authenticated is False
    assert "2fa" not in client.get("/review/").headers.get("Location", "")
