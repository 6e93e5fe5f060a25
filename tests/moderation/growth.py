"""Whether looking at a text takes time in proportion to its length, whatever the machine."""

import time
from collections.abc import Callable

SHORT, LONG = 5_000, 20_000
# What takes less is noise.
NOTICED = 0.03


def seconds(look: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    look(text)
    return time.process_time() - began


def is_even(look: Callable[[str], object], piece: str) -> bool:
    """Whether four times the text takes about four times as long. If it took the square, it would be sixteen."""
    short, long = ((piece * length)[:length] for length in (SHORT, LONG))
    took = min(seconds(look, long) for _ in range(2))
    return took < NOTICED or took < 10 * min(seconds(look, short) for _ in range(3))
