"""Quotation marks and dashes in a search."""

import pytest

from search import query, typed
from tests.search.test_search import titles


@pytest.fixture
def shelf(library):
    library.question("Coming off steroids", object_id=1, body="It was slow, and my skin itched.")
    library.question("Steroids: off and on again, coming and going", object_id=2)
    library.question("Steroids for asthma", object_id=3, answer="Don’t stop. Coming  OFF – steroids takes weeks.")
    return library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"coming off steroids"', [1, 3]),
        ("“coming off” steroids", [1, 3]),
        ('asthma "coming off steroids" "don\'t stop"', [3]),
        ('"steroids coming"', []),
        ("steroids -asthma", [1, 2]),
        ("steroids -asthma -itching", [2]),
        ('"coming off" -itched', [3]),
        ("steroids - asthma", [1, 2, 3]),
        ('"steroids', [1, 2, 3]),
        ("steroids-asthma", [1, 2, 3]),
        ("steroids -5", [1, 2, 3]),
    ],
)
def test_phrases_are_there_and_what_follows_a_dash_is_not(shelf, guest, text, found):
    assert sorted(hit.object_id for hit in query.search(text, user=guest).hits) == found


@pytest.mark.parametrize("text", ["-steroids", '""', '"the of"', "- -", '"', '-"', '" "'])
def test_what_leaves_nothing_to_look_for_is_said_to(shelf, guest, text):
    results = query.search(text, user=guest)
    assert (results.hits, results.has_words) == ([], False)


def test_a_phrase_that_only_members_may_read_is_found_by_no_guest(shelf, guest, ana):
    shelf.question("A secret word for word", object_id=9, audience="members")
    assert query.search('"word for word"', user=guest).hits == []
    assert titles(query.search('"word for word"', user=ana).hits) == ["A secret word for word"]


def test_phrases_cost_no_more_statements_and_a_word_left_out_one(shelf, guest, django_assert_num_queries):
    query.search("the synonyms are known from now on", user=guest)
    with django_assert_num_queries(6):
        query.search("coming off steroids", user=guest)
    with django_assert_num_queries(6):
        query.search('"coming off" steroids', user=guest)
    with django_assert_num_queries(7):
        query.search('"coming off" steroids -asthma', user=guest)


def test_however_many_marks_there_are_the_work_has_a_bound():
    read = typed.read('"a b" ' * 300 + "-word " * 300)
    assert len(read.phrases) <= typed.MOST_PHRASES
