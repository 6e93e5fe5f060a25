"""How documents get into the index and out of it. Called by the actions that change them, in their transaction."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction

from search import sources, words
from search.documents import Document
from search.models import Entry, Posting

# Raise it when the same words give other postings: `reindex` then writes them anew.
INDEX_VERSION = 1
LONGEST_TITLE = 200
# Of a longer text only the beginning is looked up.
WORDS_OF_A_BODY = 2_000
TITLE_COUNTS, SYNONYMS_COUNT, BODY_COUNTS = 3, 2, 1
# BM25: how soon repeating a word stops to matter, how much a long text is held against it, and how long texts are.
SATURATION, LENGTH_MATTERS, USUAL_LENGTH = 1.2, 0.5, 120
WEIGHT_SCALE = 1_000
AT_ONCE = 200

FACTS = frozenset(
    "url topic topic_name origin answers_count helped clinician reviewed published_at audience stands_on".split()
)


@transaction.atomic
def put(document: Document) -> None:
    """Store `document` as it is now. What has not changed is not written again."""
    row = _row(document)
    entry, is_new = Entry.objects.select_for_update().get_or_create(
        kind=document.kind, object_id=document.object_id, defaults=row
    )
    if not is_new:
        changed = {name: value for name, value in row.items() if getattr(entry, name) != value}
        if changed:
            Entry.objects.filter(pk=entry.pk).update(**changed)
        if "words_hash" not in changed:
            return
        entry.postings.all().delete()
    Posting.objects.bulk_create(
        [Posting(entry=entry, word=word, weight=weight) for word, weight in weights(document).items()],
        batch_size=300,
    )


def mark(kind: str, object_id: int, **facts: Any) -> None:
    """Change what is known about a document while its words stay, such as `answers_count=2, helped=True`."""
    if unknown := facts.keys() - FACTS:
        raise TypeError(f"no fact of a document: {', '.join(sorted(unknown))}")
    if facts:
        Entry.objects.filter(kind=kind, object_id=object_id).update(**facts)


def rename_topic(slug: str, name: str) -> None:
    """Show a topic under its new name wherever it is found."""
    Entry.objects.filter(topic=slug).update(topic_name=name)


@transaction.atomic
def remove(kind: str, object_id: int) -> None:
    """Take a document out. Doing it twice does nothing."""
    Entry.objects.filter(kind=kind, object_id=object_id).delete()


def rebuild() -> tuple[int, int]:
    """Put every document of every source, and take out what no source has. Returns how many of each.

    In many small transactions, so that the site goes on writing; what comes in meanwhile is left as it is.
    """
    kept = removed = 0
    for kind, source in sources.registered().items():
        before = dict(Entry.objects.filter(kind=kind).values_list("object_id", "pk"))
        for document in source.documents():
            put(document)
            before.pop(document.object_id, None)
            kept += 1
        removed += _remove_entries(list(before.values()))
    unknown = Entry.objects.exclude(kind__in=sources.registered()).values_list("pk", flat=True)
    return kept, removed + _remove_entries(list(unknown))


def weights(document: Document) -> dict[str, int]:
    """What each word of `document` adds to a score, in thousandths, before its rarity.

    BM25 over fields: a word's count is weighed by the field it stands in, then saturated and set against the length
    (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004).
    """
    body = words.stems(_text(document))[:WORDS_OF_A_BODY]
    counts: Counter[str] = Counter()
    for stems, times in (
        (words.stems(document.title), TITLE_COUNTS),
        (words.stems("\n".join(document.synonyms)), SYNONYMS_COUNT),
        (body, BODY_COUNTS),
    ):
        for stem in stems:
            counts[stem] += times
    length = 1 - LENGTH_MATTERS + LENGTH_MATTERS * len(body) / USUAL_LENGTH
    return {
        stem: round(WEIGHT_SCALE * count * (SATURATION + 1) / (count + SATURATION * length))
        for stem, count in counts.items()
    }


def _remove_entries(keys: Sequence[int]) -> int:
    for start in range(0, len(keys), AT_ONCE):
        Entry.objects.filter(pk__in=keys[start : start + AT_ONCE]).delete()
    return len(keys)


def _text(document: Document) -> str:
    sections = [text for section in document.sections for text in (section.title, section.text)]
    # The answer first: a long question must not push it out.
    return "\n".join([document.answer, document.body, *sections])


def _row(document: Document) -> dict[str, Any]:
    row = {field.name: getattr(document, field.name) for field in fields(document)}
    row["synonyms"] = "\n".join(document.synonyms)
    row["sections"] = [
        {"anchor": section.anchor, "title": section.title, "text": section.text} for section in document.sections
    ]
    del row["kind"], row["object_id"]
    said = [INDEX_VERSION, *(row[name] for name in ("title", "synonyms", "body", "sections", "answer"))]
    return row | {"words_hash": hashlib.blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()}
