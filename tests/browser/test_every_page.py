"""
Every page in a browser, light and dark, wide and on a phone: nothing that axe finds, nothing wider than the screen, no
complaint of the browser's, and the keyboard finds its way in.
"""

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from _pytest.mark import ParameterSet
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.pages import SIGHTS, Sight
from tests.stage import GUEST, Stage

pytestmark = pytest.mark.slow

# Sights made of the same parts as another one here, or that differ from it in their words: `make soak` looks at them.
ALIKE = {
    *("home, member", "home, warned", "topic, empty", "topic in a topic, member"),
    *("tags, after the last", "tag, member", "member, empty"),
    *("questions, newest", "questions of a topic", "questions with a tag", "questions, following", "questions, saved"),
    *("questions, none", "questions, after the last", "following, questions", "following, nothing"),
    *("my drafts, none", "my questions, none", "my questions, nameless"),
    *("decisions, none", "suspended, no longer", "kept at a distance, nobody"),
    *("ask with a title", "ask with a draft", "ask with a draft, member"),
    *("similar, with scores", "similar, held, with scores"),
    *("question, changed", "question, nameless", "question, hidden", "question, closed"),
    *("answer, wrong, guest", "answer, quoting", "comments on a question", "comments on an answer, member"),
    *("comments with a heading", "more comments on an answer, member"),
    *("edit question, returned", "edit comment"),
    *("history of an answer", "history of an answer, member", "history of a comment"),
    *("articles of a topic", "articles, none", "article, member", "about, member"),
    *("helpful", "helpful, said", "admin: start an article, wrong"),
    *("admin: start an article, a gap", "admin: start an article, members"),
    *("admin: questions behind, none", "admin: questions behind, wrong"),
    *("admin: sign off, changed", "admin: review, link made", "admin: still right", "admin: call off"),
    "admin: correction of form",
    *("help now in a country", "help now where nothing is known"),
    *("search", "search, put right", "search, no words", "search, nothing", "inbox, after the last", "inbox, empty"),
    *("review queue", "review queue, nothing found", "what I decided, nothing", "undo, too late", "undo, hidden"),
    *("every decision, none", "every decision, narrowed down"),
    *("item, with a link", "item, an answer", "item, a comment", "item, collapsed"),
    *("thread, nothing found", "thread, chosen article", "thread, closed"),
    *("duty, none", "support lines of a country", "support lines, none", "support line, withdrawn"),
    *("report, member", "sign up, with a draft"),
    *(
        "admin, boss",
        "admin: articles, reviewer",
        "admin: topics",
        "admin: standing pages",
        "admin: standing page, revision",
        "admin: new credential",
        "admin: new watched term",
    ),
    *("admin: try watched terms", "no such page, member", "not for members"),
    *("admin: synonyms", "admin: new synonym", "admin: try synonyms"),
    *("questions, clinician", "member, clinician", "question for members", "question, settled, asker"),
    *("question, held, moderator", "question, returned", "question, unanswered", "question, taken back"),
    *("edit question, too late", "history of an answer, moderator", "how it went, wrong", "comment, wrong"),
    *("letters, all", "letter, nameless", "letter, asked", "letter, too late", "letter, wrong"),
    *("my letters, none", "my letter, wrong", "write to the author, wrong", "ask the moderators, wrong"),
    *("saved replies, senior", "saved reply, wrong", "reveal, wrong", "every decision, wrong"),
    *("file of a member, wrong", "file of somebody who works here", "appeal, decided wrongly", "trust, all of it"),
    *("following, wrong", "distance, wrong", "duty, wrong", "support line, new", "support line, wrong"),
    *("decide: reject", "decide: changes, wrong", "thread, looked for", "thread, too late"),
    *("sign in, wrong", "type the code, wrong", "address, wrong"),
    *("search, member", "inbox, with what is gone", "admin: new article"),
    *("question, folded", "question, answered before", "question, locked", "question, to be asked later"),
    *("ask, member", "answer, member", "answer, clinician", "answer, wrong", "edit question, wrong"),
    *("ask, being hurt", "pause", "appeal, wrong", "my letter, in distress", "report, wrong", "reveal, shown"),
    *("review queue, narrowed down", "item, mine", "item, another's", "item, a person", "item, decided"),
    *("decide: changes", "decide: edit", "thread, chosen", "sign up, wrong", "two steps, on"),
    *("admin: people", "admin: person", "admin: mails that failed", "admin: night", "admin: pictures, none"),
}
# Some of these have parts of their own; Chromium takes a second for each, so `make soak` looks at them too.
SELDOM_SEEN = {
    *("how we write", "accessibility", "contact", "privacy", "rules", "young", "article, gone", "tags"),
    *("warning", "saved reply, new", "my letter, suspended", "ask the moderators", "name off", "question, member"),
    *("comments on a question, member", "comments on an answer", "edit answer", "notification, gone", "not yours"),
    *("every decision", "support line", "duty", "thread, wrong", "decide: changes, too late", "undo", "redact"),
    *("ask for a code", "sign out", "account closed", "is it you?", "address", "change password", "first password"),
    *("forgotten password", "forgotten password, code", "forgotten password, new one", "forgotten password, done"),
    *("second step", "second step, again", "authenticator app, off", "recovery codes, new", "settings: profile"),
    *("admin: topic", "admin: credentials", "admin: gaps", "admin: second looks", "admin: suggestions"),
    *("admin: standing page, wrong", "admin: standing page, preview", "admin: standing page, history"),
    *("admin: standing page, differences", "admin: standing page, publish", "admin: revision", "admin: submit"),
    *("admin: sign off", "admin: publish", "admin: archive", "admin: questions behind", "admin: urgent correction"),
}
# What is not sent by sending a form as it stands: a choice that is not offered; the preview, which has its own button.
SENT_BY_HAND = {"spared, wrong", "ask, preview", "text for review, wrong"}
# Pages of ours in Django's admin, and lists that editors begin from. How small a place to press is there is Django's.
OURS = re.compile(r"/admin/($|articles/(article|topic)/($|\d+/(history|differences|submit|sign-off|publish|archive)/))")
# What of axe's rules depends on colours and on room.
LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
PHONES = (430, 390, 360, 320)
PART = 10


