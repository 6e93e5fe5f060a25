"""Two changes of one text go together where they touch different lines."""

import pytest

from core.merging import merge

BASE = "one\ntwo\nthree\nfour\nfive\n"


@pytest.mark.parametrize(
    ("mine", "theirs", "both"),
    [
        (BASE, BASE, BASE),
        (BASE, "theirs\n", "theirs\n"),
        ("mine\n", BASE, "mine\n"),
        ("same\n", "same\n", "same\n"),
        ("ONE\ntwo\nthree\nfour\nfive\n", "one\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n"),
        ("two\nthree\nfour\nfive\n", BASE + "six\n", "two\nthree\nfour\nfive\nsix\n"),
        ("ONE\ntwo\nthree\nfour\nfive\n", "ONE\ntwo\nthree\nfour\nFIVE\n", "ONE\ntwo\nthree\nfour\nFIVE\n"),
    ],
)
def test_what_is_in_different_lines_goes_together(mine, theirs, both):
    assert merge(BASE, mine, theirs) == merge(BASE, theirs, mine) == both


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("ONE\ntwo\nthree\nfour\nfive\n", "1\ntwo\nthree\nfour\nfive\n"),
        ("one\nTWO\nthree\nfour\nfive\n", "one\ntwo\nTHREE\nfour\nfive\n"),
        (BASE + "mine\n", BASE + "theirs\n"),
        ("two\nthree\nfour\nfive\n", "ONE\ntwo\nthree\nfour\nfive\n"),
    ],
)
def test_what_touches_is_left_to_a_person(mine, theirs):
    assert merge(BASE, mine, theirs) is None


def test_very_long_texts_are_left_to_a_person():
    long = "line\n" * 3_000
    assert merge(long, "mine\n" + long, long + "theirs\n") is None
