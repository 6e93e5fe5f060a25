"""The collections of a folder of judged questions: its documents as ours, its questions and its judgements."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from search.documents import Document
from search.index import LONGEST_TITLE

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)

# name of the document in the folder, document; its number is its place in the file
Named = tuple[str, Document]


@dataclass(frozen=True)
class Task:
    """Questions asked of one collection. `bounds` are the least allowed, (without, with) an embedder; None: no bound.

    `kind` is "rank" (a question finds a document that answers it) or "pairs" (which of two texts ask the same).
    """

    name: str
    collection: str
    kind: str
    measure: str
    judgements: str
    questions: str
    column: int = 1
    bounds: tuple[float, float] | None = None
    stretch: float | None = None


TASKS = [
    Task("MQP: the same question", "mqp", "rank", "MRR@10", "mqp.qrels", "mqp.queries", 1, (0.80, 0.92), 0.94),
    Task("MQP: is it the same question", "mqp", "pairs", "AUC", "mqp.pairs", "mqp.queries", 1, (0.78, 0.88), 0.92),
    Task("RQE: a FAQ that answers", "faq", "rank", "MRR@10", "rqe.qrels", "rqe.queries", 1, (0.46, 0.71), 0.78),
    Task("RQE: does it answer", "faq", "pairs", "AUC", "rqe.pairs", "rqe.queries", 1),
    Task("judged answer, one sentence", "answers", "rank", "MRR@10", "retrieve.qrels", "liveqa.queries", 1,
         (0.52, 0.67), 0.72),
    Task("judged answer, as typed", "answers", "rank", "MRR@10", "retrieve.qrels", "liveqa.queries", 2,
         (0.40, 0.58), 0.62),
    Task("article in top 3, one sentence", "articles", "rank", "S@3", "article.qrels", "liveqa.queries", 1,
         (0.77, 0.81), 0.87),
    Task("article in top 3, as typed", "articles", "rank", "S@3", "article.qrels", "liveqa.queries", 2,
         (0.58, 0.72), 0.78),
    Task("lay words to a medical term", "terms", "rank", "MRR@10", "layterm.qrels", "layterm.queries", 1),
]  # fmt: skip


def documents(folder: Path, collection: str) -> Iterator[Named]:
    made = _MAKERS[collection](folder / "docs")
    for number, (name, facts) in enumerate(made, start=1):
        kind = "article" if collection == "articles" else "question"
        yield name, Document(kind=kind, object_id=number, url=f"/{number}/", published_at=PUBLISHED, **facts)


def questions(folder: Path, task: Task) -> dict[str, str]:
    return {row[0]: row[task.column] for row in _rows(folder, task.questions)}


def judgements(folder: Path, task: Task) -> dict[str, dict[str, int]]:
    """Grade of each judged document, by question."""
    graded: dict[str, dict[str, int]] = defaultdict(dict)
    for question, document, grade in _rows(folder, task.judgements):
        graded[question][document] = int(grade)
    return dict(graded)


def pairs(folder: Path, task: Task) -> list[tuple[str, str, bool]]:
    return [(question, document, label == "1") for _pair, question, document, label in _rows(folder, task.judgements)]


def _rows(folder: Path, name: str) -> Iterator[list[str]]:
    with (folder / "dev" / f"{name}.tsv").open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


Made = Iterator[tuple[str, dict[str, Any]]]


def _titled(text: str) -> dict[str, Any]:
    """A question as somebody would post it: what is too long for a title is said again, whole, in the body."""
    if len(text) <= LONGEST_TITLE:
        return {"title": text}
    return {"title": text[:LONGEST_TITLE].rpartition(" ")[0], "body": text}


def _texts(file: str, name: str) -> Callable[[Path], Made]:
    return lambda docs: ((one["id"], _titled(one[name])) for one in _lines(docs / file))


def _answers(docs: Path) -> Made:
    for one in _lines(docs / "medquad.jsonl.gz"):
        yield one["id"], _titled(one["question"]) | {"answer": one.get("answer", "")}


def _articles(docs: Path) -> Made:
    texts: dict[str, list[str]] = defaultdict(list)
    for one in _lines(docs / "medquad.jsonl.gz"):
        texts[one["article"]] += [one["question"], one.get("answer", "")]
    for one in _lines(docs / "articles.jsonl.gz"):
        facts = {"synonyms": one["synonyms"], "body": "\n".join(texts[one["id"]])}
        yield one["id"], {"title": one["title"][:LONGEST_TITLE]} | facts


_MAKERS: dict[str, Callable[[Path], Made]] = {
    "mqp": _texts("mqp.jsonl.gz", "question"),
    "faq": _texts("rqe_faq.jsonl.gz", "question"),
    "answers": _answers,
    "articles": _articles,
    "terms": _texts("layterm.jsonl.gz", "term"),
}
