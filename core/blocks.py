"""The HTML of a text, a block at a time: what a reader takes for one paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

VOID = ("br", "hr", "img")


class _Splitter(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.depth, self.start = html, 0, 0
        self.cuts: list[int] = []
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.cuts.append(self._here())
        self.depth += tag not in VOID

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column


class _Words(HTMLParser):
    """What is said, with the words for pictures, and a space between blocks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.said += f" {dict(attrs).get('alt') or ''} " if tag == "img" else self._space(tag)

    def handle_endtag(self, tag: str) -> None:
        self.said += self._space(tag)

    def handle_data(self, data: str) -> None:
        self.said += data

    def _space(self, tag: str) -> str:
        return "" if tag in ("a", "strong", "em", "s", "sup", "code") else " "


def blocks(html: str) -> Iterator[str]:
    """The outermost elements of HTML that core.markdown made, one after the other."""
    cuts = _Splitter(html).cuts
    for start, end in pairwise([*cuts, len(html)]):
        yield html[start:end].strip()


def words(html: str) -> str:
    """What a block says, on one line."""
    return " ".join(_Words(html).said.split())
