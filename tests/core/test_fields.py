"""What people type is cleaned, then measured, and shown to them again."""

import pytest
from django import forms
from markdownx.models import MarkdownxField

from core import markdown
from core.forms import LineField, MarkdownEditor, MarkdownField, TextField


class Letter(forms.Form):
    title = LineField(min_length=5, max_length=20)
    body = TextField(min_length=10, max_length=40)
    answer = MarkdownField(required=False)


def letter(**typed):
    return Letter({"title": "A fine title", "body": "A body that is long enough", **typed})


def test_a_line_is_one_line():
    form = letter(title="  two\r\nlines\tand  spaces \0")
    assert form.is_valid()
    assert form.cleaned_data["title"] == "two lines and spaces"


def test_nul_is_removed_rather_than_refused():
    form = letter(body="a\0 body that\0 is long enough")
    assert form.is_valid()
    assert form.cleaned_data["body"] == "a body that is long enough"


def test_unseen_marks_do_not_make_a_text_longer():
    form = letter(body="abc" + "\u200b" * 20)
    assert form.errors["body"] == ["Please write at least 10 characters; you have 3."]


@pytest.mark.parametrize("nothing", ["", "   ", "\0", "\u200b\u202e", "\n\n"])
def test_a_text_of_nothing_is_no_text(nothing):
    assert letter(body=nothing).errors["body"] == ["Please fill this in."]


def test_what_is_too_long_stays_in_the_field_whole():
    form = letter(body="word " * 20)
    assert form.errors["body"] == ["Please keep this to 40 characters; you have 99."]
    assert ("word " * 20).strip() in str(form["body"])


def test_no_browser_cuts_off_what_is_pasted():
    assert "maxlength" not in str(letter())


def test_marks_that_hide_are_not_sent_back_either():
    page = str(letter(title="\0a\u202e")["title"])
    assert "\0" not in page
    assert "\u202e" not in page


def test_markdown_is_as_long_as_can_be_rendered():
    form = letter(answer="x" * (markdown.LIMIT + 1))
    assert form.errors["answer"] == [f"Please keep this to {markdown.LIMIT} characters; you have {markdown.LIMIT + 1}."]


def test_the_editor_brings_our_script_and_nothing_of_markdownx():
    media = str(Letter().media)
    assert media.count("<script") == 1
    assert 'src="/static/js/editor.js"' in media
    assert 'type="module"' in media


def test_the_editor_knows_how_its_text_will_be_rendered():
    assert 'data-preview="top=3"' in MarkdownField(top=3).widget.render("body", "", {})


def test_an_editor_may_do_without_a_preview():
    assert "data-preview-box" in MarkdownEditor().render("body", "", {})
    assert "data-preview-box" not in MarkdownEditor(has_preview=False).render("body", "", {})


def test_a_model_field_of_markdownx_becomes_ours():
    field = MarkdownxField().formfield(form_class=MarkdownField)
    assert isinstance(field.widget, MarkdownEditor)
    assert field.max_length == markdown.LIMIT
