"""The full-text index that a database brings along, beside our table of postings: for the same words, as many rows.

SQLite: FTS5 with its own BM25. PostgreSQL: a tsvector with GIN, at most as many documents as we read postings, the best
by the rarity of the words that they hold; its own `ts_rank` reads each text again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import connection

from search import candidates, words
from search.models import Posting

TABLE = "native"
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, body, content='search_entry', content_rowid='id', "
    "tokenize='porter unicode61')",
    f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')",
)
POSTGRESQL = (
    f"CREATE TABLE {TABLE} AS SELECT id, to_tsvector('english', title || ' ' || body) AS words FROM search_entry",
    f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words)",
    f"ANALYZE {TABLE}",
)


def build() -> None:
    """Over what is in the index, anew."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        for statement in SQLITE if connection.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(statement)


def ways() -> dict[str, Callable[[str], list[int]]]:
    """The best documents for what somebody asks, from our table and from the index of the database."""
    native = _by_fts5 if connection.vendor == "sqlite" else _by_tsvector
    return {
        "candidates": lambda text: candidates.best(_looked_up(text)[0], candidates.FIRST),
        "candidates, native index": lambda text: native(*_looked_up(text)),
    }


def sizes() -> dict[str, float]:
    """In megabytes: our table of postings, and the index of the database."""
    ours = Posting._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            size = (
                "(SELECT SUM(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name LIKE %s))"
            )
            cursor.execute(f"SELECT {size}, {size}", [ours, f"{TABLE}%"])
        else:
            cursor.execute("SELECT pg_total_relation_size(%s), pg_total_relation_size(%s)", [ours, TABLE])
        both = cursor.fetchone()
    return dict(zip(("candidates", "candidates, native index"), (size / 1e6 for size in both), strict=True))


def _looked_up(text: str) -> tuple[candidates.Lookup, dict[str, str]]:
    """What is looked up for a text, and how each stem was written."""
    read = list(words.read(text))
    return candidates.look_up(word.stem for word in read), {word.stem: text[word.start : word.end] for word in read}


def _chosen(lookup: candidates.Lookup, written: dict[str, str]) -> Sequence[tuple[str, int]]:
    """(word as it was written, what it weighs) of those that are looked up."""
    return [(written[stem], lookup.weights[stem]) for stem, _ in lookup.chosen if written.get(stem, "").isalnum()]


def _by_fts5(lookup: candidates.Lookup, written: dict[str, str]) -> list[int]:
    asked = " OR ".join(f'"{word}"' for word, _ in _chosen(lookup, written))
    return _keys(
        f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s ORDER BY bm25({TABLE}, 3, 1) LIMIT %s",
        [asked, candidates.FIRST],
    )


def _by_tsvector(lookup: candidates.Lookup, written: dict[str, str]) -> list[int]:
    chosen = _chosen(lookup, written)
    weighed = " + ".join("%s * (words @@ plainto_tsquery('english', %s))::int" for _ in chosen)
    return _keys(
        f"SELECT id FROM (SELECT id, words FROM {TABLE} WHERE words @@ to_tsquery('english', %s) LIMIT %s) AS found "
        f"ORDER BY {weighed} DESC, id DESC LIMIT %s",
        [
            " | ".join(word for word, _ in chosen),
            candidates.POSTINGS,
            *(value for word, weight in chosen for value in (weight, word)),
            candidates.FIRST,
        ],
    )


def _keys(statement: str, values: Sequence[str | int]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]
