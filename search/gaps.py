"""What readers looked for and did not find, for those who write: counted by wording and day, and of nobody.

A row holds a wording, a day and how often, and nothing by which to tell who or from where. That one person does not
make up a gap is left to the days: a hundred searches in an hour are many on one day, and nothing is shown before there
were `SHOWN_FROM` on `SHOWN_DAYS` days. What tells of somebody in danger, or has personal details, is not counted at
all. What was looked for once goes after a week, everything after ninety days.

The worker adds up what is shown (`Gap`), so that the page costs the same on a large site. Of questions that ask much
the same it keeps the numbers; their titles are read anew, as a reader who is not signed in may read them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core import support
from core.text import clean
from search import query, words
from search.hits import Hit
from search.models import Entry, Gap, Neighbour, Sameness, Wording

# Who writes more tells a story, and not a subject.
LONGEST, MOST_WORDS = 150, 12
SHOWN_FROM, SHOWN_DAYS = 5, 3
PERIOD = timedelta(days=28)
KEPT, KEPT_ALONE = timedelta(days=90), timedelta(days=7)
# Of each kind so many are shown, the most wanted first; of questions that ask the same, so many.
MOST, MOST_QUESTIONS = 50, 10
# So many unanswered questions are looked at, the newest first.
MOST_ASKED = 1_000
# In seconds.
ADDED_UP_EVERY = 3600
KEY = "gaps"


@dataclass(frozen=True)
class Shown:
    """A gap as editors see it. `words` is what was looked for, or the title of the newest of `questions`."""

    words: str
    recent: int
    before: int
    questions: Sequence[Hit] = ()

    @property
    def trend(self) -> str:
        if self.recent == self.before:
            return _("as often as before")
        if not self.before:
            return _("new")
        return _("more often") if self.recent > self.before else _("less often")


def count(kind: Wording.Kind, text: str) -> None:
    """Count one more `text` that came to nothing today, unless it is too long, says nothing or is private."""
    wording = clean(text).strip()
    asked = list(words.read(wording)) if len(wording) <= LONGEST else []
    stems = {word.stem for word in asked}
    if not stems or len(stems) > MOST_WORDS or support.desk().is_private(wording):
        return
    row = {"kind": kind, "key": " ".join(sorted(stems)), "day": timezone.localdate()}
    said = " ".join(wording[word.start : word.end].lower() for word in asked)
    Wording.objects.bulk_create([Wording(**row, words=said)], ignore_conflicts=True)
    Wording.objects.filter(**row).update(count=F("count") + 1)


def sweep() -> int:
    """Once an hour: forget what is too old, and add up the rest. Returns how many gaps there are."""
    if not cache.add(KEY, True, ADDED_UP_EVERY):
        return 0
    forget()
    return add_up()


def forget() -> int:
    """Returns how many rows went."""
    today = timezone.localdate()
    others = Wording.objects.filter(kind=OuterRef("kind"), key=OuterRef("key")).exclude(pk=OuterRef("pk"))
    alone = Wording.objects.filter(~Exists(others), day__lt=today - KEPT_ALONE, count__lte=1)
    gone = list(alone.values_list("pk", flat=True))
    return Wording.objects.filter(Q(pk__in=gone) | Q(day__lt=today - KEPT)).delete()[0]


def add_up() -> int:
    """Write down anew what editors are shown. Returns how many gaps there are."""
    today = timezone.localdate()
    found = [gap for kind in Wording.Kind for gap in _wordings(kind, today)]
    found += _repeated(timezone.now())
    with transaction.atomic():
        Gap.objects.all().delete()
        Gap.objects.bulk_create(found, batch_size=100)
    return len(found)


def _wordings(kind: Wording.Kind, today: date) -> Iterable[Gap]:
    recent = Q(day__gt=today - PERIOD)
    before = Q(day__gt=today - 2 * PERIOD) & ~recent
    totals = (
        Wording.objects.filter(kind=kind, day__gte=today - KEPT)
        .values("key")
        .annotate(
            said=Min("words"),
            days=Count("pk"),
            total=Sum("count"),
            recently=Sum("count", filter=recent, default=0),
            earlier=Sum("count", filter=before, default=0),
        )
        .filter(days__gte=SHOWN_DAYS, total__gte=SHOWN_FROM)
        .order_by("-recently", "-total", "key")[:MOST]
    )
    for one in totals:
        yield Gap(kind=kind, words=one["said"], recent=one["recently"], before=one["earlier"])


def _repeated(now: datetime) -> list[Gap]:
    """Unanswered questions that everybody may read and that ask much the same as another."""
    unanswered = Entry.objects.filter(kind="question", answers_count=0, audience=Entry.Audience.ALL)
    newest = unanswered.filter(published_at__gte=now - KEPT).order_by("-published_at", "-pk")[:MOST_ASKED]
    asked = {entry.object_id: entry for entry in newest.only("object_id", "published_at")}
    found = []
    for keys in together(_pairs(asked)):
        some = sorted(keys, key=lambda key: (asked[key].published_at, key), reverse=True)
        recent, before = _in_time([asked[key].published_at for key in some], now)
        found.append(Gap(kind=Gap.Kind.REPEATED, questions=some[:MOST_QUESTIONS], recent=recent, before=before))
    return sorted(found, key=lambda gap: (-gap.recent, -gap.before))[:MOST]


def _pairs(asked: Mapping[int, Entry]) -> list[tuple[int, int]]:
    """Those of these questions that ask the same, as far as their neighbours tell."""
    numbers = {entry.pk: number for number, entry in asked.items()}
    near = Neighbour.objects.filter(entry__in=numbers, kind="question", sameness__gt=Sameness.OTHER)
    pairs = near.values_list("entry_id", "other_id")
    return [(numbers[one], numbers[other]) for one, other in pairs if other in numbers]


def together(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """Sets of all that are paired, directly or through others."""
    leaders: dict[int, int] = {}

    def leader(key: int) -> int:
        while leaders.setdefault(key, key) != key:
            leaders[key] = leaders[leaders[key]]
            key = leaders[key]
        return key

    for one, other in pairs:
        leaders[leader(one)] = leader(other)
    sets: dict[int, set[int]] = defaultdict(set)
    for key in list(leaders):
        sets[leader(key)].add(key)
    return list(sets.values())


def _in_time(moments: Collection[datetime], now: datetime) -> tuple[int, int]:
    """How many were in the last period, and how many in the one before."""
    recent = sum(moment > now - PERIOD for moment in moments)
    return recent, sum(moment > now - 2 * PERIOD for moment in moments) - recent


# What is shown


def shown() -> dict[Gap.Kind, list[Shown]]:
    """The gaps of each kind, the most wanted first."""
    found: dict[Gap.Kind, list[Shown]] = defaultdict(list)
    gaps = list(Gap.objects.order_by("pk"))
    open_ones = _unanswered({key for gap in gaps for key in gap.questions})
    now = timezone.now()
    for gap in gaps:
        kind = Gap.Kind(gap.kind)
        if kind != Gap.Kind.REPEATED:
            found[kind].append(Shown(gap.words, gap.recent, gap.before))
            continue
        questions = [open_ones[key] for key in gap.questions if key in open_ones]
        if len(questions) > 1:
            counts = _in_time([hit.published_at for hit in questions], now)
            found[kind].append(Shown(questions[0].title, *counts, questions))
    return {kind: found[kind] for kind in Gap.Kind}


def _unanswered(numbers: Collection[int]) -> dict[int, Hit]:
    """Those of these questions that are unanswered and that a reader who is not signed in may read now."""
    return {
        hit.object_id: hit for hit in query.these("question", numbers, user=AnonymousUser()) if not hit.answers_count
    }
