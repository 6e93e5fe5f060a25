"""The index: one row for each document, and one for each word that it holds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least, Lower
from django.db.models.lookups import GreaterThan
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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


class Sameness(models.IntegerChoices):
    """Whether two questions ask the same, as far as their likeness tells: see search.likeness."""

    OTHER = 0
    MAYBE = 1
    PROBABLY = 2


class Neighbour(models.Model):
    """A document near another one, as the worker found it; `place` counts within its kind, from 1, the nearest first.

    Either of the two may be gone: nothing is shown that is not in the index and open to whoever reads.
    """

    entry = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="neighbours")
    other = models.ForeignKey(Entry, models.DO_NOTHING, db_constraint=False, related_name="+")
    kind = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    # Of two questions, how much they ask the same, in per cent.
    likeness = models.PositiveSmallIntegerField(default=0)
    sameness = models.PositiveSmallIntegerField(choices=Sameness, default=Sameness.OTHER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "kind", "place"], name="neighbour_has_its_place"),
            models.CheckConstraint(condition=~Q(entry=F("other")), name="neighbour_is_another"),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="neighbour_likeness_is_per_cent"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind} {self.place}"


class Due(models.Model):
    """An entry whose neighbours are to be found. One that changed, came or went also tells those whom it is near."""

    # It may be gone: then those who list it look for others.
    entry = models.BigIntegerField(primary_key=True)
    has_changed = models.BooleanField(default=False)
    # While a worker is at it, the moment when another may take it over; whoever marks it anew takes it from them.
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(F("has_changed").desc(), "due_at", name="due_next")]

    def __str__(self) -> str:
        return str(self.entry)


class Generation(models.Model):
    """A file of vectors, known by its number, and which embedder made them. There is one at a time."""

    embedder = models.CharField(max_length=100)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.embedder} {self.pk}"


class Suggestion(models.Model):
    """A document that was once suggested to somebody, and what they did: kept for a day, and of whom is nowhere."""

    showing = models.CharField(max_length=22)
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    day = models.DateField()
    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    opened = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)
    posted = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["showing", "kind", "object_id"], name="suggestion_is_one_per_showing"),
            models.CheckConstraint(condition=Q(posted=False) | Q(answered=True), name="suggestion_posted_was_answered"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SuggestionDay(models.Model):
    """How often a document was opened, said to answer it, posted past and refused, of what was suggested on a day."""

    day = models.DateField()
    kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    opened = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    posted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-day", "-answered", "kind", "object_id"]
        constraints = [
            models.UniqueConstraint(fields=["day", "kind", "object_id"], name="suggestion_day_is_one_per_document"),
            models.CheckConstraint(condition=Q(posted__lte=F("answered")), name="suggestion_day_posted_was_answered"),
        ]
        verbose_name_plural = _("what became of suggestions")

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.day}"


class Synonym(models.Model):
    """Two wordings for the same. Changed through search.synonyms.save, which makes searches heed it."""

    said = models.CharField(
        _("what people say"),
        max_length=80,
        help_text=_("Such as heart attack. Endings do not matter."),
    )
    called = models.CharField(_("what it is called here"), max_length=80, help_text=_("Such as myocardial infarction."))
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("For other editors: who says so, or what could not be found.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    # Nobody, if it came with Askwell.
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("synonym")
        constraints = [
            # Also the other way round.
            models.UniqueConstraint(
                Least(Lower("said"), Lower("called")),
                Greatest(Lower("said"), Lower("called")),
                name="synonym_once",
                violation_error_message=_("This pair is in the list already; it may be out of use."),
            ),
            models.CheckConstraint(condition=~Q(said="") & ~Q(called=""), name="synonym_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.said} – {self.called}"


class Wording(models.Model):
    """How often something was looked for on a day without coming of it. Nobody who did is in it: see search/gaps.py."""

    class Kind(models.TextChoices):
        NOTHING = "nothing", _("found nothing")
        REFUSED = "refused", _("was not answered by what was suggested")

    kind = models.CharField(max_length=10, choices=Kind)
    # The stems, in the order of the alphabet: what is said in another order is the same.
    key = models.CharField(max_length=200)
    words = models.CharField(max_length=200)
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key", "day"], name="wording_is_one_a_day")]
        indexes = [models.Index("day", name="wording_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Gap(models.Model):
    """What readers did not find, as the worker last added it up: a wording, or questions that ask much the same."""

    class Kind(models.TextChoices):
        NOTHING = Wording.Kind.NOTHING.value, _("Searches that found nothing")
        REFUSED = Wording.Kind.REFUSED.value, _("Questions that no suggestion answered")
        REPEATED = "repeated", _("Unanswered questions that ask much the same")

    kind = models.CharField(max_length=10, choices=Kind)
    # Empty where it is questions: their titles are read from the index, if they may still be read.
    words = models.CharField(max_length=200, blank=True)
    questions = models.JSONField(default=list)  # their numbers, the newest first
    # In the last days, and in as many before.
    recent = models.PositiveIntegerField()
    before = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("gap")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="repeated", words="") | ~Q(kind="repeated") & ~Q(words=""),
                name="gap_keeps_no_words_of_a_question",
            )
        ]

    def __str__(self) -> str:
        return self.words or str(self.get_kind_display())


class Spelling(models.Model):
    """A word as it is written somewhere in the index: what a slip of somebody who searches may have been meant as."""

    word = models.CharField(max_length=30, unique=True)
    stem = models.CharField(max_length=WORD_LENGTH, db_index=True)

    def __str__(self) -> str:
        return self.word


class SpellingPiece(models.Model):
    """Three letters in a row of a word of that length."""

    spelling = models.ForeignKey(Spelling, on_delete=models.CASCADE, related_name="pieces")
    piece = models.CharField(max_length=3)
    length = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["piece", "length", "spelling"], name="spelling_piece_is_there_once")
        ]

    def __str__(self) -> str:
        return self.piece
