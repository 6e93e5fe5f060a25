"""What somebody typed into the search box: words, “whole phrases”, and -words to leave out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search import words

MOST_PHRASES = 5
_PHRASE = re.compile(r'["“”„«»]([^"“”„«»\n]+)["“”„«»]')
# A dash before a word and behind a space: neither a follow-up nor a dash – such as this one – nor minus 5.
_WITHOUT = re.compile(r"(?<!\S)[-−]([^\W\d_][\w'’-]*)")
_APOSTROPHE = re.compile("['’‘ʼ]")


@dataclass(frozen=True)
class Typed:
    """`text` is what is left to look for; of `phrases` the signs between the words do not count; `without` are stems.

    A quotation mark without a second one means nothing.
    """

    text: str
    phrases: tuple[re.Pattern[str], ...] = ()
    required: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    @property
    def is_plain(self) -> bool:
        return not (self.phrases or self.without)

    def has_phrases(self, texts: Iterable[str]) -> bool:
        """Whether each phrase stands in one of `texts`."""
        texts = list(texts)
        return all(any(phrase.search(text) for text in texts) for phrase in self.phrases)


def read(text: str) -> Typed:
    # What is left out of a phrase is not left out of the search: the dashes in it are the writer's own.
    pieces = _PHRASE.split(text)
    outside = [_WITHOUT.sub(" ", piece) for piece in pieces[::2]]
    without = [word for piece in pieces[::2] for word in _WITHOUT.findall(piece)]
    inside = pieces[1::2]
    asked = list(outside)
    for place, phrase in enumerate(inside):
        asked.insert(2 * place + 1, phrase)
    quoted = [phrase for phrase in inside if words.stems(phrase)][:MOST_PHRASES]
    return Typed(
        text=" ".join(" ".join(asked).split()),
        phrases=tuple(_pattern(phrase) for phrase in quoted),
        required=frozenset(words.stems(" ".join(quoted))),
        without=frozenset(words.stems(" ".join(without))),
    )


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (_APOSTROPHE.sub("['’‘ʼ]", re.escape(word)) for word in words.written(phrase))
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(parts) + r"(?!\w)", re.IGNORECASE)
