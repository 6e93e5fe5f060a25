"""Journey 1: from an article to a question, through a sign-up in the middle, to what helped."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from accounts.actions import give_health_consent
from accounts.models import User
from forum.models import Question
from search.models import SuggestionDay
from tests import factories
from tests.browser.conftest import CROSSWISE

TITLE = "Twitching under my ribs every night, is it the same thing?"
BODY = "It started about two weeks ago, mostly when I lie down. No pain."


def code_of(mail) -> str:
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.body, re.M)[1]


def ask_from(page, article) -> None:
    page.goto(article.get_absolute_url())
    page.get_by_label("Your question", exact=True).fill(TITLE)
    page.get_by_role("button", name="Post your question on the forum").click()
    expect(page.get_by_label("Your question in one sentence")).to_have_value(TITLE)


@CROSSWISE
def test_read_ask_sign_up_be_reviewed_be_answered(
    new_page, article, question, mia, ben, mailoutbox, javascript, width, fits
):
    page = new_page(javascript=javascript, width=width)
    ask_from(page, article)
    with page.expect_popup() as another_tab:
        page.get_by_role("link", name=question.title).click()
    expect(another_tab.value.get_by_role("heading", name=question.title)).to_be_visible()
    expect(page.get_by_label("Topic")).to_have_value(article.live.topic.slug)
    page.get_by_label("Tell members more").fill(BODY)
    fits(page)
    page.get_by_role("button", name="Post my question").click()

    page.get_by_label(re.compile("E-?mail", re.I)).fill("somebody@example.org")
    page.get_by_label(re.compile("or older")).check()
    fits(page)
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_label(re.compile("code", re.I)).fill("000000")
    page.get_by_role("main").get_by_role("button").first.click()
    page.get_by_label(re.compile("code", re.I)).fill(code_of(mailoutbox[0]))
    page.get_by_role("main").get_by_role("button").first.click()

    expect(page.get_by_label("Your question in one sentence")).to_have_value(TITLE)
    expect(page.get_by_label("Tell members more")).to_have_value(BODY)
    page.get_by_label(re.compile("Yes, Askwell may store")).check()
    page.get_by_role("button", name="Post my question").click()
    expect(page.get_by_text("Your question is saved")).to_be_visible()
    fits(page)

    question = Question.objects.get(title=TITLE)
    asker = User.objects.get(email="somebody@example.org")
    assert (question.author, question.article, question.status) == (asker, article, "pending")
    assert "somebody" not in asker.handle
    page.goto("/questions/mine/")
    expect(page.get_by_text("Waiting for a moderator")).to_be_visible()

    factories.approve(question, mia)
    factories.make_answer(ben, question)
    page.goto(question.get_absolute_url())
    expect(page.get_by_role("heading", name="1 answer")).to_be_visible()
    page.get_by_role("button", name=re.compile("helped me", re.I)).first.click()
    expect(page.get_by_text("Helped the asker", exact=False).first).to_be_visible()
    question.refresh_from_db()
    assert question.helped_count == 1
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("link", name=re.compile(TITLE[:30]))).to_be_visible()


def test_suggestions_come_while_typing_and_are_announced(new_page, ana, question):
    page = new_page(user=ana)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").press_sequentially("stomach twitching after a bug")
    expect(page.get_by_role("link", name=question.title)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="possible answer")).to_have_count(1)
    page.get_by_label("Your question in one sentence").fill("")
    expect(page.get_by_role("link", name=question.title)).to_have_count(0)


def test_a_slower_answer_never_replaces_a_newer_one(new_page, ana, question):
    page = new_page(user=ana)
    page.goto("/ask/")
    waiting = []
    page.route("**/ask/suggestions/", lambda route: waiting.append(route) if not waiting else route.continue_())
    title = page.get_by_label("Your question in one sentence")
    with page.expect_request("**/ask/suggestions/"):
        title.press_sequentially("stomach twitching after a bug")
    with page.expect_response("**/ask/suggestions/"):
        title.fill("xylophone lessons and violin concerts")
    # The first comes at last, too late: its request was ended by the second.
    with contextlib.suppress(Error):
        waiting[0].continue_()
    with page.expect_response("**/ask/suggestions/"):
        title.fill("xylophone lessons and violin and piano concerts")
    expect(page.get_by_role("link", name=question.title)).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="possible answer")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "words"), [("This answers it", "we are glad"), ("None of these?", "Carry on below: members")]
)
def test_who_says_what_they_think_of_the_suggestions_goes_on_from_there_by_keyboard(
    new_page, article, question, button, words
):
    page = new_page()
    page.goto(article.get_absolute_url())
    page.get_by_label("Your question", exact=True).press_sequentially("stomach twitching after a bug")
    page.get_by_role("button", name=button).first.press("Enter")
    expect(page.get_by_text(words)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Thank you")).to_have_count(1)
    page.get_by_role("button", name="Post your question on the forum").click()
    expect(page.get_by_label("Your question in one sentence")).to_have_value("stomach twitching after a bug")


def test_an_opened_suggestion_is_counted_and_the_page_stays(new_page, question):
    page = new_page()
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").press_sequentially("stomach twitching after a bug")
    link = page.get_by_role("link", name=question.title)
    with page.expect_response("**/ask/suggestions/opened/"), page.expect_popup():
        link.click()
    assert SuggestionDay.objects.get().opened == 1
    expect(link).to_be_visible()


def test_without_javascript_suggestions_are_a_step(new_page, question):
    page = new_page(javascript=False)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill("stomach twitching after a bug")
    page.get_by_label("Tell members more").fill(BODY)
    page.get_by_role("button", name="See what may already answer it").click()
    expect(page.get_by_role("link", name=question.title)).to_be_visible()
    expect(page.get_by_label("Tell members more")).to_have_value(BODY)


def test_a_second_press_of_the_button_makes_no_second_question(new_page, ana, topic):
    give_health_consent(user=ana)
    page = new_page(user=ana)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    page.get_by_label("Topic").select_option(topic.slug)
    page.get_by_role("button", name="Post my question").dblclick()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    assert Question.objects.count() == 1


def test_somebody_with_an_account_signs_in_in_another_tab_and_carries_on(new_page, ana, topic):
    page = new_page()
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill(TITLE)
    page.get_by_label("Topic").select_option(topic.slug)
    page.get_by_role("button", name="Post my question").click()
    expect(page.get_by_role("heading", name="Create an account")).to_be_visible()
    other = page.context.new_page()
    other.goto("/accounts/login/")
    other.get_by_label(re.compile("E-?mail", re.I)).fill(ana.email)
    other.get_by_label("Password").fill(factories.PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    expect(other.get_by_role("heading", name="Sign in")).to_be_hidden()
    other.goto("/ask/")
    expect(other.get_by_label("Your question in one sentence")).to_have_value(TITLE)


def test_errors_stand_beside_their_fields_and_take_the_focus(new_page, ana):
    page = new_page(user=ana, width=360)
    page.goto("/ask/")
    page.get_by_label("Your question in one sentence").fill("Too short")
    page.get_by_role("button", name="Post my question").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Please write at least 15 characters; you have 9.")
    expect(page.get_by_label("Your question in one sentence")).to_have_value("Too short")
