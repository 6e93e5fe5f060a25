"""Nothing typed is ever lost: the server is killed, the tab closed, the sign-in ended, in the middle of every form."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from accounts.actions import give_health_consent
from core.models import Draft
from tests import factories

pytestmark = pytest.mark.soak

TITLE = "Is it normal that an eyelid twitches for a week?"
COPIES = "Object.keys(localStorage).filter(key => key.startsWith('draft:'))"


class Server:
    """The real one, in processes of its own, on a copy of the test's database."""

    def __init__(self, folder: Path) -> None:
        with closing(sqlite3.connect(folder / "askwell.sqlite3")) as copy:
            connection.cursor()
            connection.connection.backup(copy)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": f"sqlite:///{folder / 'askwell.sqlite3'}",
            "DATA_DIR": str(folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "BASE_URL": self.url,
            "PORT": str(self.port),
            "DEBUG": "1",
        }
        self.start()

    def start(self) -> None:
        words = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            words, cwd=settings.BASE_DIR, env=self.variables, start_new_session=True, **quiet
        )
        deadline = time.monotonic() + 30
        while not self.answers():
            assert self.process.poll() is None and time.monotonic() < deadline, "the server does not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            visitor = HTTPConnection("127.0.0.1", self.port, timeout=10)
            visitor.request("GET", "/healthz")
            return visitor.getresponse().status == 200
        except OSError:
            return False

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def forms(ana, ben, topic) -> list[str]:
    """The path of every form of ana's."""
    for person in (ana, ben):
        give_health_consent(user=person)
    hers, his = (factories.make_question(person, topic=topic) for person in (ana, ben))
    answer, remark = factories.make_answer(ana, his), factories.make_comment(ana, hers)
    about = {"answer": his, "comment_question": his, "edit_question": hers}
    about |= {"comment_answer": answer, "edit_answer": answer, "edit_comment": remark}
    return ["/ask/", *(reverse(f"forum:{name}", args=[post.pk]) for name, post in about.items())]


@pytest.fixture
def sessions(ana) -> list[str]:
    """Two sign-ins of ana's: one to end, and one to come back with."""
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(ana)
    return [client.cookies[settings.SESSION_COOKIE_NAME].value for client in clients]


@pytest.fixture
def server(forms, sessions, tmp_path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.kill()


def sign_in(context: BrowserContext, session: str, url: str) -> None:
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url, "httpOnly": True}])


def body(page: Page):
    return page.locator("form:has([data-draft]) textarea[name=body]")


def text(round_: str, path: str) -> str:
    return f"Words of the {round_}, typed with care into {path}"


def fill(page: Page, round_: str, path: str) -> None:
    if path == "/ask/":
        page.locator("textarea[name=title]").fill(TITLE)
        page.locator("select[name=topic]").select_option(index=1)
    if page.locator("select[name=basis]").count():
        page.locator("select[name=basis]").select_option("own")
    body(page).fill(text(round_, path))


def test_the_server_is_killed_tabs_are_closed_and_the_sign_in_ends(browser, server, forms, sessions):
    context = browser.new_context(base_url=server.url)
    context.set_default_timeout(10_000)
    sign_in(context, sessions[0], server.url)
    pages = {path: context.new_page() for path in forms}
    for path, page in pages.items():
        page.goto(path)
        fill(page, "first round", path)
    for page in pages.values():
        expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")

    server.kill()
    body(pages["/ask/"]).fill(text("time without a server", "/ask/"))
    expect(pages["/ask/"].locator("[data-draft-status]")).to_contain_text("Your text is kept in this browser")
    server.start()
    for path, page in pages.items():
        page.reload()
        expect(body(page)).to_have_value(text("time without a server" if path == "/ask/" else "first round", path))

    # The tab is closed with the last key.
    for path, page in pages.items():
        fill(page, "second round", path)
        page.close(run_before_unload=True)
    pages = {path: context.new_page() for path in forms}
    for path, page in pages.items():
        page.goto(path)
        expect(body(page)).to_have_value(text("second round", path))

    # Signed out in another tab, and only then posted.
    for path, page in pages.items():
        fill(page, "last round", path)
    other = context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main").get_by_role("button", name="Sign out").click()
    other.wait_for_url("/")
    for page in pages.values():
        page.locator("form:has([data-draft]) button:visible").filter(has_text="my").or_(
            page.get_by_role("button", name="Save my change")
        ).first.click()
        expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    assert other.evaluate(COPIES) == []
    sign_in(context, sessions[1], server.url)
    for path, page in pages.items():
        page.goto(path)
        expect(body(page)).to_have_value(text("last round", path))
    context.close()


def test_a_guests_words_stay_in_their_browser_until_the_server_has_them(new_page, topic):
    page = new_page(width=360)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    status = page.locator("[data-draft-status]")
    expect(status).to_contain_text("Kept in this browser only")
    page.reload()
    expect(page.get_by_label("Your question in one sentence")).to_have_value(TITLE)
    expect(status).to_contain_text("Kept in this browser only")
    page.get_by_role("button", name="Forget this").click()
    page.reload()
    expect(page.get_by_label("Your question in one sentence")).to_have_value("")
    fill(page, "guest", "/ask/")
    page.get_by_role("button", name="Post my question").click()
    expect(page.get_by_text("What you wrote is kept.")).to_be_visible()
    assert page.evaluate(COPIES) == []


def test_more_than_a_browser_sends_after_the_page_was_left_stays_in_it_until_the_server_has_it(new_page, ana, topic):
    """Beyond 64 KB of bytes it refuses; a text may have 20,000 signs of four bytes."""
    long = "\N{GRINNING FACE}" * 19_000
    page = new_page(user=ana)
    page.goto("/ask/")
    fill(page, "first window", "/ask/")
    body(page).fill(long)
    page.goto("/help-now/")
    assert page.evaluate(COPIES) == ["draft:/ask/"]
    assert not Draft.objects.exists()
    page.goto("/ask/")
    expect(body(page)).to_have_value(long)
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved")
    assert page.evaluate(COPIES) == []
    assert Draft.objects.get().fields["body"] == long


def test_of_two_windows_the_second_asks_before_it_writes_over_the_first(new_page, ana, topic):
    one = new_page(user=ana)
    two = one.context.new_page()
    for page in (one, two):
        page.goto("/ask/")
    fill(one, "first window", "/ask/")
    expect(one.locator("[data-draft-status]")).to_contain_text("Draft saved")
    fill(two, "second window", "/ask/")
    expect(two.locator("[data-draft-status]")).to_contain_text("There is a newer draft of this, from another window")
    two.get_by_role("button", name="Keep mine").click()
    expect(two.locator("[data-draft-status]")).to_contain_text("Draft saved")
    body(one).fill("More words")
    one.get_by_role("button", name="Show it").click()
    expect(body(one)).to_have_value(text("second window", "/ask/"))
