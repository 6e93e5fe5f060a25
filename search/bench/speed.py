"""How long questions and changes take among many documents, made out of the pieces of real ones."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.color import no_style
from django.db import ProgrammingError, connection, transaction

from core.progress import Progress
from search import embedder, index, query, sweeps, vectors, words
from search.bench import collections, native
from search.bench.quality import GUEST
from search.documents import Document
from search.models import Entry, Generation, Posting

WORDS = 120
AT_ONCE = 2_000
REAL = 50_000
QUESTIONS, CHANGES = 200, 100
# What nobody means, and some send.
ODD = (
    "",
    "a",
    "what is the of and to it",
    "AND OR NOT NEAR(a b) title:x *",
    "\"unbalanced 'quotes -",
    "-" * 500,
    "nul\x00 in it",
    "😵" * 300,
    "胃が痙攣する" * 50,
    "ألم في البطن" * 50,
    "pain in my stomach at night since last week and " * 1_200,
    " ".join(f"word{number}" for number in range(6_000)),
)


@dataclass(frozen=True)
class Piece:
    """Half a document: text and stems, from one place of a real one."""

    title: str
    text: str
    title_stems: list[str]
    stems: list[str]


def load(folder: Path, size: int, progress: Progress) -> None:
    """Fill an empty index with `size` documents: rows as `index.put` writes them, many at once."""
    done = Entry.objects.count()
    if done < size:
        pieces = list(_pieces(folder))
        by_word = next(one for one in Posting._meta.indexes if one.name == "posting_of_word")
        if _has_index(by_word.name):
            with connection.schema_editor(atomic=False) as schema:
                schema.remove_index(Posting, by_word)
        for start in progress.over(range(done, size, AT_ONCE), label=f"{size:,} documents, in batches"):
            _write(start + 1, min(size, start + AT_ONCE), pieces)
        progress.say("the index by word")
        with connection.schema_editor(atomic=False) as schema:
            schema.add_index(Posting, by_word)
        _tidy()
    sweeps.count_words()
    if embedder.current() and not Generation.objects.exists():
        _make_vectors(folder, size, progress)


def _tidy() -> None:
    """As a site finds its tables that was not filled a moment ago.

    On PostgreSQL autovacuum has been there, without which indexes are read with the rows behind them; and what was
    loaded has gone to the disk, or it would go there beside what is timed.
    """
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        cursor.execute("VACUUM ANALYZE")
        with suppress(ProgrammingError):  # Not everybody may.
            cursor.execute("CHECKPOINT")


def _has_index(name: str) -> bool:
    with connection.cursor() as cursor:
        return name in connection.introspection.get_constraints(cursor, Posting._meta.db_table)


def run(folder: Path, size: int, progress: Progress) -> list[dict[str, Any]]:
    asked = list(islice(_questions(folder), QUESTIONS))
    ways: dict[str, Callable[[str], Any]] = (
        {
            "suggest, embedder": lambda text: query.suggest(text, user=GUEST),
            "search page, embedder": lambda text: query.search(text, user=GUEST),
        }
        if embedder.current()
        else {
            "suggest": lambda text: query.suggest(text, user=GUEST, by_words_alone=True),
            "search page": lambda text: query.search(text, user=GUEST),
        }
    )
    results = [_timed(what, size, ask, asked, progress) for what, ask in ways.items()]
    results += [_timed(f"{what}, odd input", size, ask, ODD * 8, progress) for what, ask in ways.items()]
    if not embedder.current():
        pieces = list(islice(_pieces(folder), 2 * CHANGES))
        changes = [_document(size + 1 + number % CHANGES, *pieces[number:][:2]) for number in range(CHANGES)]
        results.append(_timed("put", size, index.put, [*changes, *_changed(changes)], progress, warm=False))
        progress.say("the index of the database")
        native.build()
        megabytes = native.sizes()
        for what, ask in native.ways().items():
            results.append(_timed(what, size, ask, asked, progress) | {"megabytes": megabytes[what]})
    return results


def _timed(
    what: str, size: int, call: Callable[[Any], Any], over: Sequence[Any], progress: Progress, warm: bool = True
) -> dict[str, Any]:
    for one in over if warm else ():
        call(one)
    times = []
    for one in progress.over(over, label=what):
        began = time.perf_counter()
        call(one)
        times.append(1000 * (time.perf_counter() - began))
    p50, p95 = np.percentile(times, [50, 95])
    return {"what": what, "documents": size, "p50": float(p50), "p95": float(p95)}


def _questions(folder: Path) -> Iterator[str]:
    """Titles as people give them."""
    for task in collections.TASKS:
        if task.kind == "rank" and task.column == 1 and task.collection != "terms":
            asked = list(collections.questions(folder, task).values())
            yield from [text for text in asked if 20 <= len(text) <= 150][: QUESTIONS // 2]


def _pieces(folder: Path) -> Iterator[Piece]:
    for _, document in collections.documents(folder, "answers"):
        said = document.answer.split()
        for start in range(0, len(said) - WORDS // 2 + 1, WORDS // 2)[:4]:
            text = " ".join(said[start : start + WORDS // 2])
            yield Piece(document.title, text, words.stems(document.title), words.stems(text))


def _drawn(number: int, pieces: Sequence[Piece]) -> tuple[Piece, Piece]:
    draw = random.Random(number)
    return draw.choice(pieces), draw.choice(pieces)


def _document(number: int, one: Piece, other: Piece) -> Document:
    return Document(
        kind="question",
        object_id=number,
        url=f"/{number}/",
        title=one.title,
        body=f"{one.text}\n{other.text}",
        published_at=collections.PUBLISHED,
    )


def _changed(documents: Sequence[Document]) -> Iterator[Document]:
    for one, other in pairwise(documents):
        yield _document(one.object_id, *(Piece(document.title, document.body, [], []) for document in (one, other)))


def _write(first: int, last: int, pieces: Sequence[Piece]) -> None:
    """Documents `first` to `last`, whose keys are their numbers."""
    entries, postings = [], []
    for number in range(first, last + 1):
        one, other = _drawn(number, pieces)
        document = _document(number, one, other)
        entries.append(Entry(pk=number, **index.row_of(document), kind=document.kind, object_id=number))
        weighed = index.weigh(one.title_stems, (), one.stems + other.stems)
        postings += [(number, word, weight) for word, weight in sorted(weighed.items())]
    with transaction.atomic():
        Entry.objects.bulk_create(entries, batch_size=500)
        with connection.cursor() as cursor:
            # The keys are ours: those that the database gives come after them.
            for statement in connection.ops.sequence_reset_sql(no_style(), [Entry]):
                cursor.execute(statement)
            if connection.vendor == "postgresql":
                with cursor.copy("COPY search_posting (entry_id, word, weight) FROM STDIN") as copy:
                    for row in postings:
                        copy.write_row(row)
            else:
                cursor.cursor.connection.executemany(
                    "INSERT INTO search_posting (entry_id, word, weight) VALUES (?, ?, ?)", postings
                )


def _make_vectors(folder: Path, size: int, progress: Progress) -> None:
    """Of real texts, then the same with their numbers in another order and some noise, until there are `size`."""
    maker = embedder.current()
    assert maker is not None
    titles = [document.title for _, document in islice(collections.documents(folder, "answers"), min(size, REAL))]
    batches = range(0, len(titles), sweeps.AT_ONCE)
    real = np.concatenate(
        [maker.embed(titles[start : start + sweeps.AT_ONCE]) for start in progress.over(batches, label="vectors")]
    )
    generation = Generation.objects.create(embedder=maker.name)
    vectors.begin(generation.pk, maker.size)
    noise = np.random.default_rng(1)
    for start in range(0, size, len(real)):
        some = real[: size - start][:, noise.permutation(maker.size)]
        some = some + noise.normal(0, 0.2 / maker.size**0.5, some.shape)
        keys = range(start + 1, start + 1 + len(some))
        vectors.append(generation.pk, maker.size, list(keys), some / np.linalg.norm(some, axis=1, keepdims=True))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE search_entry SET vector_place = id - 1")
    _tidy()
