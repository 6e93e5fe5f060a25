"""Members sign in with a password or with a mailed code; some may not, and are told why."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts import actions
from accounts.models import User
from tests.accounts.conftest import CODE, PASSWORD, SIGN_IN, SIGN_UP, back_of, code, type_code, who, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_a_form_to_come_from")]


def sign_in(client, email="member@example.org", password="", back="/note/"):
    return client.post(SIGN_IN, {"login": email, "password": password, "next": back})


def test_with_a_password(client, member):
    assert sign_in(client, password=PASSWORD)["Location"] == "/note/"
    assert who(client) == member


def test_with_a_code_when_the_password_is_left_empty(client, member):
    response = sign_in(client)
    assert response["Location"].startswith(CODE) and back_of(response) == "/note/"
    assert type_code(client, code())["Location"] == "/note/"
    assert who(client) == member


def test_with_the_code_from_the_page_that_follows_too_many_wrong_ones(client, member):
    client.post("/accounts/login/code/", {"email": member.email, "next": "/note/"})
    assert type_code(client, code())["Location"] == "/note/"


def test_a_wrong_password_keeps_the_address_and_tells_of_the_code(client, member):
    response = sign_in(client, password="not the password")
    page = response.content.decode()
    assert response.status_code == 422
    assert "leave the password empty" in page and 'value="member@example.org"' in page
    assert "not the password" not in page


def test_a_wrong_password_and_an_unknown_address_look_the_same(client, member):
    pages = {
        sign_in(client, email=email, password="not the password").content.decode().replace(email, "…").count("…")
        for email in ("member@example.org", "nobody@example.org")
    }
    assert len(pages) == 1


def test_an_unknown_address_looks_the_same_and_is_told_by_mail(client, db):
    response = sign_in(client, email="nobody@example.org")
    assert response["Location"].startswith(CODE)
    assert "We have sent a code" in client.get(response["Location"]).content.decode()
    assert "There is no account with it." in mail.outbox[0].body
    assert f"http://testserver{SIGN_UP}" in mail.outbox[0].body
    assert type_code(client, "1234-5678").status_code == 422


def test_another_address_leads_to_signing_in_again(client, member):
    page = client.get(sign_in(client, email="membr@example.org")["Location"]).content.decode()
    assert f'href="{SIGN_IN}?next=%2Fnote%2F"' in page
    assert client.get(f"{SIGN_IN}?next=/note/").status_code == 200
    sign_in(client)
    assert type_code(client, code())["Location"] == "/note/"


def test_wrong_codes_end_after_five(client, member):
    sign_in(client)
    for _ in range(5):
        type_code(client, wrong(code()))
    type_code(client, code())
    assert not who(client)


def test_wrong_passwords_end_after_five(client, member):
    for _ in range(5):
        sign_in(client, password="not the password")
    response = sign_in(client, password=PASSWORD)
    assert "wait a few minutes" in " ".join(response.content.decode().split())
    assert not who(client)


def test_a_flood_from_one_place_is_asked_to_wait(client, db):
    answers = [client.post(SIGN_IN, {"login": "", "password": ""}) for _ in range(31)]
    assert answers[-2].status_code == 422 and answers[-1].status_code == 429
    assert "Please wait a moment" in answers[-1].content.decode()


def test_the_handle_is_no_name_to_sign_in_with(client, member):
    sign_in(client, email=member.handle, password=PASSWORD)
    assert not who(client)


def test_a_forgotten_password_is_chosen_anew_and_leads_back(client, member):
    page = client.get(f"{SIGN_IN}?next=/note/").content.decode()
    assert "/accounts/password/reset/?next=%2Fnote%2F" in page
    response = client.post("/accounts/password/reset/", {"email": member.email, "next": "/note/"})
    assert back_of(response) == "/note/"
    response = client.post(response["Location"], {"code": code(), "next": "/note/"})
    assert back_of(response) == "/note/"
    new = "another quiet river stone"
    response = client.post(response["Location"], {"password1": new, "password2": new, "next": "/note/"})
    assert response["Location"] == "/note/"
    assert who(client) == member
    member.refresh_from_db()
    assert member.check_password(new)


# Who may not


def test_demo_accounts_are_refused_outside_the_demo(client, settings):
    actions.register(email="admin@demo.test", password="askwell-demo", is_demo=True)
    response = sign_in(client, email="admin@demo.test", password="askwell-demo")
    assert response.status_code == 403 and "This account belongs to the demo" in response.content.decode()
    assert not who(client)
    sign_in(client, email="admin@demo.test")
    assert type_code(client, code()).status_code == 403 and not who(client)
    settings.DEMO = True
    assert sign_in(client, email="admin@demo.test", password="askwell-demo")["Location"] == "/note/"


def test_a_demo_account_that_is_signed_in_is_out_once_the_demo_ends(client, settings):
    settings.DEMO = True
    client.force_login(actions.register(email="admin@demo.test", is_demo=True))
    assert client.get("/settings/profile/").status_code == 200
    settings.DEMO = False
    assert client.get("/settings/profile/").status_code == 303


def test_a_closed_account_is_told_so_by_password_and_by_code(client, member):
    member.is_active = False
    member.save()
    response = sign_in(client, password=PASSWORD)
    assert response.status_code == 403 and "This account is closed." in response.content.decode()
    client.post(SIGN_UP, {"email": member.email, "old_enough": "on"})
    response = type_code(client, code())
    assert response.status_code == 403 and "This account is closed." in response.content.decode()
    assert not who(client)


@pytest.fixture
def suspended(member) -> User:
    member.suspended_until = timezone.now() + timedelta(days=3)
    member.time_zone = "Pacific/Auckland"
    member.save()
    return member


def test_who_is_suspended_is_told_until_when_by_password_and_by_code_and_does_not_get_in(client, suspended):
    by_password = sign_in(client, password=PASSWORD)
    client.post(SIGN_UP, {"email": suspended.email, "old_enough": "on"})
    for response in (by_password, type_code(client, code())):
        assert response.status_code == 403 and "This account is suspended until" in response.text
        assert timezone.localtime(suspended.suspended_until, suspended.zone).strftime("%H:%M") in response.text
    assert not who(client)


def test_nobody_learns_of_a_suspension_without_the_password(client, suspended):
    response = sign_in(client, password="another long password")
    assert response.status_code == 422 and "suspended" not in response.text


def test_who_is_suspended_while_signed_in_is_out(client, member):
    client.force_login(member)
    type(member).objects.filter(pk=member.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert client.get("/settings/profile/").status_code == 303


def test_a_suspension_ends_by_its_date(client, member):
    member.suspended_until = timezone.now() - timedelta(seconds=1)
    member.save()
    sign_in(client, password=PASSWORD)
    assert who(client)
    assert "suspended" not in client.get("/settings/profile/").content.decode()


def test_mail_that_fails_after_a_change_does_no_harm(client, member, broken_mail):
    client.force_login(member)
    fields = {"oldpassword": PASSWORD, "password1": "a new river stone", "password2": "a new river stone"}
    assert client.post("/accounts/password/change/", fields).status_code == 302
    member.refresh_from_db()
    assert member.check_password("a new river stone")


def test_the_address_is_changed_with_a_code(client, member):
    client.force_login(member)
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post("/accounts/confirm-email/", {"code": code()})
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert [row.email for row in member.emailaddress_set.all()] == ["new@example.org"]


def test_an_address_of_another_account_is_not_taken_over(client, member):
    other = actions.register(email="other@example.org")
    client.force_login(member)
    client.post("/accounts/email/", {"email": "other@example.org", "action_add": ""})
    response = client.post("/accounts/confirm-email/", {"code": code()})
    assert "This address belongs to another account." in response.content.decode()
    assert other.emailaddress_set.get().email == "other@example.org"
