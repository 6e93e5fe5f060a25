"""How a text is read by the rules of distress: in sentences of plain words, each knowing where it stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

# A sentence without an end is read in pieces that overlap, so that every rule looks at a bounded number of words.
AT_MOST = 60
OVERLAP = 12
# A word without an end is no word.
LONGEST = 30
BLOT = "_"
ANY_NUMBER = "#"
# Where a negation ends. After "think" or "say" it goes on: "I do not think he is in danger".
NEW_CLAUSE = frozenset("and if but because so cos then yet though although however except".split())
TURNS = frozenset({"i", "but", "if"})
SUBJECTS = frozenset("i he she they we".split())
SAYING = frozenset("think say said saying mean believe that like thought feel".split())

_PIECES = re.compile(
    r"""
    (?P<number> \d+ (?: [.,]\d+ )+ (?![^\W_]) )
    | (?P<letters> (?<![^\W_]) (?: [^\W\d_]\. ){2,10} (?: [^\W\d_] (?![^\W_]) )? )
    | (?P<word> [^\W_]+ (?: ['’`*@$!&]+ [^\W_]+ )* )
    | (?P<end> [.!?…;\n] )
    | (?P<pause> [,:()"“”–—] )
    """,
    re.VERBOSE,
)
_LETTERS_FOR_SIGNS = str.maketrans("01345@$!", "oieasasi")
_DISGUISED = re.compile(r"[^\W\d_]+[01345@$!]+[^\W\d_]+")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_BEFORE_S = {"he", "she", "it", "that", "there", "what", "who", "where", "how", "let"}
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would"}


@dataclass(frozen=True)
class Sentence:
    """Plain words, where each stood in the text, and at which of them a clause begins."""

    words: Sequence[str]
    places: Sequence[tuple[int, int]]
    clauses: Sequence[int]

    @cached_property
    def text(self) -> str:
        """The words, with one space behind each."""
        return "".join(f"{word} " for word in self.words)

    @cached_property
    def keys(self) -> frozenset[str]:
        """By what its words are looked for: see `keys_of`."""
        return frozenset().union(*map(keys_of, self.words))

    @cached_property
    def starts(self) -> list[int]:
        """Where in `text` each word begins."""
        starts, at = [], 0
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def index(self, offset: int) -> int:
        """Which word is at this place of `text`."""
        return bisect_right(self.starts, offset) - 1

    def before(self, offset: int) -> str:
        return self.text[:offset]

    def clause_before(self, offset: int, at_most: int) -> str:
        """The words of the same clause that stand before a place of `text`."""
        index = self.index(offset)
        begins = max((clause for clause in self.clauses if clause <= index), default=0)
        return self.text[self.starts[max(begins, index - at_most)] : offset]

    def without(self, start: int, end: int) -> Sentence:
        """The same, with the words of a part of `text` blotted out."""
        first, last = self.index(start), self.index(end - 1)
        words = [BLOT if first <= index <= last else word for index, word in enumerate(self.words)]
        return Sentence(words, self.places, self.clauses)

    def parts(self) -> Iterator[Sentence]:
        """Itself, cut where somebody begins to speak of themselves, or of something else."""
        turns = (number for number, word in enumerate(self.words) if number and word in TURNS)
        cuts = [0, *(number for number in turns if self.words[number - 1] not in ("as", "even"))]
        for start, end in zip(cuts, [*cuts[1:], len(self.words)], strict=True):
            clauses = [0, *(clause - start for clause in self.clauses if start < clause < end)]
            yield Sentence(self.words[start:end], self.places[start:end], clauses)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where in what was read a part of `text` stood."""
        return self.places[self.index(start)][0], self.places[self.index(end - 1)][1]


def sentences(text: str, plain: Callable[[str], Sequence[str]]) -> Iterator[Sentence]:
    """Read a text; `plain` gives for a word those in which it is read, such as "want to" for "wanna"."""
    read: list[str] = []
    places: list[tuple[int, int]] = []
    clauses = [0]
    for piece in _PIECES.finditer(text):
        if piece["end"]:
            yield from _cut(read, places, clauses)
            read, places, clauses = [], [], [0]
        elif piece["pause"]:
            clauses.append(len(read))
        else:
            for word in plain_words(piece[0]) if piece["number"] is None else [_whole(piece[0])]:
                for read_as in plain(word):
                    if read_as in NEW_CLAUSE or (read_as in SUBJECTS and not (read and read[-1] in SAYING)):
                        clauses.append(len(read))
                    read.append(read_as)
                    places.append(piece.span())
    yield from _cut(read, places, clauses)


def _cut(words: list[str], places: list[tuple[int, int]], clauses: list[int]) -> Iterator[Sentence]:
    for start in range(0, max(len(words) - OVERLAP, 1), AT_MOST - OVERLAP):
        end = start + AT_MOST
        if words[start:end]:
            inner = [0, *(clause - start for clause in clauses if start < clause < end)]
            yield Sentence(words[start:end], places[start:end], inner)


@lru_cache(maxsize=20_000)
def keys_of(word: str) -> frozenset[str]:
    """By what a word is looked for: itself, its beginnings ("kil*"), and # for a number."""
    beginnings = {f"{word[:length]}*" for length in range(3, len(word) + 1)}
    return frozenset({word, ANY_NUMBER if word[:1].isdigit() else word} | beginnings)


@lru_cache(maxsize=20_000)
def plain_words(written: str) -> Sequence[str]:
    """One written word in plain ones: lower case, without accents, contractions opened, disguises taken off."""
    word = unicodedata.normalize("NFKD", written[:LONGEST].lower().replace("’", "'").replace("`", "'"))
    word = "".join(letter for letter in word if not unicodedata.combining(letter)).rstrip("!")
    if "." in word:
        return [word.replace(".", "")]
    if "'" in word:
        return _opened(word)
    if _DISGUISED.fullmatch(word):
        word = word.translate(_LETTERS_FOR_SIGNS)
    return [_DRAWN_OUT.sub(r"\1", word)]


def _opened(word: str) -> Sequence[str]:
    stem, _quote, ending = word.rpartition("'")
    stem = stem.replace("'", "")
    if ending == "t" and stem.endswith("n"):
        return [stem + "t"]
    if ending == "s":
        return [stem, "is"] if stem in _BEFORE_S else [stem]
    return [stem, _ENDINGS[ending]] if ending in _ENDINGS else [stem + ending]


def _whole(number: str) -> str:
    """A number without what stands behind its point: "38.5" is read as 38, "1,000" as 1000."""
    return re.split(r"[.,]", re.sub(r",(?=\d{3}(?!\d))", "", number))[0]
