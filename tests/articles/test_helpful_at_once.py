"""Fifty readers at once: each counts, and counts once."""

import uuid

import pytest
from django.db.models import Sum

from articles import actions
from articles.models import Reaction, ReactionDay, ReaderRemark
from tests import factories
from tests.forum.test_marks_at_once import MANY, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def counted() -> dict[str, int]:
    return dict(ReactionDay.objects.filter(count__gt=0).values_list("says").annotate(Sum("count")))


def say(article, says, **reader):
    actions.react(article=article, says=says, key=uuid.uuid4(), **reader)


def test_fifty_readers_count_fifty_times(article):
    crowd = [factories.make_user() for _ in range(MANY // 2)]
    readers = [{"member": one} for one in crowd] + [{"guest": str(n)} for n in range(MANY // 2)]
    at_once([lambda reader=reader: say(article, "yes", **reader) for reader in readers])
    assert counted() == {"yes": MANY}


def test_one_reader_fifty_times_counts_once(article, eve):
    for reader in ({"member": eve, "text": "Good"}, {"guest": "x"}):
        at_once([lambda reader=reader: say(article, "yes", **reader)] * MANY)
    assert (counted(), ReaderRemark.objects.count()) == ({"yes": 2}, 1)


def test_minds_change_and_are_taken_back_at_once(article):
    crowd = [factories.make_user() for _ in range(MANY // 5)]

    def dither(member, number):
        changes = [
            lambda: say(article, "yes", member=member),
            lambda: say(article, "missing", member=member),
            lambda: actions.take_back_reaction(article=article, member=member),
            lambda: say(article, "no", member=member, text="No"),
        ]
        for step in range(4):
            changes[(member.pk + number + step) % 4]()

    at_once([lambda one=one, n=n: dither(one, n) for one in crowd for n in range(5)])
    there: dict[str, int] = {}
    for says in Reaction.objects.values_list("says", flat=True):
        there[says] = there.get(says, 0) + 1
    assert counted() == there