def in_parts(leave_out: set[str], phones: tuple[int, ...], *marks: pytest.MarkDecorator) -> list[ParameterSet]:
    labels = [label for label in SIGHTS if label not in leave_out]
    parts = [labels[start : start + PART] for start in range(0, len(labels), PART)]
    return [pytest.param(part, phones, id=f"{part[0]} to {part[-1]}, {len(phones)}", marks=marks) for part in parts]


# Where the narrowest have room, `make soak` tries the others too.
PARTS = [*in_parts(ALIKE | SELDOM_SEEN | SENT_BY_HAND, PHONES[2:]), *in_parts(SENT_BY_HAND, PHONES, pytest.mark.soak)]

HOW_IT_IS_SEEN = """() => {
    const places = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
    const shown = places.filter(place => place.checkVisibility({ visibilityProperty: true }) && !place.disabled);
    return shown.filter(place => {
        place.focus({ focusVisible: true });
        if (document.activeElement !== place) return false;
        const style = getComputedStyle(place);
        return (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) && style.boxShadow === "none";
    }).map(place => place.outerHTML.slice(0, 100));
}"""
SEND = """typed => {
    const name = Object.keys(typed)[0];
    const form = [...document.querySelectorAll("main form[method=post]")].find(form => form.elements[name]);
    for (const [name, value] of Object.entries(typed)) if (form.elements[name]) form.elements[name].value = value;
    form.noValidate = true;
    HTMLFormElement.prototype.submit.call(form);
}"""


