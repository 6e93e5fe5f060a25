"""Journey 3: two moderators and one author; a post is sent back, comes again and is published; nobody collides."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

import moderation.actions
from forum.models import Question
from moderation.models import Report, ReviewItem, SavedReply
from tests import factories
from tests.browser.conftest import CROSSWISE
from tests.factories import item_of

WORDS = "Please leave out the name of your doctor."
BOTH_ENDS = pytest.mark.parametrize(("width", "javascript"), [(1280, True), (360, False)])


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    settings.REQUIRE_STAFF_MFA = False


@pytest.fixture
def held(newt, topic) -> Question:
    return factories.make_question(newt, "Does magnesium help with cramps?", "Dr Miller says that it does. I doubt it.")


def press(page: Page, name: str) -> None:
    """A button, or a link that looks like one."""
    page.locator("#item").get_by_role("button", name=name, exact=True).or_(
        page.locator("#item").get_by_role("link", name=name, exact=True)
    ).click()


def look(page: Page) -> None:
    """What the page does by itself every 20 seconds: ask what happened meanwhile."""
    with page.expect_response("**/review/waiting/**"):
        page.evaluate(
            "live = document.querySelector('#live'); htmx.ajax('GET', live.getAttribute('hx-get'), {source: live})"
        )


@CROSSWISE
def test_a_first_question_is_sent_back_comes_again_and_is_published(
    new_page, mia, mo, newt, held, fits, width, javascript
):
    browser = {"width": width, "javascript": javascript}
    first, second, author = (new_page(user=user, **browser) for user in (mia, mo, newt))

    first.goto("/review/")
    expect(first.locator("#item")).to_contain_text("Dr Miller says")
    expect(first.locator("#item")).to_contain_text("0 published, 1 waiting or sent back")
    press(first, "Take this up")
    second.goto("/review/")
    expect(second.get_by_role("heading", name="All of these are being read")).to_be_visible()
    press(first, "Ask for changes")
    first.get_by_label("What should be changed?").fill(WORDS)
    fits(first)
    press(first, "Ask for changes")
    expect(first.locator(".messages")).to_contain_text("Sent back.")
    expect(first.locator("main")).to_contain_text("Nothing waits")

    author.goto(f"/questions/{held.pk}/edit/")
    expect(author.locator("main")).to_contain_text(WORDS)
    author.get_by_label("Your text").fill("My doctor says that it does. I doubt it.")
    author.get_by_role("button", name="Send again").click()

    second.goto("/review/")
    item = second.locator("#item")
    expect(item).to_contain_text("Sent again after changes")
    expect(item.locator("del", has_text="Miller")).to_be_visible()
    expect(item.locator("ins", has_text="doctor")).to_be_visible()
    expect(item).to_contain_text("1 earlier decision")
    press(second, "Take this up")
    press(second, "Approve")
    expect(second.locator(".messages")).to_contain_text("Approved.")

    guest = new_page(**browser)
    held.refresh_from_db()
    guest.goto(held.get_absolute_url())
    expect(guest.locator("main")).to_contain_text("My doctor says that it does.")


@BOTH_ENDS
def test_whoever_comes_too_late_is_told_and_keeps_what_they_wrote(new_page, mia, mo, held, fits, width, javascript):
    page = new_page(user=mo, width=width, javascript=javascript)
    page.goto("/review/")
    press(page, "Take this up")
    press(page, "Reject")
    page.get_by_label("It advertises or is spam").check()
    page.get_by_label("What the author reads").fill(WORDS)
    item = item_of(held)
    moderation.actions.approve(item=item, version=item.version, moderator=mia)
    press(page, "Reject")
    expect(page.get_by_role("alert")).to_contain_text("mia approved this at")
    expect(page.get_by_role("alert")).to_contain_text(WORDS)
    fits(page)
    held.refresh_from_db()
    assert held.status == "published"


@BOTH_ENDS
def test_a_guest_reports_an_answer_and_a_moderator_hides_it(new_page, mia, answer, fits, width, javascript):
    guest = new_page(width=width, javascript=javascript)
    guest.goto(f"/report/answer/{answer.pk}/")
    fits(guest)
    guest.get_by_role("button", name="Send the report").click()
    expect(guest.locator(".error-summary")).to_contain_text("Please choose what fits best.")
    guest.get_by_label("The advice could hurt somebody").check()
    guest.get_by_label("Anything that helps us to understand").fill("He says to wait a year.")
    guest.get_by_role("button", name="Send the report").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Thank you. Your report has arrived.")

    page = new_page(user=mia, width=width, javascript=javascript)
    page.goto("/review/")
    expect(page.locator("#item")).to_contain_text("He says to wait a year.")
    press(page, "Take this up")
    press(page, "Hide it")
    page.get_by_label("The advice could hurt somebody").check()
    press(page, "Hide it")
    expect(page.locator(".messages")).to_contain_text("Hidden.")
    answer.refresh_from_db()
    assert (answer.status, Report.objects.get().state) == ("hidden", "upheld")


def test_choosing_a_rule_suggests_words_but_never_over_ones_own(new_page, mia, held):
    SavedReply.objects.create(title="Not here", words="Hello {handle}: “{rule}”", uses=["reject"])
    page = new_page(user=mia)
    page.goto(f"/review/{item_of(held).pk}/reject/")
    words = page.get_by_label("What the author reads")
    page.get_by_label("It is unkind or attacks somebody").check()
    assert "Be kind." in words.input_value()
    page.get_by_label("It advertises or is spam").check()
    assert "No advertising" in words.input_value()
    page.get_by_label("Something else").check()
    assert words.input_value() == ""
    page.get_by_label("It is unkind or attacks somebody").check()
    page.get_by_label("Saved replies").select_option("Not here")
    assert words.input_value().startswith("Hello newt: “Be kind.")
    words.fill(WORDS)
    page.get_by_label("It advertises or is spam").check()
    assert words.input_value() == WORDS
    page.get_by_role("button", name="Put these words in").click()
    expect(words).to_have_value(re.compile(rf"^{WORDS}\n\nHello newt: “No advertising"))


def test_the_next_item_comes_without_a_new_page_and_news_come_by_themselves(new_page, mia, mo, held, newt, fits):
    second = factories.make_question(newt, "Is it the coffee that does this?")
    page = new_page(user=mia, width=360)
    page.goto("/review/")
    page.evaluate("window.sameDocument = true")
    press(page, "Take this up")
    press(page, "Ask for changes")
    expect(page.get_by_label("What should be changed?")).to_be_focused()
    press(page, "Ask for changes")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label("What should be changed?").fill(WORDS)
    press(page, "Ask for changes")
    expect(page.locator("#item-title")).to_have_text(second.title)
    expect(page.locator("#item-title")).to_be_focused()
    expect(page.locator("#page-status")).to_contain_text("Sent back.")
    expect(page).to_have_url(re.compile(rf"/review/{item_of(second).pk}/$"))
    item = item_of(second)
    soon = timezone.now() + timedelta(minutes=1)
    look(page)
    ReviewItem.objects.filter(pk=item.pk).update(claimed_until=soon)
    look(page)
    expect(page.locator("#news")).to_contain_text("Are you still reading?")
    page.keyboard.press("Shift")
    look(page)
    expect(page.locator("#news")).to_be_empty()
    assert item_of(second).claimed_until > soon
    moderation.actions.approve(item=item, version=item.version, moderator=mo)
    look(page)
    expect(page.locator("#news")).to_contain_text("mo approved this at")
    press(page, "Approve")
    expect(page.get_by_role("alert")).to_contain_text("mo approved this at")
    assert page.evaluate("window.sameDocument")
    fits(page)


def test_what_is_hard_to_read_is_announced_and_decided_by_no_key(new_page, mia, newt, fits, axe):
    hard = factories.make_question(newt, "I do not want to live any more", "I want to kill myself tonight.")
    plain = factories.make_question(newt, "Is it the coffee that does this?")
    page = new_page(user=mia, width=360)
    page.goto("/review/")
    expect(page.get_by_role("heading", name="Next: possible self-harm")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("kill myself")
    fits(page)
    axe(page)
    press(page, "Open")
    expect(page.locator("#item")).to_contain_text("kill myself")
    page.wait_for_timeout(700)
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator("#item-title")).to_have_text(plain.title)
    page.wait_for_timeout(700)
    page.keyboard.press("a")
    expect(page.locator("#page-status")).to_contain_text("Approved.")
    # Said, and shown on top only: at the foot it would lie on the buttons.
    assert page.locator("#page-status").bounding_box()["width"] <= 1
    for post in (hard, plain):
        post.refresh_from_db()
    assert (hard.status, plain.status) == ("pending", "published")


def test_a_decision_needs_no_mouse(new_page, mia, held):
    page = new_page(user=mia)
    page.goto("/review/")
    page.get_by_role("button", name="Take this up").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*/")
    page.get_by_role("button", name="Approve").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Edit and approve"
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/#decide")
    expect(page.get_by_label("Title")).to_be_focused()


def test_however_long_a_word_every_state_of_the_queue_fits(new_page, fits, mia, mo, held, newt, question, eve):
    moderation.actions.claim(item=item_of(held), moderator=mia)
    taken = factories.make_answer(newt, question, f"{'Word' * 100} https://{'very-' * 12}long.example/{'path' * 40}")
    moderation.actions.claim(item=item_of(taken), moderator=mo)
    for thing in (question, eve):
        moderation.actions.report(
            thing=thing, reporter=None, reason="dangerous", note="x" * 300, contact="", submission_key=uuid.uuid4()
        )
    mine = f"/review/{item_of(held).pk}/"
    member = ReviewItem.objects.about(eve).get()
    addresses = [
        "/review/",
        "/review/several/",
        "/review/spared/",
        "/review/break/",
        "/review/?kind=question&q=nothing",
        *(f"{mine}{decision}" for decision in ("", "edit/", "changes/", "reject/")),
        *(f"/review/{item.pk}/" for item in (item_of(taken), item_of(question), member)),
        f"/review/{item_of(question).pk}/hide/",
        f"/report/question/{question.pk}/",
        f"/report/question/{question.pk}/thanks/",
    ]
    page = new_page(user=mia, width=320)
    for address in addresses:
        page.goto(address)
        fits(page)


def test_an_empty_queue_is_drawn_too(new_page, axe, fits, mia):
    page = new_page(user=mia, width=320)
    page.goto("/review/")
    expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
    fits(page)
    axe(page)
