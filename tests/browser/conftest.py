"""Chromium for the journeys. Whatever a page complains of while a test looks at it fails that test."""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPORT_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", event =>
        console.error(`Content policy: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`));
"""
NewPage = Callable[..., Page]
# Journeys, on a phone and on a desk, with scripts and without: crosswise, and the other two in `make soak`.
CROSSWISE = pytest.mark.parametrize(
    ("javascript", "width"),
    [
        (True, 360),
        (False, 1280),
        pytest.param(True, 1280, marks=pytest.mark.soak),
        pytest.param(False, 360, marks=pytest.mark.soak),
    ],
)
# A machine that has other things to do is slow, not wrong.
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(os.path.dirname(__file__)):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    names = [os.environ.get("CHROMIUM", ""), *CHROMIUM]
    path = next(filter(None, map(shutil.which, filter(None, names))), None)
    if path is None:
        pytest.fail("Chromium is missing: install it, or name its program in CHROMIUM.", pytrace=False)
    return browser_type_launch_args | {"executable_path": path, "args": FLAGS, "chromium_sandbox": False}


class Complaints(list[str]):
    """What went wrong in a page: errors in its console, answers that failed, requests that left the site."""

    def __init__(self, origin: str) -> None:
        self.origin = origin

    def listen(self, page: Page) -> None:
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("request", self.request)
        page.on("requestfailed", self.failed)
        page.on("response", self.response)

    def console(self, message: ConsoleMessage) -> None:
        # Chromium also puts every answer of 400 and above into the console; `response` judges those. And htmx tells of
        # each request that a newer one replaced.
        expected = ("Failed to load resource:", "htmx:sendAbort", "htmx:afterRequest")
        if message.type == "error" and not message.text.startswith(expected):
            self.append(f"console: {message.text}")

    def request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and f"{url.scheme}://{url.netloc}" != self.origin:
            self.append(f"left the site: {request.url}")

    def failed(self, request: Request) -> None:
        # Aborted is what a request becomes when somebody moves on before the answer.
        if request.failure != "net::ERR_ABORTED":
            self.append(f"failed: {request.url} ({request.failure})")

    def response(self, response: Response) -> None:
        # A page may be missing and a form refused; a picture, style sheet or script of ours may not.
        ours_to_give = response.request.resource_type not in ("document", "fetch", "xhr")
        if response.status >= 500 or (response.status >= 400 and ours_to_give):
            self.append(f"answered {response.status}: {response.url}")


@pytest.fixture
def complaints(live_server) -> Iterator[Complaints]:
    """What pages complained of. A test that expects a complaint takes it out of this list."""
    complaints = Complaints(live_server.url)
    yield complaints
    if complaints:
        pytest.fail("The page complained:\n  " + "\n  ".join(complaints), pytrace=False)


@pytest.fixture
def new_page(browser: Browser, live_server, complaints: Complaints, settings) -> Iterator[NewPage]:
    """Open one more browser: `new_page(user=ana, javascript=False, width=360, dark=True)`; `page.goto("/ask/")`."""
    settings.BASE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    contexts = []

    def open_one(
        *, user=None, javascript: bool = True, width: int = 1280, height: int = 900, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", complaints.listen)
        contexts.append(context)
        if user:
            sign_in(context, user, live_server.url)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A desktop browser that nobody has signed in with."""
    return new_page()


def sign_in(context, user, url: str) -> None:
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url, "httpOnly": True, "sameSite": "Lax"}])


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """`axe(page)`: no finding of axe on the page as it stands. After a click that leads on, first expect something of
    the page it leads to."""
    engine = Axe()

    def check(page: Page) -> None:
        page.wait_for_load_state()
        found = engine.run(page).response["violations"]
        if found:
            lines = [
                f"{finding['id']} ({finding['impact']}): {finding['help']}\n    {node['html'][:200]}"
                for finding in found
                for node in finding["nodes"]
            ]
            pytest.fail(f"axe on {page.url}:\n  " + "\n  ".join(lines), pytrace=False)

    return check


@pytest.fixture(scope="session")
def fits() -> Callable[[Page], None]:
    """`fits(page)`: the page does not scroll sideways at the width it has. After a click that leads on, first expect
    something of the page it leads to."""

    def check(page: Page) -> None:
        # Between two pages there is a moment in which a document has no element yet.
        page.wait_for_load_state()
        wide, narrow = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= narrow, f"{page.url} is {wide} px wide in a window of {narrow} px"

    return check