class Eye:
    """One browser window that looks at one sight after the other, each time as somebody else."""

    def __init__(self, page: Page, complaints: list[str], stage: Stage, origin: str) -> None:
        self.page, self.complaints, self.stage, self.origin, self.engine = page, complaints, stage, origin, Axe()

    def open(self, sight: Sight) -> int:
        """Show the sight as a wide light page; its status."""
        client, path = sight.client(self.stage), sight.path(self.stage)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")
        # What the last one has not sent yet is not sent in the name of the next. Chromium begins a new process for a
        # blank page, and another for the one after it.
        self.page.goto("/healthz")
        self.page.context.clear_cookies()
        cookies = [{"name": one.key, "value": one.value, "url": self.origin} for one in client.cookies.values()]
        self.page.context.add_cookies(cookies)
        response = self.page.goto(path)
        if sight.typed is not None:
            with self.page.expect_navigation() as sent:
                self.page.evaluate(SEND, sight.typed)
            response = sent.value
        self.page.wait_for_function("() => !document.querySelector('[hx-trigger=load]')")
        return response.status

    def faults(self, sight: Sight, phones: tuple[int, ...]) -> Iterator[str]:
        status = self.open(sight)
        if status != sight.status:
            yield f"answered {status}"
        yield from self.keyboard(is_fresh=sight.typed is None)
        # What axe does to a page, its policy may well refuse.
        yield from self.complaints
        self.page.evaluate(self.engine.axe_script)
        yield from self.axe("light", {})
        self.page.emulate_media(color_scheme="dark")
        for width in phones:
            self.page.set_viewport_size({"width": width, "height": 640})
            wide, narrow = self.page.evaluate(
                "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
            )
            if wide > narrow:
                yield f"is {wide} px wide on a phone of {narrow} px"
        yield from self.axe("dark, on a phone", {"runOnly": LOOKS})
        self.complaints.clear()

    def axe(self, look: str, options: dict[str, object]) -> Iterator[str]:
        path = urlsplit(self.page.url).path
        in_admin, is_ours = re.match(r"/admin/(?!articles/article/\d+/preview/)", path), OURS.match(path)
        self.page.evaluate("Promise.allSettled(document.getAnimations().map(animation => animation.finished))")
        # Only what is heard would have to be loaded first.
        options = {"resultTypes": ["violations"], "preload": False} | options
        for finding in self.page.evaluate("options => axe.run(options).then(found => found.violations)", options):
            matters = is_ours or finding["impact"] in ("serious", "critical")
            if not in_admin or (matters and finding["id"] != "target-size"):
                nodes = "\n        ".join(node["html"][:160] for node in finding["nodes"][:4])
                yield f"{look}: {finding['id']} ({finding['impact']}): {finding['help']}\n        {nodes}"

    def keyboard(self, *, is_fresh: bool) -> Iterator[str]:
        # Where the page itself puts the focus, the way in is another.
        if is_fresh and self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            first = self.page.locator(":focus")
            if not (first.get_attribute("href") or "").startswith("#") or not first.is_visible():
                yield f"Tab first leads to {first.evaluate('place => place.outerHTML')[:100]}"
        yield from (f"the focus is not seen on {place}" for place in self.page.evaluate(HOW_IT_IS_SEEN))


@pytest.fixture
def eye(new_page, complaints, live_server, demo_mails, stage_to_look_at) -> Eye:
    return Eye(new_page(), complaints, stage_to_look_at, live_server.url)


@pytest.mark.parametrize(("labels", "phones"), PARTS)
def test_every_page_is_open_to_everybody(eye, labels, phones):
    faults = [f"{label}: {fault}" for label in labels for fault in eye.faults(SIGHTS[label], phones)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("label", ["home", "article"])
def test_a_first_visit_is_light(eye, label):
    sizes = {}

    def weigh(response):
        if response.request.resource_type in ("document", "stylesheet", "script"):
            sizes[urlsplit(response.url).path] = len(gzip.compress(response.body(), 6))

    eye.page.on("response", weigh)
    assert SIGHTS[label].who == GUEST
    eye.page.goto(SIGHTS[label].path(eye.stage), wait_until="networkidle")
    assert len(sizes) > 8
    assert sum(sizes.values()) < 60_000, sizes
