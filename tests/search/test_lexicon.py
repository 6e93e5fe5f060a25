"""The lay words that a site begins with."""

from importlib import import_module

import pytest

from search import synonyms, words
from search.models import Synonym

PAIRS = [tuple(line.split(" | ")) for line in import_module("search.migrations.0006_first_synonyms").PAIRS]


def test_every_pair_of_the_lexicon_says_something_that_search_does_not_know_by_itself():
    stems = [tuple(tuple(words.stems(side)) for side in pair) for pair in PAIRS]
    assert len({frozenset(pair) for pair in stems}) == len(PAIRS) > 250
    for pair, (said, called) in zip(PAIRS, stems, strict=True):
        assert said != called, pair
        for side in (said, called):
            assert 0 < len(side) <= synonyms.MOST_WORDS, pair
            assert not all(words.is_weak(stem) for stem in side), pair


@pytest.mark.django_db
def test_a_new_site_knows_common_lay_words():
    if not Synonym.objects.exists():
        pytest.skip("A test that commits has emptied the tables.")
    for said, called in (
        ("Had a heart attack last year", "myocardial infarction"),
        ("high blood pressure", "hypertension"),
        ("my leg is twitching", "fasciculation"),
    ):
        assert called in [other.wording for other in synonyms.known(words.stems(said))]
