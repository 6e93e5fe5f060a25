from hypothesis import given
from hypothesis import strategies as st

from search.sentences import LONGEST, best, parts, quotes, shorten


def test_the_sentence_with_the_rarest_words_is_best():
    text = "It hurts a lot. My stomach twitches. My eyelid twitches too. Stomach and eyelid."
    found = quotes(text, {"stomach": 1, "eyelid": 5, "twitch": 9}, answers=True)
    assert best(found).text == "My eyelid twitches too."


def test_the_earlier_of_equals_is_best():
    assert best(quotes("One fine day. Another fine day.", {}, answers=True)).text == "One fine day."


def test_neither_a_single_word_nor_the_beginning_of_a_list_is_a_sentence():
    found = quotes("Yes. Common causes are these:\nToo much caffeine.", {}, answers=True)
    assert [quote.text for quote in found] == ["Too much caffeine."]


def test_a_sentence_that_may_not_stand_alone_gives_way_to_another():
    found = quotes("Stop taking magnesium. Magnesium is a mineral.", {"magnesium": 9}, answers=True)
    assert best(found).text == "Magnesium is a mineral."


def test_a_long_sentence_is_cut_around_what_was_looked_for():
    sentence = "word " * 200 + "fasciculation " + "word " * 200
    cut = shorten(sentence, {"fasciculation"})
    assert "fasciculation" in cut
    assert len(cut) <= LONGEST + 4
    assert cut.startswith("… ") and cut.endswith(" …")


def test_what_was_looked_for_is_marked():
    assert [part.text for part in parts("A twitch, two twitches.", {"twitch"}) if part.marked] == ["twitch", "twitches"]


@given(st.text(max_size=200), st.text(max_size=50))
def test_parts_joined_again_are_the_sentence(sentence, word):
    assert "".join(part.text for part in parts(sentence, {word, "twitch"})) == sentence


@given(st.text(min_size=LONGEST, max_size=LONGEST * 4))
def test_any_long_sentence_is_cut(sentence):
    assert len(shorten(sentence, set())) <= LONGEST + 4
