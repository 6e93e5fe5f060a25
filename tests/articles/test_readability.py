"""What editors are asked to look at again: never in the way, and of use."""

import pytest

from articles import links, readability
from articles.editing import typed
from articles.models import Article
from search.models import Synonym
from search.synonyms import save as save_synonym
from tests.articles.test_writing import ADD, LOOK

pytestmark = pytest.mark.django_db

PLAIN = "You may feel a small jump in a muscle. It comes and goes. It does no harm. Rest and drink a bit more. " * 6
HARD = (
    "Fasciculations constitute involuntary spontaneous contractions of individual motor units whose pathophysiological "
    "significance necessitates comprehensive electromyographical characterisation notwithstanding benignity. " * 6
)


def notes(**fields):
    text = typed.text_of({"lay_words": "x", **fields}, Article(slug="new"))
    return {one.label: list(one.sentences) for one in readability.notes_on(text)}


def test_a_plain_text_reads_well_and_a_learned_one_does_not():
    assert readability.school_year(PLAIN) < 5 < 12 < readability.school_year(HARD)
    assert "It reads well from about" in notes(body=PLAIN)["How it reads"][0]
    assert "Shorter sentences" in notes(body=HARD)["How it reads"][0]


def test_the_index_is_that_of_its_authors():
    """100 words of 4 letters in 5 sentences: 0.0588 * 400 - 0.296 * 5 - 15.8."""
    text = ("word " * 19 + "word. ") * 5
    assert readability.school_year(text) == pytest.approx(0.0588 * 400 - 0.296 * 5 - 15.8)


@pytest.mark.parametrize("text", ["", "Short.", "1 2 3 " * 200, "…" * 500])
def test_of_little_nothing_is_said(text):
    assert readability.school_year(text) is None


def test_long_sentences_are_quoted_and_counted():
    long = " ".join(["word"] * 30) + ". "
    found = notes(body=long * 7 + "A short one.")["Long sentences"]
    assert found[0].startswith("30 words: “word word")
    assert found[-1] == "And 2 more."


def test_what_alarms_without_a_next_step_is_found():
    body = "## Causes\n\nRarely it is cancer.\n\n## What to do\n\nIf you fear a stroke, call an emergency number."
    (found,) = notes(body=body, help_soon="it spreads.")["Alarming, and nothing to do about it"]
    assert "“cancer”" in found and "Causes" in found
    assert "Alarming, and nothing to do about it" not in notes(
        body="## Causes\n\nRarely it is cancer: see your doctor."
    )


def test_everyday_words_that_are_missing_are_named():
    save_synonym(Synonym(said="jumpy muscle", called="fasciculation"))
    missing = notes(title="Fasciculation", body="Text.")["Everyday words"]
    assert "“jumpy muscle”" in missing[0]
    assert "Everyday words" not in notes(title="Fasciculation", lay_words="jumpy muscle, twitching, a muscle twitch")
    assert "There are none yet." in notes(title="Sleep", lay_words="")["Everyday words"][0]


def test_the_notes_stand_beside_the_preview_and_keep_nothing_from_being_saved(desk):
    answer = desk.post(
        LOOK, {"form": ADD, "title": "Stroke", "body": "A [link](/nowhere/). It may be a stroke."}
    ).json()
    assert "Links that lead nowhere here" in answer["notes"]
    assert "/nowhere/" in answer["notes"]
    assert answer["count"] >= 3


@pytest.mark.parametrize("text", ["<script>alert(1)</script> " * 30, "&lt;" * 100, "“" * 1000, "# \n" * 500])
def test_whatever_is_written_is_only_text_in_the_notes(desk, text):
    answer = desk.post(LOOK, {"form": ADD, "title": text, "body": f"{text} cancer [x](/{text[:20]}/)"}).json()
    assert "<script" not in answer["notes"]


def test_a_text_of_the_greatest_length_is_looked_at_in_a_moment():
    text = typed.text_of({"body": "Word and word, a stroke of luck. " * 1_800, "title": "Word"}, Article(slug="new"))
    assert readability.notes_on(text)
    assert links.broken(text) == []
