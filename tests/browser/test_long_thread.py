"""A long thread: what has no room on the page comes when it is asked for, and every part of it can be handed on."""

from playwright.sync_api import expect

from tests import factories


def test_more_comments_come_in_place_and_the_link_of_an_answer_is_copied(new_page, ben, question, answer):
    for number in range(13):
        factories.make_comment(ben, answer, f"Remark number {number}.")
    page = new_page(width=360)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(question.get_absolute_url())
    expect(page.get_by_text("Remark number")).to_have_count(10)
    more = page.get_by_role("link", name="Show more comments")
    more.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Remark number")).to_have_count(13)
    expect(more).to_have_count(0)
    expect(page.locator(":focus")).to_contain_text("Remark number 10.")
    page.locator(f"#answer-{answer.pk}").get_by_role("link", name="Share").click()
    expect(page.get_by_role("status")).to_have_text("The link is copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)
    assert page.locator(":target").get_attribute("id") == f"answer-{answer.pk}"


def test_on_paper_a_thread_says_where_it_is_from_and_has_no_controls(page, question, answer):
    page.goto(question.get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_text(f"Printed from {page.url}")).to_be_visible()
    for control in page.locator("main :is(button, .button, form), .masthead, .rail").all():
        expect(control).not_to_be_visible()
    expect(page.get_by_text(answer.body)).to_be_visible()
