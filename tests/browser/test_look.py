"""The frame that every page stands in: it fits, reads well, gives no guest a cookie, and works by keyboard."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from playwright.sync_api import expect

import uploads.actions
from accounts.models import User
from core import announcements
from core.models import Announcement
from tests import factories
from tests.uploads import samples


@pytest.mark.parametrize("width", [320, 360, 390, 430])
def test_on_a_phone_the_header_leaves_room_for_the_page(new_page, ana, fits, width):
    page = new_page(user=ana, width=width)
    page.goto("/help-now/")
    assert page.locator(".masthead").bounding_box()["height"] <= 112
    page.locator(".menu > summary").click()
    fits(page)
    for target in page.locator(".masthead :is(a, button, summary, input):visible").all():
        assert target.bounding_box()["height"] >= 44, target.inner_text()


def test_text_of_twice_the_size_still_fits(new_page, fits):
    page = new_page(width=360)
    page.goto("/help-now/")
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    fits(page)


def test_a_guest_gets_no_cookie_and_no_token(page):
    page.goto("/help-now/")
    page.reload()
    assert page.context.cookies() == []
    assert "csrfmiddlewaretoken" not in page.content()
    assert "nonce" not in page.content()


def test_a_first_visit_is_light(page):
    sizes = {}

    def weigh(response):
        if response.request.resource_type in ("document", "stylesheet", "script"):
            sizes[urlsplit(response.url).path] = len(gzip.compress(response.body()))

    page.on("response", weigh)
    page.goto("/help-now/", wait_until="networkidle")
    assert len(sizes) > 8
    assert sum(sizes.values()) < 60_000, sizes


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_menu_of_a_member_opens_and_signs_out(new_page, ana, javascript):
    page = new_page(user=ana, javascript=javascript, width=360)
    page.goto("/help-now/")
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".menu__name")).to_have_count(0)
    page.goto("/help-now/")
    page.locator(".menu > summary").click()
    assert page.get_by_role("link", name="Sign in").is_visible()


def test_an_announcement_that_was_closed_stays_closed(new_page, axe, db):
    announcements.save(Announcement(text="The site rests tonight."))
    cache.clear()
    page = new_page(width=320)
    page.goto("/help-now/")
    axe(page)
    page.get_by_role("button", name="Close the announcement").click()
    page.goto("/rules/")
    assert not page.locator("#announcement").is_visible()
    announcements.save(Announcement(text="The site rests tomorrow."))
    cache.clear()
    page.reload()
    assert page.get_by_text("The site rests tomorrow.").is_visible()


def test_escape_closes_the_menu_and_the_focus_goes_back(new_page):
    page = new_page(width=360)
    page.goto("/help-now/")
    summary = page.locator(".menu > summary")
    summary.click()
    page.locator(".menu a").first.focus()
    page.keyboard.press("Escape")
    assert not page.locator(".menu a").first.is_visible()
    assert summary.evaluate("summary => summary === document.activeElement")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_summary_of_what_is_wrong_gets_the_focus(new_page, javascript):
    page = new_page(javascript=javascript)
    page.goto("/accounts/signup/")
    page.locator("main form button").first.click()
    summary = page.locator(".error-summary")
    assert summary.evaluate("summary => summary === document.activeElement")
    summary.locator("a").first.click()
    field = page.locator("main :focus")
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby").split()[-1]
    assert page.locator(f"#{described}").inner_text()


def insert(page, markup: str) -> None:
    """As htmx does: put it into the page, then tell everybody."""
    page.evaluate(
        """markup => {
            const main = document.querySelector("main");
            main.insertAdjacentHTML("beforeend", markup);
            htmx.process(main.lastElementChild);
            htmx.trigger(main.lastElementChild, "htmx:load", { elt: main.lastElementChild });
        }""",
        markup,
    )


def test_a_recent_time_is_relative_and_keeps_the_exact_moment(page):
    page.goto("/help-now/")
    moment = page.evaluate("new Date(Date.now() - 3 * 3600 * 1000 - 1000).toISOString()")
    insert(page, f"<p><time id='new' datetime='{moment}' data-relative>1 May 2026</time></p>")
    insert(page, "<p><time id='ahead' data-relative>soon</time></p>")
    insert(page, "<p><time id='night' data-relative>a night</time></p>")
    for name, script in {
        "ahead": "new Date(Date.now() + 2 * 3600 * 1000 + 60000)",
        "night": "new Date(new Date().setHours(0, 0, 0, 0) - 60000 - 24 * 3600 * 1000)",
    }.items():
        page.evaluate(f"document.getElementById('{name}').dateTime = {script}.toISOString()")
    insert(page, "<p><time id='old' datetime='2020-05-01T10:00:00Z' data-relative>1 May 2020</time></p>")
    assert page.locator("#new").inner_text() == "3 hours ago"
    assert str(page.evaluate("new Date().getFullYear()")) in page.locator("#new").get_attribute("title")
    assert page.locator("#ahead").inner_text() == "in 2 hours"
    assert page.locator("#night").inner_text() == "2 days ago"
    assert page.locator("#old").inner_text() == "1 May 2020"


def test_a_wide_table_scrolls_in_its_own_box_and_can_be_reached(new_page, fits):
    page = new_page(width=320)
    page.goto("/help-now/")
    cells = "".join(f"<td>cell {number}</td>" for number in range(20))
    insert(page, f"<div class='table-scroll'><table><tr>{cells}</tr></table></div>")
    fits(page)
    assert page.locator(".table-scroll").get_attribute("tabindex") == "0"


def test_a_refused_fragment_says_why(page, complaints):
    page.goto("/help-now/")
    page.route("**/refused/", lambda route: route.fulfill(status=403, body="<p data-refusal>Only the asker can.</p>"))
    insert(page, "<button id='try' hx-get='/refused/'>Try</button>")
    page.locator("#try").click()
    page.get_by_text("Only the asker can.").wait_for()
    assert page.locator("#try").inner_text() == "Try"
    complaints.clear()


def test_a_lost_connection_is_said(page, complaints):
    page.goto("/help-now/")
    page.route("**/away/", lambda route: route.abort("internetdisconnected"))
    insert(page, "<button id='try' hx-get='/away/'>Try</button>")
    page.locator("#try").click()
    page.get_by_text("We could not reach Askwell").wait_for()
    complaints.clear()


LONG = "w" * 200
UNRULY = f"""{LONG}

