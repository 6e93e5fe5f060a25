"""
The language of the rules of distress: phrases that anybody can read, made into patterns that cannot run away.

    kill* myself            a word, and every word that begins so
    (pills | tablets)       one of them; each may have several words
    [really] want           a word that may be missing
    take ~3 life            up to three words between
    @relative               a list of words that was given a name
    10+ tablets             a number of at least ten
    pills & lined up        both in one sentence, in any order
    chest pain + right now  the second in this sentence, the one before or the one after
    overdose ! on purpose   not if the second is in the sentence
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from moderation.reading import ANY_NUMBER, Sentence, plain_words

LONGEST = 3000
# What a phrase may cost: words between, all in all, and how many such places.
WIDEST_GAP = 6
MOST_GAPS = 3
# On their own these say nothing: a phrase is looked for by its other words, and cannot be one of them.
COMMON = frozenset(
    "a about all am an and any are as at be been but by can do for from get go going had has have he her him his how i "
    "if in is it just me my no not now of on one or she so that the their them they this to up us was we what when "
    "will with would you your".split()
)
TOO_COMMON = 1000

_TOKENS = re.compile(r"\s*(?:(\d+\+)|(~\d)|(@[a-z_]+)|([^\W_]+(?:'[^\W_]+)*\*?)|([()\[\]|&+!])|(\S))")
_WORD = r"[^ ]+ "


class Refused(ValueError):
    """A phrase that cannot be a rule; says why to whoever wrote it."""


@dataclass(frozen=True)
class Node:
    """A piece of a phrase: its pattern, the fewest words it takes, how many gaps it has, and words (with * the
    beginnings of words) of which at least one is in every text that fits."""

    pattern: str
    words: int
    gaps: int = 0
    anchors: frozenset[str] = frozenset()
    # Whether it may be a single word that is in almost every text.
    is_common: bool = False

    @property
    def rarity(self) -> int:
        return len(self.anchors) + TOO_COMMON * len(self.anchors & COMMON) if self.anchors else TOO_COMMON**2


@dataclass(frozen=True)
class Part:
    """What is looked for in one sentence."""

    source: str
    node: Node

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![^ ])(?:{self.node.pattern})")

    def found_in(self, sentence: Sentence) -> bool:
        if self.node.anchors and self.node.anchors.isdisjoint(sentence.keys):
            return False
        return self.regex.search(sentence.text) is not None


@dataclass(frozen=True)
class Phrase:
    """Parts that belong together: what is found, what must be in the same sentence, near it, and not in it."""

    source: str
    first: Part
    beside: Sequence[Part] = ()
    near: Sequence[Part] = ()
    unless: Sequence[Part] = ()


@dataclass
class Language:
    """Reads phrases with the lists named so far. `words` says in which plain words others are read."""

    words: dict[str, str] = field(default_factory=dict)
    lists: dict[str, Node] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)

    def read_as(self, word: str, plain: str) -> None:
        """From now on `word` is read as `plain`, which may be words that are themselves read as others."""
        self.words[word.strip()] = " ".join(self.words.get(part, part) for part in plain.split())

    def name_list(self, name: str, source: str) -> None:
        self.lists[name] = _Reader(source, self).whole_part()

    def part(self, source: str) -> Part:
        if source not in self.parts:
            self.parts[source] = Part(source, _Reader(source, self).whole_part())
        return self.parts[source]

    def phrase(self, source: str, *, is_enough: bool = True) -> Phrase:
        """Raises Refused with a sentence for whoever wrote it. What `is_enough` alone must say something."""
        source = " ".join(source.split())
        if len(source) > LONGEST:
            raise Refused(_("It is too long: %d letters are the most.") % LONGEST)
        pieces = [piece.strip() for piece in re.split(r"(?<!\S)([&+!])(?!\S)", source)]
        by_sign: dict[str, list[Part]] = {"&": [], "+": [], "!": []}
        first = self.part(pieces[0])
        for sign, piece in zip(pieces[1::2], pieces[2::2], strict=True):
            by_sign[sign].append(self.part(piece))
        if is_enough and first.node.is_common and not by_sign["&"]:
            raise Refused(_("It is only a word that is in almost every text: add to it."))
        return Phrase(source, first, by_sign["&"], by_sign["+"], by_sign["!"])


class _Reader:
    """Reads one part of a phrase, from left to right."""

    def __init__(self, source: str, language: Language) -> None:
        self.source, self.language = source, language
        self.tokens = [found.groups() for found in _TOKENS.finditer(source)]
        self.at = 0

    def whole_part(self) -> Node:
        node = self.alternatives()
        if self.at < len(self.tokens):
            raise Refused(_("“%s” stands where nothing opened it.") % self.sign())
        if not node.words:
            raise Refused(_("It would fit every text: at least one word is needed that may not be missing."))
        if node.gaps > MOST_GAPS:
            raise Refused(_("There are too many places for other words (~): %d are the most.") % MOST_GAPS)
        return node

    def sign(self) -> str:
        return self.tokens[self.at][4] or "" if self.at < len(self.tokens) else ""

    def alternatives(self) -> Node:
        branches = [self.sequence()]
        while self.sign() == "|":
            self.at += 1
            branches.append(self.sequence())
        if len(branches) == 1:
            return branches[0]
        return Node(
            pattern="(?:" + "|".join(branch.pattern for branch in branches) + ")",
            words=min(branch.words for branch in branches),
            gaps=max(branch.gaps for branch in branches),
            anchors=frozenset().union(*(branch.anchors for branch in branches))
            if all(branch.anchors for branch in branches)
            else frozenset(),
            is_common=any(branch.is_common for branch in branches),
        )

    def sequence(self) -> Node:
        items: list[Node] = []
        while self.at < len(self.tokens) and self.sign() not in (")", "]", "|"):
            items += self.items()
        if not items:
            raise Refused(_("A place is empty where a word is expected."))
        anchored = [item for item in items if item.words]
        return Node(
            pattern="".join(item.pattern for item in items),
            words=sum(item.words for item in items),
            gaps=sum(item.gaps for item in items),
            anchors=min(anchored, key=lambda item: item.rarity).anchors if anchored else frozenset(),
            is_common=len(anchored) == 1 and anchored[0].is_common,
        )

    def items(self) -> list[Node]:
        number, gap, name, word, sign, unknown = self.tokens[self.at]
        self.at += 1
        if number:
            return [Node(_at_least(int(number[:-1])), 1, anchors=frozenset({ANY_NUMBER}))]
        if gap:
            return [self.gap(int(gap[1:]))]
        if name:
            if name[1:] not in self.language.lists:
                raise Refused(_("There is no list called “%s”.") % name)
            return [self.language.lists[name[1:]]]
        if word:
            return self.word(word)
        if sign == "(":
            return [self.enclosed(")")]
        if sign == "[":
            node = self.enclosed("]")
            return [Node(f"(?:{node.pattern})?", 0, node.gaps)]
        raise Refused(_("“%s” has no meaning there.") % (sign or unknown))

    def enclosed(self, closing: str) -> Node:
        node = self.alternatives()
        if self.sign() != closing:
            raise Refused(_("A bracket is opened and not closed: “%s” is missing.") % closing)
        self.at += 1
        return node

    def gap(self, widest: int) -> Node:
        if not 1 <= widest <= WIDEST_GAP:
            raise Refused(_("Between words there may be ~1 to ~%d others.") % WIDEST_GAP)
        return Node(f"(?:{_WORD}){{0,{widest}}}", 0, gaps=1)

    def word(self, written: str) -> list[Node]:
        if written.endswith("*"):
            beginning = "".join(plain_words(written[:-1]))
            if len(beginning) < 3:
                raise Refused(_("“%s” is the beginning of too many words: three letters are the least.") % written)
            return [Node(re.escape(beginning) + "[^ ]* ", 1, anchors=frozenset({beginning + "*"}))]
        plain = [spelt for word in plain_words(written) for spelt in self.language.words.get(word, word).split()]
        return [Node(re.escape(word) + " ", 1, anchors=frozenset({word}), is_common=word in COMMON) for word in plain]


def _at_least(number: int) -> str:
    """A pattern of whole numbers from `number`, up to four digits."""
    if not 1 <= number <= 98:
        raise Refused(_("A number in a phrase is 1+ to 98+."))
    if number < 10:
        return rf"(?:[{number}-9]|[1-9]\d{{1,3}}) "
    tens, ones = divmod(number, 10)
    more = rf"[{tens + 1}-9]\d|" if tens < 9 else ""
    return rf"(?:{tens}[{ones}-9]|{more}[1-9]\d{{2,3}}) "


class Finder:
    """Which parts a sentence may hold, by the words it has: the others need not be looked for."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._by_key: dict[str, list[int]] = {}
        for number, part in enumerate(parts):
            for key in part.node.anchors:
                self._by_key.setdefault(key, []).append(number)

    def numbers(self, sentence: Sentence) -> list[int]:
        """The numbers of the parts that may be found there, in order."""
        keys = sentence.keys & self._by_key.keys()
        return sorted({number for key in keys for number in self._by_key[key]})
