"""By what a text is known again, also when a few words were changed: how its marks are made, kept, found and let go."""

from __future__ import annotations

import hashlib
import heapq
import math
import re
import unicodedata
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from forum.desk import with_more
from forum.models import Edit, Post
from moderation.models import Mark, Print

# How long a text is known again.
KEPT = timedelta(days=7)
# What is shorter, many people say: "Thank you so much, that helped me a lot".
FEWEST_WORDS = 12
IN_A_ROW = 3
# The marks of a text, and which part of them another must share.
MARKS, SHARED = 24, 0.6

_QUOTED = re.compile(r"^ {0,3}>.*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")


def marks_of(text: str) -> frozenset[int]:
    """The smallest hashes of three words in a row, keyed with the site's secret; none of what is too short to tell.

    Letters, signs and numbers may differ in form, and what is quoted of others does not count. See A. Broder, On the
    resemblance and containment of documents, 1997.
    """
    said = unicodedata.normalize("NFKC", _QUOTED.sub("", text)).casefold()
    words = [_NUMBER.sub("0", word) for word in _WORD.findall(said)]
    if len(words) < FEWEST_WORDS:
        return frozenset()
    rows = {" ".join(words[place : place + IN_A_ROW]) for place in range(len(words) - IN_A_ROW + 1)}
    return frozenset(heapq.nsmallest(MARKS, map(_hash, rows)))


def like(text: str) -> QuerySet[Print]:
    """The prints of the last days of texts that are nearly the same. One query, along the index of marks."""
    marks = marks_of(text)
    if not marks:
        return Print.objects.none()
    enough = math.ceil(len(marks) * SHARED)
    now = timezone.now()
    recent = Print.objects.filter(made_at__range=(now - KEPT, now), marks__value__in=marks)
    return recent.annotate(shared=Count("marks")).filter(shared__gte=enough)


def keep(text: Edit) -> None:
    """Know a text again that somebody sent."""
    if text.editor is None or not (marks := marks_of(f"{text.title}\n{with_more(text.body, text.tags, text.reason)}")):
        return
    made = Print.objects.create(text=text, author=text.editor)
    Mark.objects.bulk_create(Mark(of=made, value=value) for value in marks)


def forget(post: Post) -> None:
    """Its author took it back, and may well send it elsewhere."""
    Print.objects.filter(text__in=Edit.objects.about(post).values("pk")).delete()


def forget_old() -> int:
    return Print.objects.filter(made_at__lt=timezone.now() - KEPT).delete()[0]


def _hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode(), digest_size=8, key=settings.SECRET_KEY.encode()[:64]).digest()
    return int.from_bytes(digest, "big", signed=True)
