"""A newcomer signs up in the middle of something and loses nothing, whatever goes wrong."""

import pytest
from django.core import mail
from django.test import Client

from accounts import actions
from accounts.adapter import AccountAdapter
from accounts.models import User
from tests.accounts.conftest import CODE, SIGN_IN, SIGN_UP, back_of, code, sign_up, type_code, who, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_a_form_to_come_from")]


@pytest.fixture
def writer(client):
    """A guest who has written a note and was sent to sign up."""
    response = client.post("/note/", {"text": "I cannot sleep."})
    assert response.status_code == 303
    assert response["Location"] == "/accounts/signup/?next=%2Fnote%2F"
    return client


def test_a_newcomer_is_back_on_what_they_wrote(writer):
    response = sign_up(writer)
    assert response["Location"].startswith(CODE) and back_of(response) == "/note/"
    response = type_code(writer, code())
    assert response["Location"] == "/note/"
    assert writer.get("/note/").content == b"I cannot sleep."
    person = who(writer)
    assert person.email == "ana@example.org" and not person.has_usable_password()
    assert person.emailaddress_set.get().verified


def test_what_is_kept_is_said_on_every_page_of_the_way(writer):
    kept = "What you wrote is kept."
    assert kept in writer.get(f"{SIGN_UP}?next=/note/").content.decode()
    assert kept in writer.get(f"{SIGN_IN}?next=/note/").content.decode()
    to = sign_up(writer)["Location"]
    assert kept in writer.get(to).content.decode()


def test_nothing_is_said_to_be_kept_when_nothing_is(client):
    assert "is kept" not in client.get(f"{SIGN_UP}?next=/note/").content.decode()


def test_the_code_may_be_typed_without_its_hyphen_and_with_blanks(writer):
    sign_up(writer)
    type_code(writer, f" {code().replace('-', ' ')} ")
    assert who(writer)


def test_four_wrong_codes_then_the_right_one(writer):
    sign_up(writer)
    for _ in range(4):
        response = type_code(writer, wrong(code()))
        assert response.status_code == 422
        assert "This is not the code." in response.content.decode()
    assert type_code(writer, code())["Location"] == "/note/"


def test_after_five_wrong_codes_a_new_one_is_asked_for_and_the_way_back_stays(writer):
    sign_up(writer)
    for _ in range(5):
        response = type_code(writer, wrong(code()))
    assert back_of(response) == "/note/"
    page = writer.get(response["Location"])
    assert "ask for a new code" in page.content.decode()
    assert type_code(writer, code()).status_code == 302 and not who(writer)
    writer.post(SIGN_IN, {"login": "ana@example.org", "next": "/note/"})
    assert type_code(writer, code())["Location"] == "/note/"
    assert writer.get("/note/").content == b"I cannot sleep."


def test_a_new_code_replaces_the_old_one(writer):
    sign_up(writer)
    old = code()
    response = writer.post(CODE, {"action": "resend", "next": "/note/"})
    assert back_of(response) == "/note/"
    assert "A new code is on its way." in writer.get(response["Location"]).content.decode()
    assert len(mail.outbox) == 2
    assert type_code(writer, old).status_code == 422
    assert type_code(writer, code())["Location"] == "/note/"


def test_another_address_may_be_given_in_the_middle(writer):
    page = writer.get(sign_up(writer, email="anna@example.org")["Location"])
    assert f'href="{SIGN_UP}?next=%2Fnote%2F"' in page.content.decode()
    assert writer.get(f"{SIGN_UP}?next=/note/").status_code == 200
    sign_up(writer, email="ana@example.org")
    assert mail.outbox[-1].to == ["ana@example.org"]
    assert type_code(writer, code())["Location"] == "/note/"
    assert who(writer).email == "ana@example.org"


def test_an_address_that_has_an_account_lets_its_owner_in(writer, member):
    response = sign_up(writer, email=" Member@Example.org ")
    assert back_of(response) == "/note/"
    assert type_code(writer, code())["Location"] == "/note/"
    assert who(writer) == member
    assert writer.get("/note/").content == b"I cannot sleep."


def test_nobody_learns_whether_an_address_has_an_account(member):
    def seen(email):
        client = Client()
        answer = sign_up(client, email=email)
        page = client.get(answer["Location"]).content.decode().replace(email, "…")
        refused = type_code(client, "no code")
        return (
            answer.status_code,
            answer["Location"],
            without_token(page),
            refused.status_code,
            mail.outbox[-1].subject,
            mail.outbox[-1].body.replace(code(), "…"),
        )

    assert seen("member@example.org") == seen("nobody@example.org")


