"""The editor, as somebody uses it: a preview that tells the truth, pictures, and a keyboard that stays theirs."""

import base64
import re

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.uploads import samples
from uploads.models import Upload

PHOTO = {"name": "rash.png", "mimeType": "image/png", "buffer": samples.picture(size=(640, 480))}
CODE = "![describe the picture](/media/"


class Editor:
    """One editor on a page."""

    def __init__(self, page, index: int = 0) -> None:
        self.page = page
        self.whole = page.locator("[data-markdown-editor]").nth(index)
        self.text = self.whole.locator("textarea")
        self.summary = self.whole.locator("summary")
        self.preview = self.whole.locator("[data-preview-text]")
        self.button = self.whole.get_by_role("button", name="Add a picture")
        self.status = self.whole.get_by_role("status")

    def selected(self) -> str:
        return self.text.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)")

    def choose(self, *files) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.button.click()
        chooser.value.element.set_input_files(list(files))

    def hand_over(self, kind: str, *, words: str = "") -> None:
        """Paste or drop a picture, as the browser would tell the page of it."""
        self.text.evaluate(
            """(field, [kind, bytes, words]) => {
                const carried = new DataTransfer();
                const content = Uint8Array.from(atob(bytes), letter => letter.charCodeAt(0));
                carried.items.add(new File([content], "rash.png", { type: "image/png" }));
                if (words) carried.items.add(words, "text/plain");
                const how = { bubbles: true, cancelable: true };
                field.dispatchEvent(kind === "paste"
                    ? new ClipboardEvent("paste", { ...how, clipboardData: carried })
                    : new DragEvent("drop", { ...how, dataTransfer: carried }));
            }""",
            [kind, base64.b64encode(PHOTO["buffer"]).decode(), words],
        )


@pytest.fixture
def open_editor(new_page):
    def open_one(user, **how) -> Editor:
        page = new_page(user=user, **how)
        page.goto("/ask/")
        return Editor(page)

    return open_one


@pytest.fixture
def editor(open_editor, ana) -> Editor:
    return open_editor(ana)


def test_the_preview_follows_what_is_written(editor):
    editor.summary.click()
    editor.text.fill("# How it began\n\nIt **hurts** at <night>.")
    expect(editor.preview.locator("h2")).to_have_text("How it began")
    expect(editor.preview.locator("strong")).to_have_text("hurts")
    expect(editor.preview).to_contain_text("at <night>.")
    editor.text.fill("Now it is **gone**.")
    expect(editor.preview).to_have_text("Now it is gone.")


def test_nothing_is_asked_of_the_server_before_somebody_wants_a_preview(editor):
    asked = []
    editor.page.on("request", lambda request: asked.append(request.url))
    editor.page.wait_for_timeout(700)
    editor.text.fill("It hurts.")
    editor.page.wait_for_timeout(700)
    assert [url for url in asked if "/markdown/" in url] == []
    editor.summary.click()
    expect(editor.preview).to_have_text("It hurts.")


