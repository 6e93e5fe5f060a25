"""How documents get into the index and out of it. Called by the actions that change them, in their transaction."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction

from core.progress import Progress
from search import due, sources, spelling, words
from search.documents import Document
from search.models import Entry, Posting

# Raise it when the same words give other postings: `reindex` then writes them anew.
INDEX_VERSION = 2
LONGEST_TITLE = 200
# Of a longer text only the beginning is looked up.
WORDS_OF_A_BODY = 2_000
# BM25 over fields: what a word counts where it stands, how soon repeating it stops to matter, and how much it is held
# against a title or a text that it is longer than usual. Chosen on the judged questions of `make bench-search`.
TITLE_COUNTS, SYNONYMS_COUNT, BODY_COUNTS = 3, 2, 1
SATURATION = 2.0
TITLE_LENGTH_MATTERS, USUAL_TITLE = 0.6, 8
LENGTH_MATTERS, USUAL_LENGTH = 0.75, 60
# What a word adds at most, before its rarity.
MOST = 3_000
AT_ONCE = 200

FACTS = frozenset(
    "url topic topic_name origin answers_count helped clinician reviewed published_at audience stands_on".split()
)
# Of these no list of neighbours depends.
ONLY_SHOWN = frozenset("url topic_name published_at stands_on".split())


@transaction.atomic
def put(document: Document) -> None:
    """Store `document` as it is now. What has not changed is not written again."""
    row = row_of(document)
    before: set[str] = set()
    entry, is_new = Entry.objects.select_for_update().get_or_create(
        kind=document.kind, object_id=document.object_id, defaults=row
    )
    if not is_new:
        changed = {name: value for name, value in row.items() if getattr(entry, name) != value}
        if changed.keys() & {"title", "body"}:
            changed["vector_place"] = None
        if changed:
            Entry.objects.filter(pk=entry.pk).update(**changed)
        if changed.keys() - ONLY_SHOWN:
            due.changed(entry.pk)
        if "words_hash" not in changed:
            return
        before = set(entry.postings.values_list("word", flat=True))
        entry.postings.all().delete()
    else:
        due.changed(entry.pk)
    held = weights(document)
    Posting.objects.bulk_create(
        [Posting(entry=entry, word=word, weight=weight) for word, weight in held.items()],
        batch_size=300,
    )
    spelling.learn([document.title, *document.synonyms, _text(document)])
    spelling.forget(before - held.keys())


def mark(kind: str, object_id: int, **facts: Any) -> None:
    """Change what is known about a document while its words stay, such as `answers_count=2, helped=True`."""
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"no fact of a document: {', '.join(sorted(unknown))}")
    if facts:
        Entry.objects.filter(kind=kind, object_id=object_id).update(**facts)
    if facts.keys() - ONLY_SHOWN:
        due.changed(*_keys(kind, object_id))


def rename_topic(before: str, *, slug: str, name: str) -> None:
    """Show a topic, whose slug was `before`, under its new slug and name wherever it is found."""
    Entry.objects.filter(topic=before).update(topic=slug, topic_name=name)


@transaction.atomic
def remove(kind: str, object_id: int) -> None:
    """Take a document out. Doing it twice does nothing."""
    _remove_entries(_keys(kind, object_id))


def rebuild(progress: Progress | None = None) -> tuple[int, int]:
    """Put every document of every source, and take out what no source has. Returns how many of each.

    In many small transactions, so that the site goes on writing; what comes in meanwhile is left as it is. What is in
    order is only looked at, so that one that was stopped carries on when it is started again. The neighbours of all
    are then found anew by the worker.
    """
    kept = removed = 0
    for kind, source in sources.registered().items():
        before = dict(Entry.objects.filter(kind=kind).values_list("object_id", "pk"))
        documents = source.documents()
        for document in progress.over(documents, total=len(before), label=kind) if progress else documents:
            put(document)
            before.pop(document.object_id, None)
            kept += 1
        removed += _remove_entries(list(before.values()))
    unknown = Entry.objects.exclude(kind__in=sources.registered()).values_list("pk", flat=True)
    removed += _remove_entries(list(unknown))
    due.all_again()
    return kept, removed


def differences() -> Iterator[str]:
    """What is wrong with the index, a line each: compared with what every source has."""
    for kind, source in sources.registered().items():
        here = dict(Entry.objects.filter(kind=kind).values_list("object_id", "pk"))
        for document in source.documents():
            pk = here.pop(document.object_id, None)
            if pk is None:
                yield f"{kind} {document.object_id} is missing"
            elif different := _different(document, pk):
                yield f"{kind} {document.object_id} differs in {', '.join(different)}"
        yield from (f"{kind} {object_id} does not belong there" for object_id in here)
    for entry in Entry.objects.exclude(kind__in=sources.registered()):
        yield f"{entry} does not belong there"


def _different(document: Document, pk: int) -> list[str]:
    entry = Entry.objects.get(pk=pk)
    found = sorted(name for name, value in row_of(document).items() if getattr(entry, name) != value)
    held = dict(entry.postings.values_list("word", "weight"))
    return found if held == weights(document) else [*found, "postings"]


def weights(document: Document) -> dict[str, int]:
    """What each word of `document` adds to a score, before its rarity: up to `MOST`.

    BM25 over fields: a word's count is weighed by the field it stands in and its length, then saturated
    (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004).
    """
    body = words.stems(_text(document))[:WORDS_OF_A_BODY]
    return weigh(words.stems(document.title), words.stems("\n".join(document.synonyms)), body)


def weigh(title: Sequence[str], synonyms: Sequence[str], body: Sequence[str]) -> dict[str, int]:
    """The same of a document whose stems are known."""
    counts: dict[str, float] = defaultdict(float)
    for stems, times in (
        (title, TITLE_COUNTS / _longer(len(title), USUAL_TITLE, TITLE_LENGTH_MATTERS)),
        (synonyms, SYNONYMS_COUNT),
        (body, BODY_COUNTS),
    ):
        for stem in stems:
            counts[stem] += times
    half = SATURATION * _longer(len(body), USUAL_LENGTH, LENGTH_MATTERS)
    return {stem: round(MOST * count / (count + half)) for stem, count in counts.items()}


def _longer(length: int, usual: int, matters: float) -> float:
    return 1 - matters + matters * length / usual


def _keys(kind: str, object_id: int) -> list[int]:
    return list(Entry.objects.filter(kind=kind, object_id=object_id).values_list("pk", flat=True))


def _remove_entries(keys: Sequence[int]) -> int:
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        held = set(Posting.objects.filter(entry__in=some).values_list("word", flat=True))
        Entry.objects.filter(pk__in=some).delete()
        due.changed(*some)
        spelling.forget(held)
    return len(keys)


def _text(document: Document) -> str:
    sections = [text for section in document.sections for text in (section.title, section.text)]
    # The answer first: a long question must not push it out.
    return "\n".join([document.answer, document.body, *sections])


def row_of(document: Document) -> dict[str, Any]:
    """The columns of its entry, but for its key."""
    row = {field.name: getattr(document, field.name) for field in fields(document)}
    row["synonyms"] = "\n".join(document.synonyms)
    row["answer_ids"] = list(document.answer_ids)
    row["sections"] = [
        {"anchor": section.anchor, "title": section.title, "text": section.text} for section in document.sections
    ]
    del row["kind"], row["object_id"]
    said = [INDEX_VERSION, *(row[name] for name in ("title", "synonyms", "body", "sections", "answer"))]
    return row | {"words_hash": hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()}
