"""What may be put right in a signed text without a new signature: its form, and nothing that it says."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from articles import actions, corrections, meaning
from articles.actions import NotReady
from articles.actions.writing import snapshot, words_of
from articles.models import Article, Correction, Revision, Step
from tests.factories import make_article, make_draft

SIGNED = {
    "title": "Why does my eyelid flicker?",
    "standfirst": "A flicker under the skin is nearlly always harmless.",
    "key_points": "Tired people notice it more.\nDo not take more than two tablets a day.",
    "body": (
        "## What is happening\n\nA small bundle of fibres fires without beeing asked to.[^1] Walking outdoors makes"
        " people feel calmer.\n\nYou should not worry; you can eat as before.\n\nTake ibuprofen with food, never on an"
        " empty stomach. Stop if it hurts.\n\n- Take 5 mg in the morning.\n- Read [this page](https://www.nih.gov/a).\n\n"
        "![A tired eye](/media/eye-10x10.webp)"
    ),
    "lay_words": "flicker\nwink",
    "help_soon": "your face is weak.",
}


@pytest.fixture(scope="module")
def topic_and_article():
    return Article(pk=1, slug="x", topic_id=1)


def text(article: Article, **words: object) -> Revision:
    """A revision with these words beside those of a signed text, kept nowhere."""
    told = {"help_emergency": "none", "help_visit": "none", "pins": "", "correction_box": "", "hero_alt": ""}
    told |= {"byline": "us", "topic_id": 1, "hero_id": None} | SIGNED | words
    sources = told.pop("sources", [{"title": "Twitches", "publisher": "NIH", "url": "https://www.nih.gov/x"}])
    return snapshot(article, told, sources)


def body(old: str, new: str) -> dict[str, str]:
    assert old in SIGNED["body"]
    return {"body": SIGNED["body"].replace(old, new)}


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"standfirst": "A flicker under the skin is nearly always harmless."},
        {"pins": "another-article"},
        body("beeing", "being"),
        body("Walking outdoors makes", "A walk outdoors makes"),
        body("A small bundle", "A **small** bundle"),
        body("not worry; you", "not worry: you"),
        body("not worry; you", "not worry. You"),
        body("A small bundle of fibres", "A small  bundle\nof fibres"),
        body("asked to.[^1] Walking", "asked to.[^1]\n\nWalking"),
        body("What is happening", "What is hapening"),
        body("tired eye", "tyred eye"),
    ],
    ids=str,
)
def test_slips_marks_and_the_same_words_otherwise_are_form(topic_and_article, words):
    assert corrections.beyond_form(text(topic_and_article), text(topic_and_article, **words)) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        # Numbers, also in words, in other scripts, and where they stand
        (body("5 mg", "50 mg"), "5"),
        (body("5 mg", "٥ mg"), "a number"),
        (body("5 mg", "5.5 mg"), "a number"),
        (body("5 mg", "½ mg"), "a number"),
        (body("5 mg", "-5 mg"), "a number"),
        (body("5 mg", "five mg"), "a number"),
        ({"key_points": SIGNED["key_points"].replace("two", "three")}, "a number"),
        ({"key_points": SIGNED["key_points"].replace("two", "to")}, "a number"),
        ({"key_points": SIGNED["key_points"].replace("a day", "an hour")}, "a unit or a time"),
        # Units
        (body("5 mg", "5 g"), "a unit"),
        (body("5 mg", "5 µg"), "a unit"),
        (body("5 mg", "5 m"), "a unit"),
        (body("in the morning", "in the evening"), "a time"),
        # Medicines and conditions
        (body("ibuprofen", "paracetamol"), "a medicine"),
        (body("ibuprofen", "ibuprofin"), "a medicine"),
        (body("ibuprofen", "aspirin"), "a medicine"),
        (body("fibres fires", "neuritis fibres fires"), "a condition"),
        (body("stomach", "liver"), "a condition"),
        # Links, sources, pictures
        (body("https://www.nih.gov/a", "https://www.nih.gov/b"), "a link"),
        (body("[this page](https://www.nih.gov/a)", "this page"), "a link"),
        (body("[this page]", "[another page]"), "a link"),
        (body("to.[^1] Walking", "to. Walking"), "a link or a source"),
        (body("calmer.", "calmer.[^1]"), "a link or a source"),
        (body("eye-10x10", "ear-10x10"), "a picture"),
        (body("tired eye", "bleeding eye"), "a condition"),
        (body("tired eye", "happy eye"), "only slips"),
        ({"sources": []}, "Sources"),
        ({"sources": [{"title": "Twitch", "publisher": "NIH", "url": "https://www.nih.gov/x"}]}, "Sources"),
        # Help parts and everything beside the text
        ({"help_soon": "your face is week."}, "See a doctor"),
        ({"help_emergency": "you faint."}, "emergency"),
        ({"lay_words": "flicker\nheart attack"}, "everyday words"),
        ({"byline": "somebody"}, "byline"),
        ({"topic_id": 2}, "topic"),
        ({"correction_box": "It was wrong."}, "correction box"),
        # Words that turn the meaning
        (body("should not worry", "should worry"), "turns the meaning"),
        (body("never on", "on"), "turns the meaning"),
        (body("never on", "ever on"), "turns the meaning"),
        (body("Stop if", "Start if"), "turns the meaning"),
        (body("Stop if", "Sop if"), "turns the meaning"),
        (body("Stop if it hurts.", "It hurts."), "turns the meaning"),
        (body("Stop if it", "Stop unless it"), "turns the meaning"),
        (body("You should", "You shouldn't"), "turns the meaning"),
        (body("You should", "You shouldn’t"), "turns the meaning"),
        (body("You should", "You may"), "meaning"),
        (body("calmer.", "calmer?"), "turns the meaning"),
        # The same words in another place
        (body("You should not worry; you can eat", "You should worry; you can not eat"), "turns the meaning"),
        (body("with food, never on an empty stomach", "on an empty stomach, never with food"), "touched"),
        (body("Take ibuprofen with food", "Take food with ibuprofen"), "touched"),
        # Signs that nobody sees, and letters that look like others
        (body("not worry", "n\u200bot worry"), "nobody sees"),
        (body("should worry".replace(" ", " not "), "should n\u043et worry"), "turns the meaning"),
        (body("A small", "A ~~small~~"), "A list, a table or a heading"),
        # New sentences, gone sentences, new words
        (body("calmer.", "calmer. All else is idle."), "touched"),
        (body("calmer.", "calmer. Sleep helps."), "came, went or moved"),
        (body(" Walking outdoors makes people feel calmer.", ""), "came, went or moved"),
        (body("feel calmer", "feel sicker"), "something else"),
        (body("outdoors", "indoors"), "something else"),
        (body("- Take 5 mg in the morning.\n- Read", "Take 5 mg in the morning.\n\n- Read"), "A list"),
        ({"title": "Why does my tongue flicker?"}, "touched"),
        ({"standfirst": "A flicker under the skin is always harmless."}, "only slips"),
    ],
    ids=str,
)
def test_what_says_something_else_is_no_form(topic_and_article, words, told):
    refusals = corrections.beyond_form(text(topic_and_article), text(topic_and_article, **words))
    assert refusals
    assert told in " ".join(refusals)


@pytest.mark.parametrize("pair", ["harmles harmless", "teh the", "recieve receive", "accomodation accommodation"])
def test_a_slip_is_a_letter_or_two(pair):
    assert corrections.is_slip(*pair.split())


@pytest.mark.parametrize("pair", ["typical atypical", "fit feet", "own now", "treated untreated", "harmful harmless"])
def test_another_word_is_no_slip(pair):
    assert not corrections.is_slip(*pair.split())


def test_every_listed_word_is_known_with_its_plural():
    for word in ("tablet", "tablets", "don't", "don’t", "NOT", "Mg", "mg", "µg", "bronchitis", "bisoprolol", "twenty"):
        (token,) = meaning.tokens(word)
        assert token.kind, word


CARRYING = st.sampled_from(
    "not no never only unless stop start 5 10 mg ml two half ibuprofen insulin asthma stroke heart child not ?".split()
)
PLAIN = st.sampled_from("the people garden music quietly reading about window gentle walking friends of in is".split())
SENTENCE = st.lists(PLAIN | CARRYING, min_size=1, max_size=8)
TEXTS = st.lists(SENTENCE, min_size=1, max_size=4)


def written(sentences: list[list[str]]) -> str:
    return " ".join(f"{' '.join(words).capitalize()}." for words in sentences)


def carried(said: str) -> list[str]:
    """What no correction may touch, found by the letters alone."""
    whole = re.findall(r"\w+|\?", said.casefold())
    return [word for word in whole if word in set(CARRYING.elements)]


@given(TEXTS, TEXTS)
@example([["not", "garden", "window"]], [["garden", "not", "window"]])
@example([["stop", "walking"], ["reading"]], [["walking"], ["stop", "reading"]])
def test_of_any_two_texts_that_differ_in_form_alone_the_words_that_matter_stand_the_same(old, new):
    article = Article(pk=1, slug="x", topic_id=1)
    before, after = text(article, body=written(old)), text(article, body=written(new))
    if carried(before.body) != carried(after.body):
        assert corrections.beyond_form(before, after)


@given(TEXTS, st.data())
def test_no_word_that_matters_moves_within_its_sentence(sentences, data):
    place = data.draw(st.integers(0, len(sentences) - 1))
    words = sentences[place]
    moved = data.draw(st.permutations(words))
    matters = set(CARRYING.elements)
    assume(any(one in matters for one in words))
    # Where words that matter and others change places, and not only the idle ones among themselves.
    idle = {"the", "of", "in", "is"}
    assume([one for one in words if one not in idle] != [one for one in moved if one not in idle])
    article = Article(pk=1, slug="x", topic_id=1)
    other = [*sentences[:place], list(moved), *sentences[place + 1 :]]
    before, after = text(article, body=written(sentences)), text(article, body=written(other))
    assume(before.body != after.body)
    assert corrections.beyond_form(before, after)


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_is_too_odd_to_compare(old, new):
    article = Article(pk=1, slug="x", topic_id=1)
    before, after = text(article, body=old), text(article, body=new)
    assert corrections.beyond_form(before, before) == []
    assert all(isinstance(one, str) for one in corrections.beyond_form(before, after))


# The step


@pytest.fixture
def slip(ed, rae) -> Article:
    """Readers have a text with a slip in it; the working copy puts it right."""
    article = make_article(
        ed, rae, "Why does my eyelid flicker?", body=SIGNED["body"].replace("![A tired eye](/media/eye-10x10.webp)", "")
    )
    article.body = article.body.replace("beeing", "being")
    actions.save(article=article, editor=ed)
    return article


def test_a_correction_of_form_reaches_readers_without_a_signature(client, ed, slip):
    checked_on, next_review_on = slip.checked_on, slip.next_review_on
    for _ in range(2):
        actions.correct_form(article=slip, editor=ed)
    slip.refresh_from_db()
    assert (slip.live.number, slip.live_sign_off.revision.number) == (2, 1)
    assert (slip.checked_on, slip.next_review_on) == (checked_on, next_review_on)
    assert Correction.objects.get().kind == "form"
    assert [step.kind for step in Step.objects.filter(revision=slip.live)] == ["form"]
    page = client.get(slip.get_absolute_url()).content.decode()
    assert "without being asked to" in page
    assert "Medically reviewed by rae" in page


def test_many_small_corrections_are_compared_with_the_text_that_was_signed(ed, slip):
    """Else a word could turn into another, a letter at a time."""
    slip.body = slip.body.replace("outdoors", "outdors")
    actions.save(article=slip, editor=ed)
    actions.correct_form(article=slip, editor=ed)
    slip.body = slip.body.replace("outdors", "outdor")
    actions.save(article=slip, editor=ed)
    with pytest.raises(NotReady, match="only slips"):
        actions.correct_form(article=slip, editor=ed)


def test_nothing_that_was_never_signed_is_corrected(ed):
    with pytest.raises(NotReady, match="Only a text that readers have"):
        actions.correct_form(article=make_draft(ed), editor=ed)


def test_what_says_something_else_does_not_reach_readers(ed, slip):
    slip.body = slip.body.replace("5 mg", "50 mg")
    actions.save(article=slip, editor=ed)
    with pytest.raises(NotReady, match="a number"):
        actions.correct_form(article=slip, editor=ed)
    slip.refresh_from_db()
    assert slip.live.number == 1


def test_words_of_says_every_column_that_is_compared(article):
    assert set(words_of(article)) | {"sources"} == set(corrections._names())
