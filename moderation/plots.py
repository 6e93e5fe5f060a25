"""Plots as the server draws them: bars, day by day. They are read as a table too, and hold no words.

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
    """`rows`: day and value, which is None where there is none."""

    rows: Sequence[tuple[date, int | None]]
    bars: Sequence[Rectangle] = ()
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


def bars(values: Mapping[date, int | None]) -> Plot:
    """A bar for each day that has a value; the highest is as high as the plot."""
    most = max((value for value in values.values() if value is not None), default=0) or 1
    room = WIDTH / (len(values) or 1)
    drawn = [
        Rectangle(
            x=round((number + GAP / 2) * room, 2),
            y=round(HEIGHT - HEIGHT * value / most, 2),
            width=round(room * (1 - GAP), 2),
            height=round(HEIGHT * value / most, 2),
        )
        for number, value in enumerate(values.values())
        if value is not None
    ]
    return Plot(rows=list(values.items()), bars=drawn)
