"""The index: one row for each document, and one for each word that it holds."""

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import GreaterThan

WORD_LENGTH = 40


class Entry(models.Model):
    """A document as it was put into the index. What it shows is authorised again before anybody sees it."""

    class Audience(models.TextChoices):
        ALL = "all"
        MEMBERS = "members"

    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    url = models.CharField(max_length=300)
    title = models.CharField(max_length=200)
    synonyms = models.TextField(blank=True)  # one a line
    body = models.TextField(blank=True)
    sections = models.JSONField(default=list)  # [{"anchor": str, "title": str, "text": str}] in order
    answer = models.TextField(blank=True)
    stands_on = models.CharField(max_length=80, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    topic_name = models.CharField(max_length=60, blank=True)
    origin = models.BigIntegerField(null=True)
    answers_count = models.PositiveIntegerField(default=0)
    answered = models.GeneratedField(
        expression=GreaterThan(F("answers_count"), 0), output_field=models.BooleanField(), db_persist=True
    )
    helped = models.BooleanField(default=False)
    clinician = models.BooleanField(default=False)
    reviewed = models.BooleanField(default=False)
    emergency = models.BooleanField(default=False, db_default=False)
    # Of the answers whose words are here, that of `answer` first.
    answer_ids = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    published_at = models.DateTimeField()
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    # Of the words and of how they are weighed: while it stays, the postings need not be written again.
    words_hash = models.CharField(max_length=32)
    # Its row in the file of vectors; none while the worker has still to make it.
    vector_place = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="entry_is_one_per_object"),
            models.CheckConstraint(condition=Q(audience__in=["all", "members"]), name="entry_has_a_known_audience"),
        ]
        indexes = [
            models.Index(
                "origin",
                F("helped").desc(),
                F("answered").desc(),
                F("published_at").desc(),
                F("id").desc(),
                condition=Q(origin__isnull=False),
                name="entry_asked_from",
            ),
            models.Index("kind", "topic", F("published_at").desc(), F("id").desc(), name="entry_latest_of_topic"),
            # The worker looks for these, and for the last place that is taken.
            models.Index("id", condition=Q(vector_place__isnull=True), name="entry_without_vector"),
            models.Index("vector_place", condition=Q(vector_place__isnull=False), name="entry_vector_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class Posting(models.Model):
    """A word of a document, with what it adds to a score: a thousand times its BM25 factor, before rarity."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, db_index=False, related_name="postings")
    word = models.CharField(max_length=WORD_LENGTH)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="posting_is_one_per_word")]
        # Heaviest first: of a word that half the documents hold, only the best are read.
        indexes = [models.Index("word", F("weight").desc(), F("entry").desc(), name="posting_of_word")]

    def __str__(self) -> str:
        return self.word


class Frequency(models.Model):
    """How many documents hold a common word; under the empty word, how many there are, and the newest then counted."""

    word = models.CharField(max_length=WORD_LENGTH, unique=True)
    documents = models.PositiveIntegerField()
    newest = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class Generation(models.Model):
    """A file of vectors, known by its number, and which embedder made them. There is one at a time."""

    embedder = models.CharField(max_length=100)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.embedder} {self.pk}"