https://www.nih.gov/{"a-very-long-part/" * 14}?{"x" * 120}

```
{"code that goes on and on " * 12}
```

| {" | ".join(f"Column number {n}" for n in range(9))} |
|{"---|" * 9}
| {" | ".join("Donaudampfschifffahrtsgesellschaft" for _ in range(9))} |

{chr(10).join("  " * depth + f"- level {depth} {'o' * 40}" for depth in range(10))}

{"> " * 9}a quote of a quote {LONG}

`{"c" * 150}` **{"b" * 150}**
"""


def test_nothing_that_people_write_makes_a_page_wider_than_the_window(new_page, ana, ben, ed, rae, fits):
    long_name = User.objects.filter(pk=ben.pk)
    long_name.update(handle="b" * 30, display_name="B" * 40, about=LONG)
    ben.refresh_from_db()
    picture = uploads.actions.receive(
        owner=ed, file=SimpleUploadedFile("wide.png", samples.picture(size=(2000, 900)), "image/png"), for_library=True
    )
    text = f"{UNRULY}\n![Wide](/media/{picture.path})\n"
    article = factories.make_article(
        ed, rae, "t" * 140, slug="long", body=text + "\n[^1]", topic=factories.make_topic("T" * 60)
    )
    question = factories.make_question(
        ana, "q" * 150, text, topic=article.topic, article=article, tags=", ".join(letter * 30 for letter in "ghi")
    )
    answer = factories.make_answer(ben, question, text)
    factories.make_comment(ben, answer, f"{LONG} `{LONG}`")
    page = new_page(user=ana)
    addresses = [
        question.get_absolute_url(),
        "/questions/",
        f"{ben.get_absolute_url()}?show=answers",
        "/notifications/",
    ]
    for address in [*addresses, "/search/?q=column+number", article.get_absolute_url()]:
        page.goto(address)
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 800})
            fits(page)
    page.goto(question.get_absolute_url())
    for box in page.locator(f"#answer-{answer.pk} :is(pre, .table-scroll)").all():
        assert box.evaluate("box => box.scrollWidth > box.clientWidth")
        box.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
        assert box.get_attribute("aria-label")
