"""Nothing unseen stays in a text; what is meant stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, excerpt, words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b\x07c\x9b", "abc"),
        ("one\r\ntwo\rthree\u2028four\x0bfive", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a\tb"),
        ("sui\u200bci\u2060de\ufeff", "suicide"),
        ("pass\u00adword", "password"),
        ("\u202egnp.exe\u202c \u2066x\u2069 \u200fy\u200e", "gnp.exe x y"),
        ("\u3164\u115f\u2800", ""),
        ("e\u0301", "é"),
        ("x\ud800y\ufffe\ufdd0\U0001fffe", "xy"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("o\u200dk\u200c", "ok"),
        ("z" + "\u0335" * 30, "z" + "\u0335" * 4),
        ("\n \n  first\nlast  \n\n", "  first\nlast"),
        ("x\ufe0f", "x"),
    ],
)
def test_what_nobody_sees_is_dropped(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize(
    "text",
    [
        "👩🏽‍⚕️ 👨‍👩‍👧 ❤️‍🔥 🙂‍↔️ 🏴‍☠️",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇩🇪",
        "1️⃣ ☎️ ☎︎",
        "می‌خواهم",
        "क्‍ष",
        "שלום עולם",
        "Zürich, ångström, Việt Nam, 痛み",
        "  indented\n    more",
    ],
)
def test_what_is_meant_is_kept(text):
    assert clean(text) == text


@given(st.text())
def test_a_clean_text_is_clean(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned)
    cleaned.encode()


def test_an_excerpt_ends_with_a_sentence_where_one_ends_in_time():
    text = "It has hurt for 3.5 weeks. It is worse at night! What can I do about it, please?"
    assert excerpt(text, 60) == "It has hurt for 3.5 weeks. It is worse at night!"
    assert excerpt(text, 48) == "It has hurt for 3.5 weeks. It is worse at night!"
    assert excerpt(text, 200) == text


def test_an_excerpt_without_a_sentence_ends_with_a_word():
    assert excerpt("one two three, four", 16) == "one two three…"
    assert excerpt("a\n\n b", 10) == "a b"
    assert excerpt("x" * 50, 10) == "x" * 9 + "…"


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length


def test_the_words_of_html_are_read_a_block_a_line():
    html = "<p>Salt &amp; water, &quot;often&quot;<br>\nand rest</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>"
    assert words(html) == 'Salt & water, "often"\nand rest\none\ntwo'
