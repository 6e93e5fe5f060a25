"""The port to what turns texts into vectors, named by `settings.SEARCH_EMBEDDER`. Without one, words alone decide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string
from numpy.typing import NDArray

log = structlog.get_logger("askwell.search")


class Embedder(Protocol):
    """Texts that mean about the same get vectors with a high cosine. `name` changes when the vectors would."""

    name: str
    size: int

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """One row of `size` floats of length 1 for each text."""


def current() -> Embedder | None:
    """The one of this process, loaded when it is first asked for; None if there is none, or it cannot be loaded."""
    return _loaded(settings.SEARCH_EMBEDDER)


@lru_cache(maxsize=1)
def _loaded(path: str) -> Embedder | None:
    if not path:
        return None
    try:
        embedder: Embedder = import_string(path)()
    except Exception as problem:
        # Whatever is wrong with a library or its files: search goes on by words.
        log.exception("embedder cannot be loaded", embedder=path, kind=type(problem).__name__)
        return None
    return embedder
