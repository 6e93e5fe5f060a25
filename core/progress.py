"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sized
from typing import TextIO, TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")
WIDTH = 30
ON_A_TERMINAL, ELSEWHERE = 0.2, 15.0  # seconds between two that are written


class Progress:
    """Writes to `out`, such as the standard error of a command."""

    def __init__(self, out: TextIO | OutputWrapper, label: str = "") -> None:
        self.out = out
        self.label = label

    def over(self, items: Iterable[T], *, total: int | None = None, label: str = "") -> Iterator[T]:
        """The same items. `total` is how many there will be, where `items` cannot tell."""
        total = len(items) if total is None and isinstance(items, Sized) else total
        began = said = time.monotonic()
        every = ON_A_TERMINAL if self.out.isatty() else ELSEWHERE
        done = 0
        for item in items:
            yield item
            done += 1
            now = time.monotonic()
            if now - said >= every:
                said = now
                self._say(label or self.label, done, total, now - began)
        if said != began:
            self._say(label or self.label, done, total, time.monotonic() - began, end="\n")

    def say(self, sentence: str) -> None:
        self.out.write(f"{sentence}\n")
        self.out.flush()

    def _say(self, label: str, done: int, total: int | None, seconds: float, end: str = "") -> None:
        if total:
            filled = WIDTH * done // total
            left = seconds * (total - done) / done if done else 0
            text = f"{label:<32} [{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {total:,}, {left:,.0f} s left"
        else:
            text = f"{label:<32} {done:,}"
        self.out.write(f"\r{text:<110}{end}" if self.out.isatty() else f"{text}\n")
        self.out.flush()
