"""The embedder of the site, which remembers what it has embedded: both databases of a bench get the same vectors."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from search.minilm import MiniLM


class Kept(MiniLM):
    """Vectors are kept beside the folders of the scratch databases, by the hash of their text."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = sqlite3.connect(Path(settings.DATA_DIR).parent / "kept.sqlite3", check_same_thread=False)
        self._kept.execute("CREATE TABLE IF NOT EXISTS kept (hash BLOB PRIMARY KEY, vector BLOB)")

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        # A question, whose answer takes as long as it takes the site.
        if len(texts) == 1:
            return super().embed(texts)
        hashes = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        known = {key: self._known(key) for key in hashes}
        missing = {key: text for key, text in zip(hashes, texts, strict=True) if known[key] is None}
        if missing:
            made = super().embed(list(missing.values()))
            known |= zip(missing, made, strict=True)
            self._kept.executemany(
                "INSERT OR IGNORE INTO kept VALUES (?, ?)",
                [(key, vector.tobytes()) for key, vector in zip(missing, made, strict=True)],
            )
            self._kept.commit()
        return np.array([known[key] for key in hashes])

    def _known(self, key: bytes) -> NDArray[Any] | None:
        row = self._kept.execute("SELECT vector FROM kept WHERE hash = ?", [key]).fetchone()
        return np.frombuffer(row[0], np.float32) if row else None
