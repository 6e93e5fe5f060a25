"""Journey 4: an editor writes an article, a reviewer signs it, readers get it, and a later draft stays a draft."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles import actions
from articles.models import Article
from tests import factories
from tests.uploads import samples

PHOTO = {"name": "belly.png", "mimeType": "image/png", "buffer": samples.picture(size=(320, 240))}


@pytest.fixture(autouse=True)
def one_factor(settings):
    """Two-step sign-in has tests of its own."""
    settings.REQUIRE_STAFF_MFA = False


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def write_article(page: Page) -> None:
    page.goto("/admin/articles/article/add/")
    page.get_by_label("Title:", exact=True).fill("Why do my stomach muscles twitch?")
    page.get_by_label("Topic:").select_option("Muscles and nerves")
    page.get_by_label("Standfirst:").fill("A flutter under the skin is nearly always harmless.")
    page.get_by_label("Key points:").fill("Tiredness is a usual cause.")
    page.get_by_label("Text:").fill("## What is happening\n\nA small bundle of **muscle fibres** fires.[^1]\n\n")
    page.get_by_label("Call an emergency number now if:").fill("you have trouble breathing.")
    page.get_by_label("See a doctor in the next day or two if:").fill("it spreads.")
    page.get_by_label("Mention it at your next visit if:").fill("none")
    page.get_by_label("Everyday words:").fill("belly flutter")


def write_source(page: Page, row: int, title: str) -> None:
    page.get_by_label("Title of the source").nth(row).fill(title)
    page.get_by_label("Publisher of the source").nth(row).fill("A public health body")
    page.get_by_label("Address of the source").nth(row).fill("https://www.nih.gov/x")


def test_an_article_goes_from_its_first_word_to_its_readers(new_page, ed, rae, topic):
    editor, reviewer, reader = new_page(user=ed), new_page(user=rae), new_page()

    # Writing, with the preview beside the text and a picture in it
    write_article(editor)
    preview = editor.locator("[data-look-page]")
    expect(preview.get_by_role("heading", name="What is happening")).to_be_visible()
    expect(preview.locator(".prose strong")).to_have_text("muscle fibres")
    expect(preview.get_by_role("heading", level=1)).to_have_text("Why do my stomach muscles twitch?")
    text, box = editor.get_by_label("Text:").bounding_box(), editor.locator("[data-beside]").bounding_box()
    assert box["x"] >= text["x"] + text["width"]
    with editor.expect_file_chooser() as chooser:
        press(editor, "Add a picture")
    chooser.value.set_files(PHOTO)
    expect(preview.locator("img")).to_be_visible()
    editor.keyboard.type("A belly from the side")
    expect(preview.get_by_role("img", name="A belly from the side")).to_be_visible()
    write_source(editor, 0, "Muscle twitches")
    press(editor, "Add a source")
    assert editor.get_by_label("Number of the source").nth(1).input_value() == "2"
    write_source(editor, 1, "Muscle cramps")
    editor.get_by_label("What did you change?").fill("First version")
    press(editor, "Save")
    expect(editor.get_by_text("Saved as revision 1.")).to_be_visible()

    # A second Save, its history and what it changed
    editor.get_by_label("Key points:").fill("Thirst is a usual cause.")
    editor.get_by_label("What did you change?").fill("Thirst comes first")
    press(editor, "Save")
    editor.get_by_role("link", name="History").click()
    expect(editor.locator("#change-history").get_by_role("row").nth(1)).to_contain_text("Thirst comes first")
    press(editor, "Compare")
    expect(editor.locator("del")).to_have_text("Tiredness")
    expect(editor.locator("ins")).to_have_text("Thirst")

    # As readers will see it, who do not see it yet
    editor.go_back()
    editor.get_by_role("link", name="Why do my stomach muscles twitch?").click()
    press(editor, "Save and preview as readers see it")
    expect(editor.get_by_text("Readers do not see this text.")).to_be_visible()
    expect(editor.get_by_role("heading", level=1)).to_have_text("Why do my stomach muscles twitch?")
    assert reader.goto("/articles/why-do-my-stomach-muscles-twitch/").status == 404

    # To the reviewer and back
    editor.get_by_role("link", name="Edit", exact=True).click()
    press(editor, "Publish")
    expect(editor.get_by_text("A reviewer has to sign off revision 2, the current text.")).to_be_visible()
    editor.get_by_role("link", name="Back to the article").click()
    press(editor, "Submit for review")
    press(editor, "Submit for review")
    expect(editor.get_by_text("Revision 2 is waiting for a reviewer.")).to_be_visible()
    reviewer.goto("/admin/articles/article/?waiting=yes")
    reviewer.get_by_role("link", name="Why do my stomach muscles twitch?").click()
    expect(reviewer.get_by_text("Thirst is a usual cause.")).to_be_visible()
    reviewer.get_by_role("link", name="Sign off this text").click()
    reviewer.get_by_label("I have read this text and approve it.").check()
    press(reviewer, "Sign off this text")
    expect(reviewer.get_by_text("✓ Medically reviewed by rae, neurology, United Kingdom")).to_be_visible()

    # To the readers
    editor.reload()
    press(editor, "Publish")
    press(editor, "Publish")
    expect(editor.get_by_text("Published. Readers have revision 2 now.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Thirst is a usual cause.")).to_be_visible()
    expect(reader.get_by_role("img", name="A belly from the side")).to_be_visible()
    expect(reader.locator("#source-2")).to_contain_text("Muscle cramps")

    # The next text is not theirs until it is signed
    editor.get_by_label("Key points:").fill("Half a thought.")
    press(editor, "Save")
    expect(editor.get_by_text("Readers have revision 2, not this text.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Thirst is a usual cause.")).to_be_visible()
    expect(reader.get_by_text("Half a thought.")).to_have_count(0)


def test_two_editors_at_once_lose_nothing(new_page, ed):
    draft = factories.make_draft(ed)
    quicker = factories.make_user("max", is_editor=True, is_staff=True)
    slower, faster = new_page(user=ed), new_page(user=quicker)
    address = f"/admin/articles/article/{draft.pk}/change/"
    faster.goto(address)
    faster.get_by_label("Title:", exact=True).fill("Somebody was faster")
    slower.goto(address)
    expect(slower.get_by_text("max is writing in this article too")).to_be_visible()
    slower.get_by_label("Key points:").fill("Words of ed.")
    slower.get_by_label("Text:").fill("Text of ed.")
    faster.get_by_label("Text:").fill("Text of max.")
    press(faster, "Save")
    expect(faster.get_by_text("Saved as revision 2.")).to_be_visible()
    press(slower, "Save")
    expect(slower.get_by_text("max saved this article while you were writing")).to_be_visible()
    expect(slower.get_by_label("Key points:")).to_have_value("Words of ed.")
    expect(slower.get_by_label("Title:", exact=True)).to_have_value("Somebody was faster")
    with slower.expect_popup() as beside:
        slower.get_by_role("link", name="What they changed").click()
    expect(beside.value.locator("ins").first).to_have_text("Somebody was faster")
    slower.get_by_label("Both: mine, and theirs below it").check()
    press(slower, "Save")
    expect(slower.get_by_text("Saved as revision 3.")).to_be_visible()
    expect(slower.get_by_label("Text:")).to_have_value("Text of ed.\n\nText of max.")


def test_what_an_editor_types_is_found_again_after_a_crash(new_page, complaints, ed):
    draft = factories.make_draft(ed, body="## Why\n\nOne[^1] and two[^2].")
    sources = [{"title": name, "publisher": "Body", "url": f"https://{name}.org/"} for name in ("one", "two")]
    actions.save(article=draft, editor=ed, sources=sources)
    page = new_page(user=ed)
    page.goto(f"/admin/articles/article/{draft.pk}/change/")
    look = page.locator("[data-look-page]")
    expect(look.locator("sup").first).to_have_text("1")

    page.get_by_text("To look at again").click()
    expect(page.get_by_text("Only to look at: nothing of this keeps an article from being saved")).to_be_visible()
    page.get_by_text("To look at again").click()

    # A source is moved by keyboard, and the numbers in the text follow
    page.get_by_role("button", name="Move this source down").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Text:")).to_have_value("## Why\n\nOne[^2] and two[^1].")
    expect(look.locator(".sources li").first).to_contain_text("two")
    press(page, "Undo")
    expect(page.get_by_label("Text:")).to_have_value("## Why\n\nOne[^1] and two[^2].")
    page.get_by_role("button", name="Take this source out").first.click()
    expect(page.get_by_label("Text:")).to_have_value("## Why\n\nOne and two[^1].")
    page.get_by_label("Address of one more source").fill("https://two.org/more")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Publisher of the source").nth(1)).to_have_value("Body")
    page.get_by_label("Title of the source").nth(1).fill("three")

    # A new picture at the top, with what it shows; the same one again in the text
    press(page, "Choose a picture")
    page.get_by_label("Or a new one").set_input_files(PHOTO)
    press(page, "Use this picture")
    expect(page.get_by_text("Please say in words what the picture shows.")).to_be_visible()
    page.get_by_label("What it shows, in words").fill("A belly from the side")
    press(page, "Use this picture")
    expect(look.get_by_role("img", name="A belly from the side")).to_be_visible()
    page.get_by_label("What stays in sight").select_option("The top")
    expect(look.locator(".hero--top img")).to_be_visible()
    press(page, "Choose from the library")
    page.get_by_role("button", name="A belly from the side").click()
    press(page, "Use this picture")
    expect(look.locator(".prose img")).to_have_attribute("alt", "A belly from the side")

    # The server dies, then the browser; what was typed is offered
    expect(page.get_by_text("Kept for you, not saved as a revision yet")).to_be_visible()
    page.route("**/keep/", lambda route: route.abort("connectionrefused"))
    page.get_by_label("Key points:").press_sequentially("Not lost.")
    expect(page.get_by_text("Your text is in this browser.")).to_be_visible()
    complaints[:] = [one for one in complaints if "/keep/" not in one]
    page.goto("about:blank")
    page.unroute("**/keep/")
    complaints[:] = [one for one in complaints if "/keep/" not in one]
    page.goto(f"/admin/articles/article/{draft.pk}/change/")
    expect(page.get_by_text("that were not saved")).to_be_visible()
    expect(page.get_by_label("Key points:")).not_to_have_value(re.compile("Not lost."))
    page.get_by_role("link", name="Take them").click()
    expect(page.get_by_label("Key points:")).to_have_value(re.compile("Not lost."))
    expect(page.get_by_label("Title of the source").nth(1)).to_have_value("three")
    press(page, "Save")
    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    assert [one["title"] for one in draft.latest_revision().sources] == ["two", "three"]
    page.reload()
    expect(page.get_by_text("that were not saved")).to_have_count(0)


def test_people_in_the_admin(new_page, fits, boss, cleo):
    page = new_page(user=boss)
    page.goto("/admin/accounts/credential/add/")
    page.get_by_label("Handle:").fill("cleo")
    page.get_by_label("Line:").fill("sleep medicine, United Kingdom")
    page.get_by_label("Country:").fill("GB")
    page.get_by_label("Valid until:").fill("2100-01-01")
    press(page, "Save")
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert cleo.credentials.count() == 2


def test_an_article_leads_to_asking_without_scripts(new_page, article):
    page = new_page(javascript=False)
    page.goto(article.get_absolute_url())
    page.get_by_label("Your question").fill("Twitching under my ribs every night?")
    press(page, "Post your question on the forum")
    expect(page).to_have_url(re.compile(r"/ask/\?article=why-do-my-stomach-muscles-twitch&.*title=Twitching"))
    page.goto(article.get_absolute_url())
    page.get_by_label("Couldn’t find what you’re looking for?").fill("twitch")
    page.get_by_label("From this article").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Why do my stomach muscles twitch?")).to_be_visible()


def test_an_article_is_printed_where_scripts_run(new_page, article):
    page = new_page()
    page.goto(article.get_absolute_url())
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    press(page, "Print this page")
    assert page.evaluate("document.body.dataset.printed") == "yes"


def test_an_overdue_article_is_still_read(new_page, article):
    Article.objects.filter(pk=article.pk).update(checked_on="2024-11-05", next_review_on="2025-11-05")
    page = new_page()
    page.goto(article.get_absolute_url())
    expect(page.get_by_text("We last checked this page in November 2024.")).to_be_visible()
