"""What the worker does for search: vectors for the documents that miss one, and how common the common words are."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from search import embedder, vectors
from search.embedder import Embedder
from search.models import Entry, Frequency, Generation, Posting

AT_ONCE = 64
# Of the body of a question, so many characters are embedded with its title. An article is known by its title.
BEGINNING = 300
# Words of fewer documents are counted when somebody looks for them.
COMMON = 1_000
GROWN_BY = 1.1


def make_vectors() -> int:
    """Embed some documents without a vector. Returns how many."""
    maker = embedder.current()
    if maker is None:
        return 0
    generation = _generation(maker)
    waiting = list(
        Entry.objects.filter(vector_place=None).order_by("pk").only("kind", "title", "body", "words_hash")[:AT_ONCE]
    )
    if not waiting:
        return 0
    made = maker.embed([wording(entry) for entry in waiting])
    first = vectors.append(generation.pk, maker.size, [entry.pk for entry in waiting], made)
    for place, entry in enumerate(waiting, start=first):
        # Not if it was changed meanwhile: then it waits again.
        Entry.objects.filter(pk=entry.pk, words_hash=entry.words_hash).update(vector_place=place)
    return len(waiting)


def wording(entry: Entry) -> str:
    """What of a document is embedded: what it asks, not all that it tells."""
    return entry.title if entry.kind == "article" else f"{entry.title}\n{entry.body[:BEGINNING]}".strip()


def _generation(maker: Embedder) -> Generation:
    """The vectors in use; begun anew where another embedder made them, or their file is lost, torn or foreign."""
    current = Generation.objects.last()
    if current is not None and current.embedder == maker.name:
        last = Entry.objects.aggregate(last=Max("vector_place"))["last"]
        if vectors.is_whole(current.pk, maker.size, 0 if last is None else last + 1):
            return current
    with transaction.atomic():
        begun = Generation.objects.create(embedder=maker.name)
        Generation.objects.exclude(pk=begun.pk).delete()
        Entry.objects.exclude(vector_place=None).update(vector_place=None)
    vectors.begin(begun.pk, maker.size)
    return begun


def count_words() -> int:
    """Count the documents of every common word, once the index has grown by a tenth. Returns how many words."""
    newest = Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0
    counted = Frequency.objects.filter(word="").values_list("newest", flat=True).first() or 0
    if newest < max(10 * COMMON, counted * GROWN_BY):
        return 0
    table = Posting._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT word, COUNT(*) FROM {table} GROUP BY word HAVING COUNT(*) >= %s", [COMMON])
        common = cursor.fetchall()
    rows = [Frequency(word=word, documents=documents) for word, documents in common]
    rows.append(Frequency(word="", documents=Entry.objects.count(), newest=newest))
    with transaction.atomic():
        Frequency.objects.all().delete()
        Frequency.objects.bulk_create(rows, batch_size=300)
    return len(common)
