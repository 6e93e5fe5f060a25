"""Plots as the server draws them: bars and a line, day by day. They are read as a table too, and hold no words.

Units are those of the view box, `WIDTH` by `HEIGHT`; the origin is at the top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 300, 100
# Between two bars, as a share of the room of one.
GAP = 0.2


@dataclass(frozen=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    """`rows`: day and value, which is None where there is none. `lines`: each the points of one unbroken line."""

    rows: Sequence[tuple[date, int | None]]
    bars: Sequence[Rectangle] = ()
    lines: Sequence[str] = ()
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> int:
        return max((value for _day, value in self.rows if value is not None), default=0)

    @property
    def first(self) -> date:
        return self.rows[0][0]

    @property
    def last(self) -> date:
        return self.rows[-1][0]


def bars(values: Mapping[date, int]) -> Plot:
    """A bar a day; the highest is as high as the plot."""
    most, room = max(values.values(), default=0) or 1, WIDTH / (len(values) or 1)
    drawn = [
        Rectangle(
            x=round((number + GAP / 2) * room, 2),
            y=round(HEIGHT - HEIGHT * value / most, 2),
            width=round(room * (1 - GAP), 2),
            height=round(HEIGHT * value / most, 2),
        )
        for number, value in enumerate(values.values())
    ]
    return Plot(rows=list(values.items()), bars=drawn)


def line(values: Mapping[date, int | None]) -> Plot:
    """A line from day to day, broken where there is no value; a day between two such is a short stroke."""
    most = max((value for value in values.values() if value is not None), default=0) or 1
    room = WIDTH / (len(values) or 1)
    pieces: list[list[str]] = [[]]
    for number, value in enumerate(values.values()):
        if value is None:
            pieces.append([])
            continue
        middle, height = (number + 0.5) * room, round(HEIGHT - HEIGHT * value / most, 2)
        pieces[-1].append(f"{round(middle, 2)},{height}")
    return Plot(rows=list(values.items()), lines=[_stroke(piece, room) for piece in pieces if piece])


def _stroke(piece: list[str], room: float) -> str:
    if len(piece) > 1:
        return " ".join(piece)
    x, _comma, y = piece[0].partition(",")
    return f"{round(float(x) - room / 4, 2)},{y} {round(float(x) + room / 4, 2)},{y}"
