import pytest

from search.rules import is_quotable


@pytest.mark.parametrize(
    "sentence",
    [
        "I take 400 mg of magnesium.",
        "0.5ml was enough for her.",
        "She was given 20µg.",
        "Two tablets before bed did it.",
        "Half a pill is enough.",
        "I had three of the small blue capsules.",
        "Just double the dose.",
        "The usual dosage is on the box.",
        "I took it twice and slept well.",
        "Stop taking it.",
        "I stopped my tablets and felt better.",
        "He stopped taking the steroids.",
        "I came off it over a month.",
        "I went cold turkey.",
        "You are not meant to skip your insulin, but I do.",
        "There is no need to see a doctor.",
        "You don’t need a doctor for that.",
        "I never went to the hospital.",
        "Don't bother your GP with this.",
        "It got better without seeing a doctor.",
        "You needn't call an ambulance.",
        "Seeing a doctor is a waste of time.",
        "Ignore it.",
        "I have been ignoring mine for years.",
        "Nothing to worry about.",
        "A flutter like that is nearly always harmless.",
    ],
)
def test_a_sentence_that_could_do_harm_alone_is_not_quoted(sentence):
    assert not is_quotable(sentence)
    assert not is_quotable(sentence.upper())


@pytest.mark.parametrize(
    "sentence",
    [
        "Dehydration and lost salts, after heat, exercise or a stomach upset.",
        "After vomiting you lose potassium and magnesium as well as water.",
        "See a doctor in the next day or two if your arm goes weak.",
        "If it does not stop by itself, see a doctor.",
        "Mine lasted for 2 weeks and then went away.",
        "Caffeine is a common reason.",
    ],
)
def test_a_harmless_sentence_is_quoted(sentence):
    assert is_quotable(sentence)
