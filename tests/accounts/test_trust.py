"""How trust is earned and lost, and what somebody is told of it."""

import pytest

from accounts import trust
from accounts.trust import Record

NEW, BASIC, TRUSTED = trust.LEVELS
FULL = {"days": 30, "published": 20, "helped": 5}


@pytest.mark.parametrize(
    ("now", "record", "level"),
    [
        (NEW, Record(3, 3, 0), BASIC),
        (NEW, Record(2, 3, 0), NEW),
        (NEW, Record(3, 2, 0), NEW),
        (NEW, Record(**FULL), TRUSTED),
        (BASIC, Record(**FULL), TRUSTED),
        *((BASIC, Record(**FULL | {name: FULL[name] - 1}), BASIC) for name in FULL),
        # Earned once, it is lost by decisions alone.
        (BASIC, Record(0, 0, 0), BASIC),
        (TRUSTED, Record(0, 0, 0), TRUSTED),
        (TRUSTED, Record(**FULL, against=[89]), BASIC),
        (BASIC, Record(**FULL, against=[1]), BASIC),
        (BASIC, Record(**FULL, against=[1, 2]), BASIC),
        (BASIC, Record(**FULL, against=[1, 2, 3]), NEW),
        (TRUSTED, Record(**FULL, against=[1, 2, 3]), NEW),
        (NEW, Record(3, 3, 0, against=[1, 2]), BASIC),
    ],
)
def test_the_level_that_somebody_has(now, record, level):
    assert trust.level(now, record) == level


@pytest.mark.parametrize(
    ("now", "record", "missing"),
    [
        (NEW, Record(1, 2, 0), ["2 more days", "1 more published post"]),
        (NEW, Record(5, 5, 0, [80, 70, 10]), ["10 more days without a decision against you"]),
        (BASIC, Record(22, 20, 3), ["8 more days", "2 more answers marked helpful"]),
        (BASIC, Record(40, 19, 4), ["1 more published post", "1 more answer marked helpful"]),
        (BASIC, Record(**FULL, against=[60, 89]), ["30 more days without a decision against you"]),
        (BASIC, Record(**FULL), []),
        (TRUSTED, Record(0, 0, 0), []),
    ],
)
def test_what_is_missing_is_said(now, record, missing):
    assert trust.missing(now, record) == missing
    assert bool(missing) == (trust.level(now, record) == now and now != TRUSTED)


def test_each_level_may_at_least_as_much_as_the_one_before():
    for lower, higher in zip(trust.LEVELS, trust.LEVELS[1:], strict=False):
        less, more = trust.ALLOWANCES[lower], trust.ALLOWANCES[higher]
        assert all(less.a_day[kind] <= more.a_day[kind] for kind in less.a_day)
        assert less.links <= more.links and less.reports_a_day <= more.reports_a_day
        assert less.is_read_first >= more.is_read_first and less.has_pictures <= more.has_pictures
