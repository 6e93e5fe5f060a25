"""What a word may have been meant as: only of words that whoever searches could find."""

import re
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search import index, query, spelling
from search.models import Entry, Posting, Spelling, SpellingPiece


@pytest.fixture
def shelf(library):
    for number in range(1, 12):
        library.question("Stomach twitching", object_id=number)
    library.article("Fasciculation explained", body="An electrolyte is a salt.", object_id=50)
    return library


def corrected(text: str, user) -> str:
    found = query.search(text, user=user).corrected
    return found.text if found else ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fasiculation", "fasciculation"),
        ("Stomahc twitchng?", "stomach twitching?"),
        ("what is an elektrolyte", "what is an electrolyte"),
        ("twithcing", "twitching"),
        ("stomach twitching", ""),
        ("zzzzzz", ""),
        ("explains", ""),
        ("twitch", ""),
        ("bitching", ""),
        ("my own doctor says that all this twitchng is nothing", ""),
        ("iq", ""),
    ],
)
def test_a_slip_is_put_right_with_a_word_of_the_index(shelf, guest, typed, meant):
    assert corrected(typed, guest) == meant


def test_what_was_put_right_is_told_from_the_rest(shelf, guest):
    parts = query.search("my twitchng stomach", user=guest).corrected.parts
    assert parts == (("my ", False), ("twitching", True), (" stomach", False))


def test_the_slip_of_somebody_who_asked_is_put_right_too(shelf, guest):
    shelf.question("Stomach twitchng", object_id=40)
    assert corrected("twitchng", guest) == "twitching"


def test_guests_are_told_no_word_that_only_members_may_read(shelf, guest, ana):
    shelf.question("Hyperhidrosis of a member", object_id=60, audience="members")
    assert corrected("hyperhydrosis", guest) == ""
    assert corrected("hyperhydrosis", ana) == "hyperhidrosis"


def test_a_word_is_forgotten_with_the_last_document_that_has_it(shelf, guest):
    document = shelf.question("Myokymia and stomach", object_id=70)
    assert corrected("myokimia", guest) == "myokymia"
    index.remove("question", document.object_id)
    assert corrected("myokimia", guest) == ""
    assert not Spelling.objects.filter(word="myokymia").exists()
    assert Spelling.objects.filter(word="stomach").exists()
    shelf.article("Eyelids explained", object_id=50)
    assert not Spelling.objects.filter(word__in=("fasciculation", "electrolyte")).exists()
    assert not SpellingPiece.objects.filter(piece="fas").exists()


def test_what_somebody_marks_as_meant_so_is_not_put_right(shelf, guest):
    assert corrected('"twitchng" stomach', guest) == corrected("twitchng -stomach", guest) == ""


def test_the_next_pages_say_nothing_of_it(shelf, guest):
    first = query.search("stomach twitchng", user=guest, size=3)
    assert first.corrected and first.next_cursor
    assert query.search("stomach twitchng", user=guest, size=3, after=first.next_cursor).corrected is None


def test_it_costs_one_statement_however_many_words(shelf, guest, django_assert_num_queries):
    lookup = query._look_up("twitchng stomahc fasiculation")
    with django_assert_num_queries(1):
        assert spelling.correct("twitchng stomahc fasiculation", lookup, is_member=False)


@pytest.mark.parametrize(
    ("one", "other", "away"), [("ab", "ab", 0), ("ab", "ba", 1), ("twitchng", "twitching", 1), ("", "abc", 3)]
)
def test_how_far_apart_words_are(one, other, away):
    assert spelling.distance(one, other) == spelling.distance(other, one) == away


def test_looking_for_a_slip_goes_along_indexes(library, guest):
    """However many words and documents there are: pieces by their letters, words by key, documents by word."""
    library.question("Fasciculation", object_id=1)
    known = Spelling.objects.bulk_create(
        Spelling(word=word, stem=word) for word in map("".join, product("abcdefg", repeat=4))
    )
    SpellingPiece.objects.bulk_create(
        SpellingPiece(spelling=one, piece=piece, length=len(one.word))
        for one in known
        for piece in spelling.pieces(one.word)
    )
    entry = Entry.objects.get()
    Posting.objects.bulk_create(Posting(entry=entry, word=one.word, weight=1) for one in known)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            # Among so few rows it would rather read all of them.
            for way in ("seqscan", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connection) as captured:
        assert corrected("fasiculation", guest) == "fasciculation"
    (statement,) = [one["sql"] for one in captured if "search_spellingpiece" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + statement)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert not re.search(r"Seq Scan|SCAN (?!of_one_piece|every_piece|best|alike|found)", plan), plan