def without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_another_tab_that_signed_in_meanwhile_leads_back_too(writer, member):
    writer.force_login(member)
    assert sign_up(writer)["Location"] == "/note/"
    assert type_code(writer, "1234-5678")["Location"] == "/note/"


def test_the_first_of_two_tabs_is_told_to_use_the_newest_code(writer):
    sign_up(writer)
    first = code()
    sign_up(writer)
    response = type_code(writer, first)
    assert "only the newest one works" in response.content.decode()
    assert type_code(writer, code())["Location"] == "/note/"


def test_a_code_that_is_too_old_is_said_to_be_and_the_way_back_stays(writer, settings):
    sign_up(writer)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = type_code(writer, code())
    assert back_of(response) == "/note/"
    assert "That code no longer works." in writer.get(response["Location"]).content.decode()


def test_mail_that_cannot_be_sent_is_said_and_sent_again(writer, broken_mail, caplog):
    response = sign_up(writer)
    page = writer.get(response["Location"]).content.decode()
    assert "We could not send the e-mail" in page and "Try again" in page and "We have sent a code" not in page
    response = writer.post(CODE, {"action": "resend", "next": "/note/"})
    page = writer.get(response["Location"]).content.decode()
    assert "We could not send the e-mail" in page and "on its way" not in page
    broken_mail(False)
    response = writer.post(CODE, {"action": "resend", "next": "/note/"})
    page = writer.get(response["Location"]).content.decode()
    assert "We could not send the e-mail" not in page and "on its way" in page
    assert type_code(writer, code())["Location"] == "/note/"
    assert writer.get("/note/").content == b"I cannot sleep."


def test_the_log_of_a_failed_mail_names_nobody(client, broken_mail, capfd, caplog):
    sign_up(client)
    assert "mail not sent" in caplog.text
    assert "ana@example.org" not in caplog.text


def test_too_young_or_not_said_keeps_the_address_and_makes_no_account(client):
    response = client.post(SIGN_UP, {"email": "ana@example.org", "next": "/note/"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "please tick this" in page and 'value="ana@example.org"' in page and 'value="/note/"' in page
    assert not User.objects.exists() and not mail.outbox


def test_a_program_that_fills_in_the_trap_makes_no_account(client):
    response = sign_up(client, website="https://spam.example")
    assert response.status_code == 422
    assert "https://spam.example" not in response.content.decode()
    assert not User.objects.exists() and not mail.outbox


def test_the_trap_needs_no_inline_style(client):
    page = client.get(SIGN_UP).content.decode()
    assert '<div class="field--trap" aria-hidden="true"><input type="text" name="website" tabindex="-1"' in page
    assert "style=" not in page


def test_a_handle_says_nothing_of_the_address(client, rf):
    sign_up(client, email="firstname.lastname@example.org")
    assert User.objects.get().handle.startswith("member-")
    person = User(email="firstname.lastname@example.org")
    AccountAdapter().populate_username(rf.get("/"), person)
    assert person.handle.startswith("member-")


def test_signing_up_twice_makes_one_account(client):
    assert actions.sign_up(email="ana@example.org") == actions.sign_up(email="ANA@example.org")
    assert User.objects.count() == 1


def test_the_mail_with_the_code_is_plain_and_html_and_names_no_topic(client):
    sign_up(client)
    message = mail.outbox[0]
    (html, kind), *_ = message.alternatives
    assert kind == "text/html" and code() in html and "<style" not in html
    assert message.subject == "Your code for Askwell"
    assert "note" not in message.body + html and "ana" not in message.body


def test_one_address_gets_no_flood_of_codes(client):
    answers = [sign_up(client) for _ in range(7)]
    assert answers[-1].status_code == 422
    assert "wait a few minutes" in answers[-1].content.decode()
    assert len(mail.outbox) == 5


def test_next_never_leads_off_the_site(client):
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        client = Client()
        response = sign_up(client, email="ana@example.org", back=elsewhere)
        assert "evil" not in response["Location"] and "javascript" not in response["Location"]
        response = type_code(client, code(), back=elsewhere)
        assert response["Location"] == "/"
