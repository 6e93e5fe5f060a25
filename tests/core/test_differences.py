"""What changed between two texts."""

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


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_texts_can_be_read_back_from_the_pieces(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != GONE) == new
    assert "".join(piece.text for piece in pieces if piece.kind != NEW) == old


def test_long_texts_are_compared_by_lines():
    old = "\n".join(f"line {number} of a long text" for number in range(2000))
    pieces = compare(old, old.replace("line 7 of", "line seven of"))
    assert [piece.text for piece in pieces if piece.kind == GONE] == ["line 7 of a long text\n"]
