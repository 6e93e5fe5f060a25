import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import words
from search.models import WORD_LENGTH


@pytest.mark.parametrize(
    "forms",
    [
        "twitch twitches twitching twitched Twitching twitchy",
        "cramp cramps cramping cramped",
        "ache aches aching ached achy",
        "breathe breathing breathed breathes",
        "allergy allergies",
        "dizzy dizziness",
        "dry dries dried drying dryness",
        "run running runs",
        "swell swelling swells",
        "bleed bleeding bleeds",
        "virus viruses",
        "medicine medicines medicine’s",
        "naïve naive",
        "IBUPROFEN ibuprofen",
    ],
)
def test_forms_of_a_word_are_one_word(forms):
    assert len(set(words.stems(forms))) == 1


@pytest.mark.parametrize("pair", ["hear heart", "bus bu", "ill will", "need needle", "pass past", "rash rush"])
def test_different_words_stay_different(pair):
    first, second = pair.split()
    assert words.stem(first) != words.stem(second)


def test_words_that_everybody_writes_are_left_out():
    assert words.stems("Why do I have it, and what can’t I do about that? I'll, you’ve, don't, shouldn’t") == []


def test_figures_and_letters_that_name_something_are_kept():
    assert words.stems("vitamin B12 or D, type 2") == ["vitamin", "b12", "d", "typ", "2"]


def test_other_scripts_are_words_too():
    assert words.stems("头痛 צוואר боль") == ["头痛", "צוואר", "боль"]


def test_a_word_is_found_where_it_stands():
    text = "My ‘stomach’ twitches."
    assert [text[word.start : word.end] for word in words.read(text)] == ["stomach", "twitches"]


@given(st.text(max_size=300))
def test_any_text_has_words_that_fit_the_index(text):
    for word in words.read(text):
        assert 0 < len(word.stem) <= WORD_LENGTH
        assert text[word.start : word.end]
