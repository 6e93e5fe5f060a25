"""Journey 2: from the unanswered list to an answer, its comments and marks; and every page of the forum to the eye."""

import re

import pytest
from playwright.sync_api import expect

from accounts.actions import give_health_consent
from forum import actions
from forum.models import Answer, Comment, Question
from tests import factories
from tests.browser.conftest import CROSSWISE

ANSWER = "Mine went away after a week of sleeping more, and it did not come back."


@pytest.fixture
def ben(ben):
    give_health_consent(user=ben)
    return ben


@pytest.fixture
def thread(ana, ben, cleo, ed, eve, newt, article, topic) -> Question:
    """A question with an answer of each kind, comments, marks, and something of newt's that waits."""
    question = factories.make_question(
        ana, "Stomach twitching for three days after a stomach bug", topic=topic, article=article, anonymous=True
    )
    by_clinician = factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    factories.make_answer(ben, question, "### As a list\n\n- **salt**\n- water\n\n" + "w" * 300)
    factories.make_answer(eve, question, "I have read https://www.nhs.uk/twitching", basis="source", anonymous=True)
    factories.make_answer(ed, question, "Hang in there.", basis="support")
    for number in range(12):
        factories.make_comment(ben, by_clinician, f"Remark number {number}.")
    factories.make_answer(newt, question)
    actions.mark_helped(answer=by_clinician)
    actions.mark_same(question=question, member=eve)
    return question


@CROSSWISE
def test_answer_an_unanswered_question_and_be_thanked(new_page, ana, ben, eve, question, javascript, width, fits):
    page = new_page(user=ben, javascript=javascript, width=width)
    page.goto("/questions/")
    page.get_by_role("link", name="Unanswered").click()
    page.get_by_role("link", name=question.title).click()
    page.get_by_role("button", name="Post my answer").click()
    expect(page.get_by_role("heading", name="Please check this before you go on")).to_be_visible()
    fits(page)
    page.get_by_label("What it stands on").select_option("Experience of someone I care for")
    page.get_by_label("Answer", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Post my answer").click()
    expect(page.get_by_role("heading", name="1 answer")).to_be_visible()
    expect(page.locator("article", has_text=ANSWER)).to_contain_text("Experience of someone I care for")
    fits(page)

    reader = new_page(user=eve, javascript=javascript, width=width)
    reader.goto(question.get_absolute_url())
    reader.get_by_role("button", name="This helped me").click()
    expect(reader.get_by_role("button", name="This helped me · 1", pressed=True)).to_be_visible()
    reader.get_by_role("button", name="I have this too").click()
    expect(reader.get_by_role("button", name="I have this too · 1", pressed=True)).to_be_visible()
    reader.get_by_role("button", name="I have this too · 1").click()
    expect(reader.get_by_role("button", name="I have this too", pressed=False)).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.helpful_count, Question.objects.get().same_count) == (1, 0)

    asker = new_page(user=ana, javascript=javascript, width=width)
    asker.goto(question.get_absolute_url())
    asker.get_by_role("button", name="It helped me").click()
    expect(asker.get_by_text("Helped the asker (not medically checked)")).to_be_visible()
    expect(asker.get_by_text("1 helped the asker")).to_be_visible()


@CROSSWISE
def test_comment_on_an_answer(new_page, ben, question, answer, javascript, width, fits):
    page = new_page(user=ben, javascript=javascript, width=width)
    page.goto(question.get_absolute_url())
    page.locator(f"#answer-{answer.pk}").get_by_role("link", name="Comment").click()
    field = page.get_by_label("Comment", exact=True)
    if javascript:
        expect(field).to_be_focused()
        assert "/comment/" not in page.url
    field.fill("It was the left side, by the way.")
    fits(page)
    page.get_by_role("button", name="Post my comment").click()
    expect(page.locator(f"#answer-{answer.pk}")).to_contain_text("It was the left side, by the way.")
    assert Comment.objects.count() == 1


def test_a_guest_writes_an_answer_before_signing_in(new_page, question):
    page = new_page(javascript=False, width=360)
    page.goto(question.get_absolute_url())
    page.get_by_role("link", name="Write an answer").click()
    page.get_by_label("What it stands on").select_option("My experience")
    page.get_by_label("Answer", exact=True).fill(ANSWER)
    page.get_by_role("button", name="Post my answer").click()
    page.wait_for_url("**/accounts/signup/**")
    page.goto(f"/questions/{question.pk}/answer/")
    expect(page.get_by_label("Answer", exact=True)).to_have_value(ANSWER)


def test_marks_and_comments_by_keyboard(new_page, eve, question, answer):
    give_health_consent(user=eve)
    page = new_page(user=eve)
    page.goto(question.get_absolute_url())
    button = page.get_by_role("button", name="This helped me")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="This helped me · 1")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    page.keyboard.type("How long did it last?")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("How long did it last?")).to_be_visible()


def test_similar_questions_come_by_themselves(page, ana, question):
    other = factories.make_question(ana, "Stomach twitching a week after a stomach bug")
    factories.find_neighbours()
    page.goto(question.get_absolute_url())
    expect(page.get_by_role("complementary").get_by_role("link", name=other.title)).to_be_visible()


def test_times_are_exact_moments(page, thread):
    page.goto(thread.get_absolute_url())
    for time in page.locator("main time").all():
        assert re.fullmatch(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]+)?", time.get_attribute("datetime"))
