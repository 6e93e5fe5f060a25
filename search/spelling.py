"""How a word that nobody here writes may have been meant: by the letters that it shares with words of the index."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from search import words
from search.candidates import Lookup
from search.models import Entry, Posting, Spelling, SpellingPiece

SHORTEST, LONGEST = 4, 30
# A shorter word is near too many others; and who writes a whole story chose its words.
CORRECTED_FROM, TWO_AWAY_FROM, LONGEST_SEARCH = 6, 9, 8
# A word of so few documents may be a slip, if another one, a letter away, stands in so many times more of them.
RARE, USUAL = 3, 10
MOST_WORDS = 3
PIECE = 3
# How many words are looked through for each piece, how many are compared, and how far their documents are counted.
OF_A_PIECE, COMPARED, COUNTED = 2_000, 20, 50
AT_ONCE = 300
_LETTERS = re.compile(rf"[a-z]{{{SHORTEST},{LONGEST}}}")


def learn(texts: Sequence[str]) -> None:
    """Know the words of a document; called when it is put into the index, and never with what is not public there."""
    said = {written: stem for text in texts for written, stem in _words(text)}
    for some in _in_steps(sorted(said)):
        known = set(Spelling.objects.filter(word__in=some).values_list("word", flat=True))
        new = [word for word in some if word not in known]
        if not new:
            continue
        Spelling.objects.bulk_create([Spelling(word=word, stem=said[word]) for word in new], ignore_conflicts=True)
        made = [
            SpellingPiece(spelling_id=pk, piece=piece, length=len(word))
            for pk, word in Spelling.objects.filter(word__in=new).values_list("pk", "word")
            for piece in pieces(word)
        ]
        SpellingPiece.objects.bulk_create(made, ignore_conflicts=True, batch_size=AT_ONCE)


def forget(stems: Collection[str]) -> None:
    """Those of these words that stand in no document any more."""
    held = Posting.objects.filter(word=OuterRef("stem"))
    for some in _in_steps(sorted(stems)):
        Spelling.objects.filter(~Exists(held), stem__in=some).delete()


@dataclass(frozen=True)
class Corrected:
    """What was perhaps meant, in place of what was typed: (text, whether it is another word) each."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.parts)


def correct(text: str, lookup: Lookup, *, is_member: bool) -> Corrected | None:
    """`text` with words of documents that this reader may find, in place of those that nearly none has; or None."""
    if len(words.written(text)) > LONGEST_SEARCH:
        return None
    counts = dict(lookup.chosen)
    known_otherwise = {stem for other in lookup.synonyms for stem in other.said}
    doubtful: dict[str, int] = {}
    for word in words.read(text):
        written = text[word.start : word.end].lower()
        count = counts.get(word.stem, 0)
        is_rare = count < RARE and word.stem not in known_otherwise
        if is_rare and len(written) >= CORRECTED_FROM and _LETTERS.fullmatch(written):
            doubtful.setdefault(written, count)
    meant = _meant(dict(list(doubtful.items())[:MOST_WORDS]), is_member=is_member)
    if not meant:
        return None
    parts, done = [], 0
    for word in words.read(text):
        if other := meant.get(text[word.start : word.end].lower()):
            parts += [(text[done : word.start], False), (other, True)]
            done = word.end
    return Corrected(tuple(part for part in [*parts, (text[done:], False)] if part[0]))


def pieces(word: str) -> list[str]:
    """Each three letters in a row, with the gaps around the word."""
    padded = f" {word} "
    return sorted({padded[start : start + PIECE] for start in range(len(padded) - PIECE + 1)})


def distance(one: str, other: str) -> int:
    """How many letters are put in, left out, changed, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, against in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]


def _meant(doubtful: Mapping[str, int], *, is_member: bool) -> dict[str, str]:
    """For each of these words that has one, the word that it is nearest to; `doubtful` says in how many documents it
    stands itself."""
    if not doubtful:
        return {}
    best: dict[str, tuple[int, int, str]] = {}
    for written, word, documents in _alike(list(doubtful), is_member=is_member):
        away = distance(written, word)
        is_likelier = documents >= USUAL * doubtful[written] and (away == 1 or not doubtful[written])
        if documents and 0 < away <= _most_away(written) and is_likelier and _is_slip(written, word):
            best[written] = min(best.get(written, (9, 0, "")), (away, -documents, word))
    return {written: word for written, (_away, _documents, word) in best.items()}


def _most_away(word: str) -> int:
    return 1 if len(word) < TWO_AWAY_FROM else 2


def _is_slip(written: str, word: str) -> bool:
    """Whether the one may be the other mistyped: not its plural, its past, or what else endings make of a word."""
    return written[-1] == word[-1] or sorted(written) == sorted(word)


def _alike(doubtful: Sequence[str], *, is_member: bool) -> list[tuple[str, str, int]]:
    """(doubtful word, other word, in how many documents that stands which this reader may find), in one statement."""
    piece, spelling = SpellingPiece._meta.db_table, Spelling._meta.db_table
    posting, entry = Posting._meta.db_table, Entry._meta.db_table
    one = (
        f"SELECT * FROM (SELECT spelling_id FROM {piece} WHERE piece = %s AND length BETWEEN %s AND %s "
        f"LIMIT {OF_A_PIECE}) AS of_one_piece"
    )
    audience = "" if is_member else f"AND entry.audience = '{Entry.Audience.ALL.value}'"
    # Counted last: of few words, and each only so far.
    documents = (
        f"SELECT COUNT(*) FROM (SELECT 1 FROM {posting} AS posting JOIN {entry} AS entry "
        f"ON entry.id = posting.entry_id WHERE posting.word = stem {audience} LIMIT {COUNTED}) AS found"
    )
    statements: list[str] = []
    values: list[str | int] = []
    for written in doubtful:
        parts, away = pieces(written), _most_away(written)
        statements.append(
            f"SELECT %s AS written, word, ({documents}) FROM ("
            f"SELECT spelling.word AS word, spelling.stem AS stem FROM {spelling} AS spelling JOIN ("
            f"SELECT spelling_id, COUNT(*) AS common FROM ({' UNION ALL '.join(one for _ in parts)}) AS every_piece "
            f"GROUP BY spelling_id ORDER BY common DESC, spelling_id LIMIT {COMPARED}) AS best "
            "ON best.spelling_id = spelling.id) AS alike"
        )
        values.append(written)
        values += [value for part in parts for value in (part, len(written) - away, len(written) + away)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), values)
        return [(written, word, int(count)) for written, word, count in cursor.fetchall()]


def _words(text: str) -> Iterator[tuple[str, str]]:
    for word in words.read(text):
        written = text[word.start : word.end].lower()
        if _LETTERS.fullmatch(written):
            yield written, word.stem


def _in_steps(some: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(some), AT_ONCE):
        yield some[start : start + AT_ONCE]
