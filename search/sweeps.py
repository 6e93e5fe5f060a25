"""What the worker does for search: vectors for what misses one, who is near whom, how common the common words are."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from search import due, embedder, neighbours, vectors
from search.embedder import Embedder
from search.models import Due, Entry, Frequency, Generation, Posting
from search.neighbours import wording

AT_ONCE = 64
# Neighbours of so many are found in a turn; and what a killed worker had taken, another takes over after that time.
NEIGHBOURS_AT_ONCE, TAKEN_FOR = 20, timedelta(minutes=5)
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
        if Entry.objects.filter(pk=entry.pk, words_hash=entry.words_hash).update(vector_place=place):
            due.changed(entry.pk)
    return len(waiting)


def find_neighbours() -> int:
    """Find the neighbours of some of the entries that are due, first of those that changed. Returns how many."""
    now = timezone.now()
    until = now + TAKEN_FOR
    waiting = Due.objects.filter(due_at__lte=now)
    some = list(waiting.order_by("-has_changed", "due_at").values_list("entry", flat=True)[:NEIGHBOURS_AT_ONCE])
    waiting.filter(entry__in=some).update(due_at=until)
    taken = list(Due.objects.filter(entry__in=some, due_at=until).order_by("-has_changed", "entry"))
    for one in taken:
        neighbours.settle(one.entry, until)
    return len(taken)


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
