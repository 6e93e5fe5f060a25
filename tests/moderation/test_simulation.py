"""While a moderator is on duty, what is known to tell of a crisis is read within 15 minutes: see simulation/."""

import faulthandler
import sys

import pytest
from django.db import connection, transaction

from tests.moderation.simulation import clock, run


@pytest.mark.soak
@pytest.mark.django_db
def test_a_crisis_is_read_within_a_quarter_of_an_hour_while_somebody_is_on_duty(capsys):
    if connection.vendor != "sqlite":
        pytest.skip("how long people take is the same on every database")
    # It takes longer than any other test may.
    faulthandler.cancel_dump_traceback_later()

    def say(words: str) -> None:
        with capsys.disabled():
            sys.stderr.write(words)
            sys.stderr.flush()

    results = []
    for seed in clock.ROUNDS:
        with transaction.atomic():
            results.append(run.simulate(clock.DAYS, seed=seed, say=say))
            transaction.set_rollback(True)
    result = run.together(results)
    say("\n" + run.table(result) + "\n")
    assert run.percentile(run.told_by_day(result), 0.95) <= 15
