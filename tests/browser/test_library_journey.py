"""The library from end to end: a question becomes an article that readers can trust, and that is put right later."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

import articles.sweeps
import forum.sweeps
from tests import factories

WORDS = "How long does a flutter under the ribs last after a bug?"
SEAL = "✓ Medically reviewed by Demo reviewer, general practitioner, registration GMC 1234567"
DOSE = "The most in a day is 400 mg."
WRONG = "Drink salt water."
# Editors write where scripts run; a reviewer's link and the pages of readers need none, and fit on a phone.
AT_BOTH_ENDS = pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 360)])


@pytest.fixture(autouse=True)
def one_factor(settings):
    """Two-step sign-in has tests of its own."""
    settings.REQUIRE_STAFF_MFA = False


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def write(editor: Page) -> None:
    editor.get_by_label("Standfirst:").fill("A flutter under the skin is nearly always harmless.")
    editor.get_by_label("Key points:").fill("Tiredness is a usual cause.")
    editor.get_by_label("Text:").fill("## What is happening\n\nA small bundle of muscle fibres fires.[^1]")
    for part in ("Call an emergency number now if:", "Mention it at your next visit if:"):
        editor.get_by_label(part).fill("none")
    editor.get_by_label("See a doctor in the next day or two if:").fill("it spreads.")
    editor.get_by_label("Address of one more source").fill("https://www.nih.gov/x")
    editor.keyboard.press("Enter")
    editor.get_by_label("Title of the source").fill("Muscle twitches")
    editor.get_by_label("Publisher of the source").fill("A public health body")


def review(reviewer: Page) -> None:
    passage = reviewer.locator(".passage", has_text="muscle fibres")
    passage.get_by_text("Say something about this").click()
    passage.get_by_label("What do you want to say?").fill("Say that it does not hurt.")
    passage.get_by_role("button", name="Send this remark").click()
    expect(passage.get_by_text("Say that it does not hurt.")).to_be_visible()
    reviewer.get_by_label("Your registration number").fill("GMC 1234567")
    reviewer.get_by_label("I approve this text.").check()
    press(reviewer, "Sign off this text")
    expect(reviewer.get_by_role("heading", name="Thank you")).to_be_visible()


@AT_BOTH_ENDS
def test_a_question_becomes_an_article_that_readers_can_trust(new_page, fits, ana, ed, question, javascript, width):
    editor, asker = new_page(user=ed), new_page(user=ana, javascript=javascript, width=width)
    reviewer, reader = (new_page(javascript=javascript, width=width) for _ in range(2))

    # From the question to a text that waits for its reviewer
    editor.goto(question.get_absolute_url())
    follow(editor, "Start an article")
    editor.get_by_label("Title").fill("What twitching after a bug means")
    press(editor, "Start the draft")
    follow(editor, "Questions behind it")
    expect(editor.get_by_role("link", name=question.title)).to_be_visible()
    expect(editor.get_by_text("is told once readers have the article")).to_be_visible()
    follow(editor, "What twitching after a bug means")
    write(editor)
    press(editor, "Submit for review")
    press(editor, "Submit for review")
    expect(editor.get_by_text("Revision 2 is waiting for a reviewer.")).to_be_visible()

    # A reviewer without an account reads it by a link, remarks and signs
    follow(editor, "Review")
    editor.get_by_label("Name:", exact=True).fill("Demo reviewer")
    editor.get_by_label("What they are:").fill("general practitioner")
    press(editor, "Make a link")
    reviewer.goto(editor.get_by_label("Copy it now: it is shown this once, and kept nowhere.").input_value())
    fits(reviewer)
    review(reviewer)

    # The editor sees to the remark and names a time; the worker keeps it
    editor.goto(editor.url)
    expect(editor.get_by_text("Say that it does not hurt.")).to_be_visible()
    press(editor, "Dealt with")
    expect(editor.get_by_text("Dealt with by ed")).to_be_visible()
    follow(editor, "What twitching after a bug means")
    press(editor, "Publish")
    editor.get_by_label("When:").fill(timezone.localtime(tomorrow()).strftime("%Y-%m-%dT%H:%M"))
    press(editor, "Publish")
    expect(editor.get_by_text("Scheduled. Readers get revision 2 on")).to_be_visible()
    assert reader.goto("/articles/what-twitching-after-a-bug-means/").status == 404
    with time_machine.travel(tomorrow()):
        assert articles.sweeps.publish_scheduled() == 1
        forum.sweeps.tell_followers()

        # Whoever asked is told, and the question leads to it
        asker.goto("/notifications/")
        expect(asker.get_by_text("An article was written about your question")).to_be_visible()
        asker.goto(question.get_absolute_url())
        asker.locator("#written").get_by_role("link").click()
        expect(asker.get_by_role("heading", level=1)).to_have_text("What twitching after a bug means")

        # Readers see why they can trust it
        reader.reload()
        expect(reader.get_by_text(SEAL)).to_be_visible()
        expect(reader.get_by_role("region", name="Why you can trust this page")).to_contain_text("1 source")
        fits(reader)
        follow(reader, "What changed")
        expect(reader.get_by_role("heading", name="Published")).to_be_visible()
        expect(reader.get_by_text("Signed off by Demo reviewer")).to_be_visible()
        reader.go_back()

        # It did not help: the words go to the editors, and are offered as a question
        follow(reader, "No")
        reader.get_by_label("In your own words").fill(WORDS)
        press(reader, "Send")
        instead = reader.get_by_role("form", name="Would you like to ask the members?")
        expect(instead.get_by_label("Your question")).to_have_value(WORDS)
        fits(reader)
        press(instead, "Post your question on the forum")
        expect(reader).to_have_url(re.compile("/ask/"))
        expect(reader.locator("[name=title]")).to_have_value(WORDS)
        editor.reload()
        follow(editor, "What readers said")
        expect(editor.get_by_text(WORDS)).to_be_visible()


def test_what_readers_have_is_put_right_and_leads_on(new_page, ed, rae):
    body = f"## What is happening\n\nA small bundel of muscle fibres fires.[^1] {DOSE} {WRONG}"
    article = factories.make_article(ed, rae, body=body)
    successor = factories.make_article(ed, rae, "What twitching means")
    una = factories.make_user("una", is_staff=True, is_editor=True, is_senior_editor=True)
    ria = factories.make_user("ria", is_staff=True, is_reviewer=True)
    factories.make_credential(ria, "general practice, Ireland")
    editor, senior, reviewer, second = (new_page(user=person) for person in (ed, una, rae, ria))
    reader = new_page(javascript=False, width=360)
    form = f"/admin/articles/article/{article.pk}/change/"

    # A slip of the pen needs no signature; a dose does
    editor.goto(form)
    editor.get_by_label("Text:").fill(body := body.replace("bundel", "bundle"))
    press(editor, "Publish")
    follow(editor, "Correction of form")
    press(editor, "Give readers the corrected text")
    expect(editor.get_by_text("Published. Readers have revision 2 now.")).to_be_visible()
    editor.get_by_label("Text:").fill(body.replace("400 mg", "800 mg"))
    press(editor, "Publish")
    follow(editor, "Correction of form")
    expect(editor.get_by_role("region", name="This is more than form")).to_contain_text(f"“{DOSE}”: “400” is a number")
    reader.goto(article.get_absolute_url())
    expect(reader.get_by_text("A small bundle")).to_contain_text("400 mg")

    # What does harm goes at once, and the page when nobody signs that
    senior.goto(form)
    follow(senior, "Urgent correction")
    senior.get_by_label("Why?").fill("Salt water does harm.")
    senior.get_by_label("What readers have to know now:").fill("Drink plain water.")
    senior.get_by_label("Text:").fill(body.replace(f" {WRONG}", ""))
    press(senior, "Correct it at once")
    expect(senior.get_by_text("Corrected. Readers have it now, and the reviewers are told.")).to_be_visible()
    reader.reload()
    box = reader.get_by_role("complementary", name="Correction")
    expect(box).to_contain_text("Drink plain water.")
    expect(box).to_contain_text("Salt water does harm. A medical reviewer has not read the correction yet.")
    expect(reader.get_by_text(WRONG)).to_have_count(0)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        reader.reload()
        expect(reader.get_by_role("heading", level=1)).to_have_text("This page is being checked")

        # A reviewer signs it, and later another finds it still right
        reviewer.goto("/admin/articles/article/?waiting=yes")
        follow(reviewer, article.title)
        follow(reviewer, "Sign off this text")
        reviewer.get_by_label("I have read this text and approve it.").check()
        press(reviewer, "Sign off this text")
        expect(reviewer.get_by_text("is signed off. Readers will see")).to_be_visible()
        reader.reload()
        expect(reader.get_by_text("A small bundle")).to_be_visible()
        expect(box).not_to_contain_text("has not read")
        second.goto(f"/admin/articles/article/{article.pk}/review/")
        follow(second, "Reviewed, still right")
        second.get_by_label("I have read what readers have, and it is still right.").check()
        press(second, "It is still right")
        expect(second.get_by_text("Thank you. Readers see that you checked it today")).to_be_visible()
        reader.reload()
        expect(reader.get_by_text("✓ Found still right by ria, general practice, Ireland")).to_be_visible()

        # Its address changes and at last something takes its place: whoever comes is led there
        editor.goto(form)
        editor.get_by_label("Slug:").fill("stomach-twitches")
        press(editor, "Save")
        expect(editor.get_by_text("Whoever comes for the old one is led there.")).to_be_visible()
        reader.reload()
        expect(reader).to_have_url(re.compile("/articles/stomach-twitches/$"))
        follow(editor, "Archive")
        editor.get_by_label("What takes its place").fill(successor.get_absolute_url())
        press(editor, "Archive")
        expect(editor.get_by_text("Archived. Readers do not find it any more")).to_be_visible()
        reader.reload()
        expect(reader).to_have_url(re.compile(f"{successor.get_absolute_url()}$"))
