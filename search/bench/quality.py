"""One collection in a scratch database: loaded through the site's own index, asked through its own queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from core.progress import Progress
from search import embedder, index, query, sources, sweeps
from search.bench import collections, measures
from search.bench.collections import Named, Task
from search.models import Entry

FIRST = 10
AT_ONCE = 500
GUEST = AnonymousUser()


def load(folder: Path, collection: str, progress: Progress) -> list[str]:
    """Put what is not there yet, in the order of the file. Returns the names, in the same order."""
    open_to_everybody()
    there = set(Entry.objects.values_list("object_id", flat=True))
    documents = progress.over(list(collections.documents(folder, collection)))
    names: list[str] = []
    for batch in _batches(documents):
        names += [name for name, _ in batch]
        missing = [document for _, document in batch if document.object_id not in there]
        with transaction.atomic():
            for document in missing:
                index.put(document)
    sweeps.count_words()
    total = Entry.objects.filter(vector_place=None).count() if embedder.current() else 0
    for _ in progress.over(iter(sweeps.make_vectors, 0), total=-(-total // sweeps.AT_ONCE), label="vectors"):
        pass
    return names


def run(folder: Path, collection: str, names: list[str], progress: Progress) -> list[dict[str, Any]]:
    """What comes of every task that is asked of this collection."""
    results = []
    for task in collections.TASKS:
        if task.collection == collection:
            measured = _ranked(folder, task, names, progress) if task.kind == "rank" else _paired(folder, task, names)
            results.append({"task": task.name} | asdict(measured))
    return results


def _ranked(folder: Path, task: Task, names: list[str], progress: Progress) -> measures.Measured:
    found: dict[str, list[str]] = {}
    for name, text in progress.over(list(collections.questions(folder, task).items()), label=task.name):
        hits = query.search(text, user=GUEST, size=FIRST + 1).hits
        # A question that is itself in the collection finds itself.
        found[name] = [other for hit in hits if (other := names[hit.object_id - 1]) != name][:FIRST]
    return measures.of_rankings(task.measure, found, collections.judgements(folder, task))


def _paired(folder: Path, task: Task, names: list[str]) -> measures.Measured:
    asked = collections.questions(folder, task)
    texts = {name: document.body or document.title for name, document in collections.documents(folder, task.collection)}
    scored = [
        (query.likeness_of(asked.get(one) or texts[one], texts[other]), together)
        for one, other, together in collections.pairs(folder, task)
    ]
    return measures.auc(scored)


def open_to_everybody() -> None:
    """Everything may be read by everybody."""
    for kind in ("article", "question"):
        sources.register(kind, documents=lambda: (), readable=partial(_all, kind))


def _all(kind: str, ids: Collection[int], user: User | AnonymousUser) -> QuerySet[Entry, tuple[int]]:
    """Looked up by their key, as the rooms do it."""
    return Entry.objects.filter(kind=kind, object_id__in=ids).values_list("object_id")


def _batches(documents: Iterable[Named]) -> Iterator[list[Named]]:
    rest = iter(documents)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch
