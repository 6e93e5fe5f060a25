"""What changed between two texts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from core.differences import GONE, NEW, SAME, Piece, compare


def test_a_changed_word_is_shown_as_gone_and_new():
    assert compare("it hurts at night", "it aches at night") == [
        Piece(SAME, "it "),
        Piece(GONE, "hurts"),
        Piece(NEW, "aches"),
        Piece(SAME, " at night"),
    ]


def test_words_that_changed_beside_each_other_are_shown_together():
    assert compare("Dr Miller says so", "[…] says so") == [
        Piece(GONE, "Dr Miller"),
        Piece(NEW, "[…]"),
        Piece(SAME, " says so"),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_back_from_the_pieces(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == new
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == old


def test_a_word_is_found_in_a_long_text():
    old = "\n".join(f"line {number} of a long text" for number in range(2000))
    pieces = compare(old, old.replace("line 7 of", "line seven of"))
    assert [piece.text for piece in pieces if piece.kind != SAME] == ["7", "seven"]


def test_texts_that_differ_a_lot_are_compared_by_lines_or_not_at_all():
    old = "".join(f"line {number} of a long text\n" for number in range(2000))
    by_lines = compare(old, re.sub(r"line (15\d\d) of a long text", r"row \1, now quite another one", old))
    assert [piece.kind for piece in by_lines] == [SAME, GONE, NEW, SAME]
    new = "".join(f"{number} lines\n" for number in range(2000))
    assert compare(old, new) == [Piece(GONE, old), Piece(NEW, new)]
