"""The embedder of the site, tuned to danger: asked where the words of a text leave it open. See ADR 17."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from moderation.rule_set import Kind

WEIGHTS = Path(__file__).parent / "rules_data" / "tuned.npz"
# The only embedder whose values `bin/tune_distress.py` has tuned.
EMBEDDER = "search.minilm.MiniLM"
CHANGED, DOWN, UP = "changed ", "down ", "up "
log = structlog.get_logger("askwell.distress")


@dataclass(frozen=True)
class Said:
    """How much a text reads like danger (the logarithm of the odds), of which kind, and which place says so most."""

    odds: float
    kind: Kind
    place: int


class Tuned:
    """Its weights: offsets and norms in the place of the embedder's, what is added to its matrices, what reads it."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        with np.load(path) as stored:
            changed, down, up = (
                {
                    name.removeprefix(start): stored[name].astype(np.float32)
                    for name in stored.files
                    if name.startswith(start)
                }
                for start in (CHANGED, DOWN, UP)
            )
            self._looks = stored["looks"].astype(np.float32)
            self._out = stored["out"].astype(np.float32)
            self._none = stored["none"].astype(np.float32)
            self._weights, self._enough, self._lowest = stored["weights"], stored["enough"], stored["lowest"]
        self._embedder: Any = import_string(EMBEDDER)(changed, {name: (down[name], up[name]) for name in down})

    def has_to_read(self, level: float, *, is_reply: bool) -> bool:
        """Whether words alone leave it open: they say all there is to say of what is below."""
        return level > float(self._lowest[int(is_reply)])

    def read(self, text: str, piece: tuple[int, int], *, is_reply: bool) -> Said:
        """Read a piece of a text."""
        start, end = piece
        before = "reply: " if is_reply else "question: "
        states, places = self._embedder.states(before + text[start:end])
        looked = np.exp(states @ self._looks)
        looked /= looked.sum(axis=0)
        levels = self._out @ np.concatenate([(looked.T @ states).ravel(), states.mean(axis=0)]) + self._none
        danger = levels[1:]
        odds = float(np.log(np.exp(danger - danger.max()).sum()) + danger.max() - levels[0])
        most = places[int(looked[1:-1].sum(axis=1).argmax()) + 1][0]
        place = max(0, most - len(before)) + start
        return Said(odds, list(Kind)[int(danger.argmax())], place)

    def above(self, level: float, said: Said, *, is_reply: bool) -> float:
        """How far what words say and what this says is together above what is enough for that kind."""
        together = self._weights @ np.array([1, is_reply, level, said.odds])
        return float(together - self._enough[int(is_reply), list(Kind).index(said.kind)])


@lru_cache(maxsize=2)
def _loaded(embedder: str) -> Tuned | None:
    if embedder != EMBEDDER:
        return None
    try:
        return Tuned()
    except Exception as problem:
        # Whatever is wrong with a library or its files: words go on alone.
        log.exception("tuned embedder cannot be loaded", kind=type(problem).__name__)
        return None


def tuned() -> Tuned | None:
    """The one of this process, loaded when it is first asked for; None where the site has another embedder or none."""
    return _loaded(settings.SEARCH_EMBEDDER)
