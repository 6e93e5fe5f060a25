"""What runs in the background: every function named in `settings.SWEEPS`, in turn, for as long as the process lives."""

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string

PAUSE = 1.5  # seconds between rounds in which there was nothing to do
LONGEST_BACK_OFF = 300  # seconds that a failing sweep is left alone at most

log = structlog.get_logger("askwell.worker")


@dataclass
class Sweep:
    """A function that does what is due and returns how much that was. It may be called at any time, and again."""

    name: str
    call: Callable[[], int]
    failures: int = 0
    rests_until: float = 0.0

    def take_turn(self) -> int:
        """Never raises: a sweep that fails is logged and rests, twice as long after each failure."""
        if time.monotonic() < self.rests_until:
            return 0
        try:
            done = self.call()
        except Exception as problem:
            self.failures += 1
            rest = min(2**self.failures, LONGEST_BACK_OFF)
            self.rests_until = time.monotonic() + rest
            log.exception(
                "sweep failed", sweep=self.name, failures=self.failures, rest=rest, kind=type(problem).__name__
            )
            return 0
        self.failures = 0
        if done:
            log.info("sweep done", sweep=self.name, count=done)
        return done


def sweeps() -> list[Sweep]:
    return [Sweep(name, import_string(name)) for name in settings.SWEEPS]


def run_once() -> list[str]:
    """One turn of every sweep. Returns the names of those that failed."""
    everything = sweeps()
    for sweep in everything:
        sweep.take_turn()
    return [sweep.name for sweep in everything if sweep.failures]


def run(stopping: threading.Event) -> None:
    """Rounds of turns until `stopping` is set; the sweep at work then is finished first."""
    everything = sweeps()
    while not stopping.is_set():
        close_old_connections()
        done = 0
        for sweep in everything:
            if not stopping.is_set():
                done += sweep.take_turn()
        if not done:
            stopping.wait(PAUSE)


def stopped_by_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set."""
    stopping = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopping
