"""Follow a topic, and be told of the next question in it."""

from playwright.sync_api import expect

from forum.models import Follow
from forum.sweeps import tell_followers
from tests import factories


def test_follow_a_topic_by_keyboard_and_find_its_next_question_in_the_inbox(new_page, eve, ben, topic):
    page = new_page(user=eve, width=360)
    page.goto(topic.get_absolute_url())
    page.get_by_role("button", name="Follow", exact=True).focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Following")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert Follow.objects.get().member == eve
    question = factories.make_question(ben, topic=topic)
    tell_followers()
    page.goto("/notifications/")
    expect(page.get_by_text("There is a new question in what you follow")).to_be_visible()
    page.get_by_role("link", name=question.title).click()
    expect(page.get_by_role("heading", name=question.title, level=1)).to_be_visible()
