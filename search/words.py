"""How a text becomes the words that are looked up: folded, without stop words, cut to their stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from search.models import WORD_LENGTH

# Letters and digits, with apostrophes inside.
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ][^\W_]+)*")
_APOSTROPHE = re.compile("['’‘ʼ](?:s|ll|ve|re|m|d)?$|['’‘ʼ]")
_ACCENT = re.compile("[\u0300-\u036f]")

# What nobody looks for. Negations too: they turn a meaning, and search is for a subject.
_STOP = frozenset(
    """
    a about after again all also am an and any anybody anyone anything are arent around as ask at away be because been
    before being both but by can cannot cant could couldnt did didnt do does doesnt doing done dont down else even ever
    every everybody everyone few for from get gets getting go going got had hadnt has hasnt have havent having he hello
    her here hers hi him his how i id if im in into is isnt it its ive just keep keeps kept know let lets like
    likely lot lots made make makes many may maybe me might more most much must my myself need no nobody none nor not
    nothing now of off often ok okay on once one only or other our out over own perhaps please quite rather really same
    say seem seems shall she should shouldnt since so some somebody someone something sometimes still such than thank
    thanks that thats the their theirs them then there theres these they thing things think this those though through to
    too under until up upon us very via want was wasnt way we well were werent what whats when where which while who
    whom whose why will with within without wont would wouldnt yes yet you your yours
    """.split()
)


@dataclass(frozen=True)
class Word:
    """A word of a text where it stands: text[start:end] reduced to `stem`."""

    stem: str
    start: int
    end: int


def read(text: str) -> Iterator[Word]:
    """The words of `text` that count, in order."""
    for found in _WORD.finditer(text):
        stem = _stem_of(found[0])
        if stem:
            yield Word(stem, found.start(), found.end())


def written(text: str) -> list[str]:
    """Every word of `text` as it stands there, those that do not count too."""
    return _WORD.findall(text)


def stems(text: str) -> list[str]:
    return [word.stem for word in read(text)]


@lru_cache(maxsize=50_000)
def _stem_of(written: str) -> str:
    """The stem of a word as it was written; empty for a stop word."""
    word = _APOSTROPHE.sub("", written.casefold())
    word = unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFKD", word)))
    return "" if word in _STOP else stem(word)[:WORD_LENGTH]


def stem(word: str) -> str:
    """`word` without its English ending. Light: what it joins means the same, and not all that does is joined."""
    if not word.isascii() or not word.isalpha():
        return word
    for cut in (_singular, _without_ness, _without_ing):
        word = cut(word)
    if len(word) > 3 and word[-1] == "e":
        return word[:-1]
    if len(word) > 3 and word[-1] == "y" and word[-2] not in "aeiou":
        return word[:-1] if word.endswith("chy") else word[:-1] + "i"
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or word[-1] != "s" or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "ches", "shes", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _without_ness(word: str) -> str:
    root = word.removesuffix("ness")
    if root == word or len(root) < 3:
        return word
    return root[:-1] + "y" if root[-1] == "i" else root


def _without_ing(word: str) -> str:
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and root[-1] != "e" and re.search("[aeiouy]", root):
            if root[-1] == root[-2] and root[-1] not in "aeioulsz":
                return root[:-1]
            return root[:-1] + "y" if ending == "ed" and root[-1] == "i" else root
    return word


def is_weak(stem: str) -> bool:
    """Whether everybody writes this word about everything: it ranks, but alone it tells of no subject."""
    return stem.isdigit() or stem in _WEAK


def is_place(stem: str) -> bool:
    """Whether it names a part of the body: alone it says where, and not what."""
    return stem in _PLACES


_WEAK = frozenset(
    stems(
        """
        day night morning evening afternoon week weekend month year hour minute second today tonight yesterday tomorrow
        daytime time always never daily nightly weekly first last next old new long short little big small bit kind type
        sort usual usually help advice opinion question answer problem issue cause reason treatment treat cure cured
        experience symptom condition doctor doc gp hospital medical health body feel feeling felt pain painful hurt ache
        bad badly worse worst better good normal normally weird strange severe severely chronic slight slightly
        start begin began stop come came take taking took try tried tell told find found use notice want need change
        went gave given happen suffer lose lost move moving work think thought person people man woman boy girl age
        mother father mum dad son daughter wife husband brother sister child friend worry worried scared wrong side left
        right upper lower part area recent recently sudden suddenly constant constantly whole half full hard
        syndrome disease disorder dear fine twice two three four five six seven eight nine ten twenty several
        """
    )
)
_PLACES = frozenset(
    stems(
        """
        abdomen abdominal ankle arm back belly bone bowel brain breast calf cheek chest chin ear elbow eye eyelid face
        feet finger foot forehead groin gum hand head heart heel hip jaw joint kidney knee leg limb lip liver lung mouth
        muscle neck nose palm rib scalp shin shoulder skin spine stomach temple thigh throat thumb toe tongue tooth
        teeth torso trunk tummy waist wrist
        """
    )
)
