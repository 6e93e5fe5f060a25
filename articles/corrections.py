"""What a text may say differently without a new sign-off: its form alone, or, at once, less."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from articles import meaning
from articles.meaning import KINDS, Token
from articles.models import HELP_PARTS, Revision, Text

# From which whole sentences, points and lines may be taken out at once.
DELETABLE = ("standfirst", "key_points", "body", *HELP_PARTS)
# Whose words a correction of form may put right, by where readers find them; of every other column nothing changes.
_WORDED = {"title": "title", "standfirst": "standfirst", "key_points": "key_points_html", "body": "body_html"}
# Where no reader's eye is led by it.
_FREE = ("pins", "hero_focus")
_ARTICLES = ("a", "an", "the")
# Words that say nothing by themselves.
_IDLE = frozenset(
    """a an the i you he she it we they me him her us them my your his its our their this that these those there here
    of in to on by from into as is are was were be been being am do does did will which who what it's that's""".split()
)
# A change of more words than this is not looked at closely, but refused.
_MOST = 1500
# With the number of a source behind it, as it is written and as it is shown.
_SENTENCE_END = re.compile(
    r"[.!?…](?:\[\^\d+\]|(?<=[a-z)]\.)\d{1,2})*[\"'”’)\]*]*(?P<space>\s{1,20})(?=\W{0,20}[^\W\d_a-z])"
)
# What has no words, yet says something by where it stands.
_LAYOUT = {"ul", "ol", "li", "table", "tr", "th", "td", "blockquote", "pre", "h", "s"}
_BLOCKS = {"p", "hr", "br", "div", *_LAYOUT} - {"s"}


def beyond_form(before: Revision, after: Revision) -> list[str]:
    """What in `after` is more than a correction of the form of `before`, a sentence each. `before` is signed."""
    names = _names()
    changed = [name for name in names if getattr(before, name) != getattr(after, name)]
    refusals = [
        _("“%(part)s” differs from the text that was signed. A reviewer has to read that.") % {"part": names[name]}
        for name in changed
        if name not in (*_WORDED, *_FREE)
    ]
    about = _subject(before)
    for name, column in _WORDED.items():
        old, new = _read(before, column, about), _read(after, column, about)
        if meaning.unseen(getattr(before, name)) != meaning.unseen(getattr(after, name)):
            refusals.append(_("In “%s” a sign that nobody sees came or went.") % names[name])
        if old.links != new.links:
            refusals.append(_("In “%s” a link or a source differs.") % names[name])
        if old.pictures != new.pictures:
            refusals.append(_("In “%s” a picture differs.") % names[name])
        refusals += _beyond_slips(old.units, new.units)
    return list(dict.fromkeys(refusals))


def beyond_urgent(before: Revision, after: Revision) -> list[str]:
    """What in `after` is neither taken out of `before` nor in the box above it, a sentence each."""
    names = _names()
    refusals = []
    for name, label in names.items():
        old, new = getattr(before, name), getattr(after, name)
        if name == "correction_box":
            is_more = new == old or new.startswith(f"{old}\n\n" if old else "")
        elif name in DELETABLE:
            is_more = _is_within(_pieces(new), _pieces(old))
        else:
            is_more = new == old
        if not is_more:
            refusals.append(
                _("“%s”: only whole sentences, points and lines can be taken out, and nothing put in.") % label
            )
    return refusals


# Parts


@dataclass(frozen=True)
class Unit:
    """A sentence, or a mark of the layout such as the beginning of a point."""

    text: str
    tokens: tuple[Token, ...] = ()
    layout: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """Two units with the same key differ in form at most."""
        return (self.layout, *(token.text for token in self.tokens if not token.is_form))


class _Reader(HTMLParser):
    """Reads out of HTML what is said, in order."""

    def __init__(self, about: frozenset[str]) -> None:
        super().__init__()
        self.about = about
        self.units: list[Unit] = []
        self.links: list[tuple[str, str]] = []
        self.pictures: list[str] = []
        self.said = ""
        self.link: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._mark(tag)
        if tag == "a":
            self.link = (attributes.get("href") or "", "")
        elif tag == "img":
            self.pictures.append(attributes.get("src") or "")
            self._end_sentence()
            self.handle_data(attributes.get("alt") or "")
            self._end_sentence()

    def handle_endtag(self, tag: str) -> None:
        self._mark(tag, "/")
        if tag == "a" and self.link:
            self.links.append((self.link[0], " ".join(meaning.words(self.link[1]))))
            self.link = None

    def handle_data(self, data: str) -> None:
        self.said += data
        if self.link:
            self.link = (self.link[0], self.link[1] + data)

    def _mark(self, tag: str, closing: str = "") -> None:
        tag = "h" if re.fullmatch("h[1-6]", tag) else tag
        if tag in _BLOCKS or tag in _LAYOUT:
            self._end_sentence()
        if tag in _LAYOUT:
            self.units.append(Unit("", layout=closing + tag))

    def _end_sentence(self) -> None:
        said, self.said = " ".join(self.said.split()), ""
        for sentence in _sentences(said):
            self.units.append(Unit(sentence, tuple(meaning.tokens(sentence, subject=self.about))))


def _read(text: Revision, column: str, about: frozenset[str]) -> _Reader:
    reader = _Reader(about)
    value = getattr(text, column)
    if column.endswith("_html"):
        reader.feed(value)
        reader.close()
    else:
        reader.handle_data(value)
    reader._end_sentence()
    return reader


def _beyond_slips(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[str]:
    matcher = SequenceMatcher(None, [unit.key for unit in old], [unit.key for unit in new], autojunk=False)
    for kind, i, j, x, y in matcher.get_opcodes():
        if kind != "equal" and (refusal := _refusal(old[i:j], new[x:y])):
            yield refusal


def _refusal(old: Sequence[Unit], new: Sequence[Unit]) -> str:
    if [unit.layout for unit in old if unit.layout] != [unit.layout for unit in new if unit.layout]:
        return _("A list, a table or a heading came, went or moved.")
    before = [token for unit in old for token in unit.tokens if not token.is_form]
    after = [token for unit in new for token in unit.tokens if not token.is_form]
    where = _shortened(next((unit.text for unit in (*new, *old) if unit.text), ""))
    if len(before) + len(after) > _MOST:
        return _("Too much changed at “%s”.") % where
    carried, carries = [one for one in before if one.kind], [one for one in after if one.kind]
    if carried != carries:
        touched = next(iter(_touched(carried, carries)))
        where = next(_shortened(unit.text) for unit in (*old, *new) if touched in unit.tokens)
        return _("“%(where)s”: “%(word)s” is %(kind)s, and it is touched here.") % {
            "where": where,
            "word": touched.text,
            "kind": KINDS[touched.kind],
        }
    if not before or not after:
        return _("A sentence came, went or moved: “%s”") % where
    if any(one.kind != "join" for one in carried) and not _only_slips(before, after):
        return _("“%(where)s”: beside “%(word)s”, only slips of the pen can be put right.") % {
            "where": where,
            "word": next(one.text for one in carried if one.kind != "join"),
        }
    if not _only_slips(before, after) and not _has_the_same_words(before, after):
        return _("“%s” says something else than before.") % where
    return ""


def _touched(before: Sequence[Token], after: Sequence[Token]) -> Iterator[Token]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, x, y in matcher.get_opcodes():
        if kind != "equal":
            yield from (*before[i:j], *after[x:y])


def _only_slips(before: Sequence[Token], after: Sequence[Token]) -> bool:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, x, y in matcher.get_opcodes():
        if kind == "replace" and not _are_slips(before[i:j], after[x:y]):
            return False
        if kind == "delete" and not all(_is_idle(before, at) for at in range(i, j)):
            return False
        if kind == "insert" and not all(_is_article(after, at) for at in range(x, y)):
            return False
    return True


def _are_slips(before: Sequence[Token], after: Sequence[Token]) -> bool:
    pairs = list(zip(before, after, strict=False))
    return len(before) == len(after) and all(is_slip(old.text, new.text) for old, new in pairs)


def _is_idle(words: Sequence[Token], at: int) -> bool:
    """An article, or a word that stands there twice."""
    is_doubled = (at > 0 and words[at] == words[at - 1]) or (at + 1 < len(words) and words[at] == words[at + 1])
    return (is_doubled and not words[at].kind) or _is_article(words, at)


def _is_article(words: Sequence[Token], at: int) -> bool:
    """“Few” and “a few” are not the same: beside a word that carries meaning an article does too."""
    beside = [*words[max(at - 1, 0) : at], *words[at + 1 : at + 2]]
    return words[at].text in _ARTICLES and not any(one.kind in ("number", "unit", "turn") for one in beside)


def is_slip(old: str, new: str) -> bool:
    """Whether one word is the other, mistyped: a letter more, less, wrong or swapped; of long words two."""
    if sorted(old) == sorted(new) == sorted("the"):
        return True
    if min(len(old), len(new)) < 4 or old.endswith(new) or new.endswith(old):
        # What stands before a word turns it: typical, atypical.
        return False
    return _distance(old, new) <= (2 if min(len(old), len(new)) >= 8 else 1)


def _distance(old: str, new: str) -> int:
    """How many letters have to come, go, change or swap: the optimal string alignment distance."""
    rows = [list(range(len(new) + 1))]
    for i, letter in enumerate(old, 1):
        above, row = rows[-1], [i]
        for j, other in enumerate(new, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == new[j - 2] and other == old[i - 2]:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def _has_the_same_words(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether every word that says something has its like in the other, in whatever order and ending."""
    left = [one.text for one in before if one.text not in _IDLE]
    for word in (one.text for one in after if one.text not in _IDLE):
        like = next((one for one in left if one == word), None) or next((one for one in left if _like(one, word)), None)
        if like is None:
            return False
        left.remove(like)
    return not left


def _like(old: str, new: str) -> bool:
    return is_slip(old, new) or (min(len(old), len(new)) >= 4 and old[:4] == new[:4])


def _subject(text: Text) -> frozenset[str]:
    """The words that say what a text is about."""
    named = meaning.words(f"{text.title}\n{text.lay_words}")
    return frozenset(word.removesuffix("s") for word in named if len(word) > 3)


def _pieces(text: str) -> list[str]:
    """The sentences of a text, line by line; a line begins as it does."""
    pieces = []
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        for place, sentence in enumerate(_sentences(" ".join(line.split()))):
            pieces.append(sentence if place else indent + sentence)
    return pieces


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.start("space")]
        start = end.end()
    if start < len(text):
        yield text[start:]


def _is_within(some: Sequence[str], everything: Sequence[str]) -> bool:
    """Whether `some` is left when parts of `everything` are taken out."""
    rest = iter(everything)
    return all(piece in rest for piece in some)


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


def _names() -> dict[str, str]:
    """Every column of a text, with the sources, under the name that editors know it by."""
    columns = {field.attname: str(field.verbose_name) for field in Text._meta.local_fields}
    return columns | {"body": _("Text"), "sources": _("Sources")}
