import logging
import threading

import pytest
from django.core.management import CommandError, call_command

from core import worker

pytestmark = pytest.mark.django_db
calls = []


@pytest.fixture(autouse=True)
def nothing_called():
    calls.clear()


def count() -> int:
    calls.append("count")
    return 1


def fail() -> int:
    calls.append("fail")
    raise ValueError("words that nobody should have to read")


def stop_the_worker() -> int:
    calls.append("stop")
    stopping.set()
    return 1


stopping = threading.Event()
HERE = "tests.core.test_worker."


def test_a_sweep_that_fails_does_not_keep_the_next_from_its_turn(settings, caplog):
    settings.SWEEPS = [HERE + "fail", HERE + "count"]
    with caplog.at_level(logging.ERROR), pytest.raises(CommandError, match="test_worker.fail"):
        call_command("worker", "--once")
    assert calls == ["fail", "count"]
    assert "sweep failed" in caplog.text


def test_a_sweep_that_failed_rests_and_then_starts_afresh(monkeypatch):
    now = 100.0
    monkeypatch.setattr(worker.time, "monotonic", lambda: now)
    sweep = worker.Sweep("fail", fail)
    sweep.take_turn()
    sweep.take_turn()
    assert calls == ["fail"]
    for _ in range(20):
        now = sweep.rests_until
        sweep.take_turn()
    assert sweep.rests_until - now == worker.LONGEST_BACK_OFF
    sweep.call, now = count, sweep.rests_until
    assert sweep.take_turn() == 1
    assert sweep.failures == 0


@pytest.mark.django_db(transaction=True)
def test_the_worker_ends_after_the_sweep_at_work(settings):
    stopping.clear()
    settings.SWEEPS = [HERE + "count", HERE + "stop_the_worker", HERE + "count"]
    worker.run(stopping)
    assert calls == ["count", "stop"]


def test_every_sweep_of_the_site_can_be_found():
    assert all(callable(sweep.call) for sweep in worker.sweeps())


def test_every_sweep_of_the_site_runs_on_an_empty_database():
    call_command("worker", "--once")
