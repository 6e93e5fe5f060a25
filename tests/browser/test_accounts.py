"""Getting in as people do it: in the middle of a question, on a phone, without JavaScript, with mail that fails."""

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Topic
from tests.factories import PASSWORD

TITLE = "Why does my left eyelid twitch every evening since last week?"
WAYS = pytest.mark.parametrize(
    "way",
    [{}, {"width": 360, "dark": True}, {"width": 360, "javascript": False}],
    ids=["desktop", "phone in the dark", "without javascript"],
)


@pytest.fixture(autouse=True)
def a_topic(db) -> Topic:
    return Topic.objects.get_or_create(slug="nerves", defaults={"name": "Nerves"})[0]


@pytest.fixture
def looks_right(way, axe, fits) -> Callable[[Page], None]:
    def check(page: Page) -> None:
        fits(page)
        # axe is a script, and waits for ever where none runs.
        if way.get("javascript", True):
            axe(page)

    return check


def code() -> str:
    return re.findall(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


def ask_as_guest(page: Page) -> None:
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    page.get_by_label("Topic").select_option("nerves")
    page.get_by_role("button", name="Post my question").click()


def sign_up(page: Page, email: str) -> None:
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("16 or older").check()
    page.get_by_role("button", name="Send me the code").click()


def type_code(page: Page, typed: str = "") -> None:
    """What was mailed, if nothing else."""
    field = page.get_by_label("Code", exact=True)
    # The mail is there when the page is that asks for what it says.
    expect(field).to_be_visible()
    field.fill(typed or code())
    page.get_by_role("button", name="Continue").click()


def is_back_on_the_question(page: Page) -> None:
    expect(page.get_by_label("Your question in one sentence")).to_have_value(TITLE)
    assert page.url.endswith("/ask/")


@WAYS
def test_a_guest_signs_up_in_the_middle_of_a_question_and_loses_nothing(new_page, looks_right, way):
    page = new_page(**way)
    ask_as_guest(page)
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Please check this before you go on")).to_be_visible()
    looks_right(page)
    sign_up(page, "anna@example.org")
    page.get_by_role("link", name="Use another address").click()
    sign_up(page, "ana@example.org")
    expect(page.get_by_text("ana@example.org")).to_be_visible()
    looks_right(page)
    type_code(page, "0000-0000")
    expect(page.get_by_text("This is not the code.").first).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Send a new code").click()
    expect(page.get_by_text("A new code is on its way.")).to_be_visible()
    type_code(page)
    is_back_on_the_question(page)
    assert User.objects.get(email="ana@example.org").last_login


@WAYS
def test_who_has_an_account_already_is_let_in_from_the_same_page(new_page, ana, way):
    page = new_page(**way)
    ask_as_guest(page)
    sign_up(page, ana.email)
    type_code(page)
    is_back_on_the_question(page)
    assert User.objects.count() == 1


@WAYS
def test_who_would_rather_sign_in_does_so_and_is_back(new_page, ana, looks_right, way):
    page = new_page(**way)
    ask_as_guest(page)
    page.locator("main").get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    looks_right(page)
    page.get_by_label("E-mail address").fill(ana.email)
    page.get_by_label("Password").fill("not the password")
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("do not belong together").first).to_be_visible()
    looks_right(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    is_back_on_the_question(page)


def test_mail_that_cannot_be_sent_is_said_and_tried_again(new_page, monkeypatch, axe):
    def refuse(self, messages):
        raise ConnectionRefusedError

    page = new_page(width=360)
    ask_as_guest(page)
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        sign_up(page, "ana@example.org")
        expect(page.get_by_role("heading", name="We could not send the e-mail")).to_be_visible()
        axe(page)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_role("heading", name="We could not send the e-mail")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("A new code is on its way.")).to_be_visible()
    type_code(page)
    is_back_on_the_question(page)


def test_after_too_many_wrong_codes_a_new_one_leads_back_too(new_page):
    page = new_page(javascript=False)
    ask_as_guest(page)
    sign_up(page, "ana@example.org")
    for _ in range(5):
        type_code(page, "0000-0000")
    expect(page.get_by_text("Please ask for a new code")).to_be_visible()
    page.get_by_label("E-mail address").fill("ana@example.org")
    page.get_by_role("button", name="Send me a sign-in code").click()
    type_code(page)
    is_back_on_the_question(page)


def test_a_profile_is_changed_by_keyboard_alone(new_page, ana):
    page = new_page(user=ana)
    page.goto("/settings/profile/")
    page.get_by_label("Name that others see").focus()
    page.keyboard.type("Ana of the river")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    ana.refresh_from_db()
    assert ana.display_name == "Ana of the river"


def test_a_second_factor_is_set_up_on_the_way_to_the_admin(new_page, ed, settings, axe):
    settings.REQUIRE_STAFF_MFA = True
    page = new_page(user=ed)
    page.goto("/admin/")
    expect(page.get_by_text("please first set up two-step sign-in")).to_be_visible()
    axe(page)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_visible()
    axe(page)
    secret = re.search(r"\b[A-Z2-7]{32}\b", page.locator("main").inner_text().replace(" ", ""))[0]
    page.get_by_label("code").fill(shown(secret))
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", name="Set up an authenticator app")).to_be_hidden()
    page.wait_for_load_state()
    assert Authenticator.objects.filter(user=ed, type=Authenticator.Type.TOTP).exists()
    page.goto("/admin/")
    expect(page.get_by_text("type the code that your authenticator app shows now")).to_be_visible()
    axe(page)
    page.get_by_label("code").fill(shown(secret))
    page.locator("main form button").first.click()
    page.wait_for_url("**/admin/")


def shown(secret: str) -> str:
    """What the app on the phone shows now."""
    return auth.format_hotp_value(auth.hotp_value(secret, list(auth.yield_hotp_counters_from_time())[1]))
