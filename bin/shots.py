"""`make shots`: pictures of the main pages of a fresh demo, light, dark and on a phone, into docs/screenshots."""

import os
import signal
import socket
import subprocess
import sys
import tempfile

from environment import ROOT, stop
from playwright.sync_api import Browser, Page, sync_playwright
from test import find_chromium

PICTURES = ROOT / "docs" / "screenshots"
ARTICLE = "/articles/why-do-my-stomach-muscles-twitch/"
TITLE = "Twitching in my stomach every night after a bug"
# Name of the picture, path, who looks at it (nobody: signed out).
PAGES = [
    ("home", "/", ""),
    ("article", ARTICLE, ""),
    ("article-end", ARTICLE + "#still", ""),
    ("ask", f"/ask/?title={TITLE.replace(' ', '+')}&article={ARTICLE.split('/')[2]}", ""),
    ("question", "/questions/1/", "reader"),
    ("closed", "/questions/22/", ""),
    ("questions", "/questions/", ""),
    ("topic", "/topics/bones-and-joints/", ""),
    ("tag", "/tags/twitching/", ""),
    ("search", "/search/?q=twitching+stomach", ""),
    ("mine", "/questions/mine/", "reader"),
    ("inbox", "/notifications/", "reader"),
    ("help-now", "/help-now/", ""),
    ("review", "/review/", "moderator"),
    ("item", "/review/4/#item", "moderator"),
    ("thread", "/review/question/2/", "moderator"),
    ("letters", "/review/letters/", "moderator"),
    ("replies", "/review/replies/", "moderator"),
    ("figures", "/review/figures/", "moderator"),
    ("transparency", "/transparency/", ""),
    ("duty", "/review/duty/", "moderator"),
    ("lines", "/review/lines/", "moderator"),
    ("admin", "/admin/articles/article/", "editor"),
    ("admin-first", "/admin/", "editor"),
    ("admin-article", "/admin/articles/article/1/change/", "editor"),
]
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": {"viewport": {"width": 360, "height": 780}}}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    if not (program := find_chromium()):
        stop("Chromium is missing, and pictures need it: install the package chromium, or set CHROMIUM.")
    chosen = sys.argv[1:] or [name for name, _, _ in PAGES]
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="askwell-shots-") as folder,
        demo(folder) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for look, options in LOOKS.items():
            take(browser, address, look, options, chosen)


class demo:
    """A demo site in a folder of its own, on a free port, for as long as the block lasts."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __enter__(self) -> str:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = str(free.getsockname()[1])
        environment = os.environ | {"DATA_DIR": self.folder, "PORT": port, "BASE_URL": f"http://localhost:{port}"}
        self.site = subprocess.Popen(
            [sys.executable, "bin/serve.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for line in self.site.stdout:
            if line.startswith("Askwell is at"):
                return f"http://localhost:{port}"
        stop("the demo did not start.")

    def __exit__(self, *_: object) -> None:
        self.site.send_signal(signal.SIGINT)
        self.site.wait()


def take(browser: Browser, address: str, look: str, options: dict, chosen: list[str]) -> None:
    pages: dict[str, Page] = {}
    for name, path, person in PAGES:
        if name not in chosen:
            continue
        if person not in pages:
            pages[person] = browser.new_context(base_url=address, **options).new_page()
            if person:
                sign_in(pages[person], person)
        page = pages[person]
        page.goto(path, wait_until="networkidle")
        # A path that leads into a page shows what a person then sees; any other its first two screens.
        part = {} if "#" in path else {"full_page": True, "clip": top(page)}
        page.screenshot(path=PICTURES / f"{name}-{look}.png", **part)
        print(f"{name}-{look}.png", flush=True)


def top(page: Page) -> dict[str, int]:
    size = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": size["width"], "height": min(height, size["height"] * 2)}


def sign_in(page: Page, person: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{person}@demo.test")
    page.fill("[name=password]", "askwell-demo")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")


if __name__ == "__main__":
    main()