def test_an_error_page_never_lands_in_the_preview(editor, complaints):
    editor.summary.click()
    editor.text.fill("It hurts.")
    expect(editor.preview).to_have_text("It hurts.")
    editor.page.route("**/markdown/preview/", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    editor.text.fill("It hurts a lot.")
    expect(editor.status).to_have_text("We could not reach Askwell. Your text is still here.")
    expect(editor.preview).to_have_text("It hurts.")
    assert [complaint[:12] for complaint in complaints] == ["answered 502"]
    complaints.clear()
    editor.page.unroute("**/markdown/preview/")
    editor.text.fill("It hurts a little.")
    expect(editor.preview).to_have_text("It hurts a little.")
    expect(editor.status).to_have_text("")


def test_a_refusal_is_told_in_words(editor):
    editor.summary.click()
    editor.text.fill("x" * 60_001)
    expect(editor.status).to_have_text("Please keep this to 60000 characters; you have 60001.")
    expect(editor.preview).to_have_text("")


def test_a_picture_is_added_with_the_button_and_waits_to_be_described(editor):
    editor.text.fill("It looks like this:")
    editor.text.press("End")
    editor.choose(PHOTO)
    expect(editor.status).to_contain_text("Please describe it in words")
    assert editor.text.input_value() == f"It looks like this:\n\n![describe the picture]{address()}"
    assert editor.selected() == "describe the picture"
    expect(editor.text).to_be_focused()
    editor.page.keyboard.type("A red rash")
    editor.summary.click()
    picture = editor.preview.get_by_role("img", name="A red rash")
    expect(picture).to_be_visible()
    editor.page.wait_for_function("() => document.querySelector('[data-preview-text] img').naturalWidth === 640")


def test_adding_a_picture_can_be_undone(editor):
    editor.text.fill("It looks like this:")
    editor.choose(PHOTO)
    expect(editor.text).to_have_value(containing(CODE))
    editor.page.keyboard.press("Control+z")
    expect(editor.text).to_have_value("It looks like this:")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_added_by_paste_and_by_drop(editor, kind):
    editor.text.focus()
    editor.hand_over(kind)
    expect(editor.text).to_have_value(containing(CODE))


def test_words_that_come_with_a_picture_of_them_are_pasted_as_words(editor):
    editor.hand_over("paste", words="From a word processor")
    editor.page.wait_for_timeout(300)
    assert not Upload.objects.exists()


def test_several_pictures_at_once(editor):
    editor.choose(PHOTO, PHOTO)
    expect(editor.status).to_contain_text("Please describe it in words")
    assert editor.text.input_value().count(CODE) == 2
    assert editor.selected() == "describe the picture"


def test_a_large_photo_is_made_smaller_before_it_is_sent(editor):
    noise = samples.noise("JPEG", (3000, 1800))
    assert len(noise) > 5 * 1024 * 1024
    editor.choose({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": noise})
    expect(editor.text).to_have_value(containing("-2000x1200.webp)"))


def test_who_writes_on_while_a_picture_is_sent_is_not_interrupted(editor):
    waiting = []
    editor.page.route("**/markdown/upload/", lambda route: waiting.append(route))
    editor.text.fill("First line\nLast line")
    editor.choose(PHOTO)
    editor.text.focus()
    editor.text.evaluate("field => field.setSelectionRange(10, 10)")
    editor.page.keyboard.type(" goes on")
    while not waiting:
        editor.page.wait_for_timeout(20)
    waiting.pop().continue_()
    expect(editor.text).to_have_value(containing(CODE))
    editor.page.keyboard.type(" and on")
    assert editor.text.input_value() == f"First line goes on and on\n\n![describe the picture]{address()}\n\nLast line"


def test_a_new_member_is_told_why_not_yet(open_editor, newt):
    editor = open_editor(newt)
    editor.text.fill("It looks like this:")
    editor.choose(PHOTO)
    expect(editor.status).to_contain_text("New members cannot add pictures yet.")
    expect(editor.text).to_have_value("It looks like this:")


def test_what_is_no_picture_is_refused_with_a_sentence(editor):
    editor.choose({"name": "rash.png", "mimeType": "image/png", "buffer": samples.PAGE})
    expect(editor.status).to_have_text("We cannot read this as a picture. Please send a PNG, JPEG, WebP or GIF.")
    expect(editor.text).to_have_value("")


def test_no_key_is_taken_from_the_keyboard(editor):
    editor.text.fill("one\ntwo")
    for key in ("Escape", "Control+d", "Control+b"):
        editor.text.press(key)
        expect(editor.text).to_be_focused()
    expect(editor.text).to_have_value("one\ntwo")
    editor.text.press("Tab")
    expect(editor.button).to_be_focused()
    editor.page.keyboard.press("Tab")
    expect(editor.summary).to_be_focused()
    editor.page.keyboard.press("Enter")
    expect(editor.preview).to_have_text("one\ntwo")
    editor.page.keyboard.press("Shift+Tab")
    editor.page.keyboard.press("Shift+Tab")
    expect(editor.text).to_be_focused()


def test_an_editor_that_is_added_later_works_like_the_first(editor):
    editor.page.evaluate(
        """() => {
            const first = document.querySelector("[data-markdown-editor]");
            first.after(first.cloneNode(true));
        }"""
    )
    second = Editor(editor.page, 1)
    editor.text.fill("First")
    second.text.fill("Second")
    editor.summary.click()
    second.summary.click()
    expect(editor.preview).to_have_text("First")
    expect(second.preview).to_have_text("Second")
    second.choose(PHOTO)
    expect(second.text).to_have_value(containing(CODE))
    expect(editor.text).to_have_value("First")


def test_without_a_script_it_is_a_field(open_editor, ana):
    editor = open_editor(ana, javascript=False)
    expect(editor.text).to_be_visible()
    expect(editor.button).to_be_hidden()
    expect(editor.summary).to_be_hidden()


def test_for_readers_who_are_not_signed_in_it_is_a_field(open_editor):
    editor = open_editor(None)
    expect(editor.text).to_be_visible()
    expect(editor.button).to_be_hidden()


def test_an_editor_of_articles_sees_the_preview_beside_the_text(new_page, ed, settings):
    settings.REQUIRE_STAFF_MFA = False
    article = factories.make_draft(ed, body="# Causes\n\nThirst.[^1]")
    page = new_page(user=ed)
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    editor, preview = Editor(page), page.locator("[data-look-page]")
    expect(preview.locator(".prose h2").first).to_have_text("Causes")
    expect(preview.locator("a[href='#source-1']").first).to_have_text("1")
    text, beside = editor.text.bounding_box(), preview.bounding_box()
    assert beside["x"] > text["x"] + text["width"] - 1
    editor.text.press("Control+End")
    editor.choose(PHOTO)
    expect(preview.get_by_role("img", name="describe the picture")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everybody_can_use_it(open_editor, ana, axe, fits, dark):
    editor = open_editor(ana, width=320, dark=dark)
    editor.text.fill("|" + "a very long heading|" * 6 + "\n|" + "-|" * 6 + "\n\n```\n" + "x" * 200 + "\n```\n")
    editor.summary.click()
    expect(editor.preview.locator("table")).to_be_visible()
    assert editor.button.bounding_box()["height"] >= 44
    assert editor.summary.bounding_box()["height"] >= 44
    fits(editor.page)
    axe(editor.page)


def address() -> str:
    return f"({Upload.objects.get().get_absolute_url()})"


def containing(words: str):
    return re.compile(re.escape(words))
