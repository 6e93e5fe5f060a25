"""Whom to call stands there while somebody types, is closed and opened by keyboard, and keeps nobody from posting."""

import re

import pytest
from playwright.sync_api import expect

from accounts.actions import give_health_consent

ELSEWHERE = "https://www.wikipedia.org/"
HURT = "He locks me in and takes my phone, what can I do?"
BODY = "It has been like this for some weeks now, and nobody knows of it."


def tab_to(page, place, *, at_most: int = 8) -> None:
    """Press Tab until `place` has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if place.evaluate("place => place === document.activeElement"):
            return
    pytest.fail("The keyboard does not lead there.", pytrace=False)


@pytest.mark.parametrize("width", [1280, 360])
def test_it_comes_while_one_types_is_closed_by_keyboard_stays_closed_and_the_question_is_saved(
    new_page, ana, topic, fits, width
):
    give_health_consent(user=ana)
    page = new_page(user=ana, width=width)
    page.goto("/ask/")
    title = page.get_by_label("Your question in one sentence")
    title.fill(HURT)
    panel, summary = page.locator("#support-hurt"), page.locator("#support-hurt summary")
    expect(panel.get_by_text("Leave this page quickly")).to_be_visible()
    expect(title).to_be_focused()
    fits(page)

    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Leave this page quickly")).to_be_hidden()
    expect(panel.get_by_text("Show whom to call")).to_be_visible()
    title.fill(f"{HURT} Please")
    expect(page.get_by_text("Below your title stands whom you can call now.")).to_be_attached()
    expect(panel.get_by_text("Leave this page quickly")).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Leave this page quickly")).to_be_visible()

    page.get_by_label("Topic").select_option(topic.slug)
    page.get_by_label("Tell members more").fill(BODY)
    page.get_by_role("button", name="Post my question").click()
    expect(page.get_by_text("Your question is saved")).to_be_visible()
    assert ana.questions.get().body == BODY


def test_whoever_leaves_quickly_is_gone_at_once_and_the_way_back_does_not_show_the_page(new_page, ana, complaints):
    page = new_page(user=ana)

    def leave() -> None:
        page.goto("/")
        page.goto("/ask/")
        page.get_by_label("Your question in one sentence").fill(HURT)
        link = page.locator("#support-hurt").get_by_role("link", name="Leave this page quickly")
        expect(link).to_be_visible()
        tab_to(page, link)
        page.keyboard.press("Enter")

    # Also where nothing comes from elsewhere.
    page.context.route(ELSEWHERE, lambda route: route.fulfill(status=204))
    leave()
    expect(page.locator("body")).to_be_empty()
    expect(page).to_have_title("")

    page.context.unroute(ELSEWHERE)
    page.context.route(ELSEWHERE, lambda route: route.fulfill(body="An encyclopedia", content_type="text/html"))
    leave()
    expect(page).to_have_url(ELSEWHERE)
    page.go_back()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))
    complaints[:] = [one for one in complaints if ELSEWHERE not in one]
