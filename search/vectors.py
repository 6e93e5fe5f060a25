"""The file of vectors: appended to by the worker, mapped into memory by whoever searches. See ADR 15."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from search.models import Generation

# A row is the key of an entry and its vector in whole numbers of 1/127; the header has the size of a row.
MARK = b"askwell vectors 1\n"
SCALE = 127
# First the nearest by the signs of the first 256 numbers, then these by all numbers.
BITS, SHORT_LIST = 256, 2_000
CHUNK = 50_000


@dataclass
class File:
    """The vectors of one generation. `signs` are in memory: 32 bytes a row, brought up to date when the file grew. They
    stand column by column, since numpy is ten times as slow in adding up many short rows."""

    path: Path
    size: int
    rows: NDArray[Any]
    signs: NDArray[Any] = field(default_factory=lambda: np.zeros((BITS // 64, 0), np.uint64))

    def nearest(self, vector: NDArray[Any], limit: int) -> list[tuple[int, int, float]]:
        """(place, key of the entry, cosine) of the `limit` nearest, the nearest first."""
        if not len(self.rows):
            return []
        places = self._short_list(vector)
        cosines = self.cosines(places, vector)
        best = np.argsort(-cosines, kind="stable")[:limit]
        keys = self.rows["entry"][places[best]]
        return list(zip(places[best].tolist(), keys.tolist(), cosines[best].tolist(), strict=True))

    def cosines(self, places: Sequence[int] | NDArray[Any], vector: NDArray[Any]) -> NDArray[Any]:
        stored = self.rows["vector"][np.asarray(places, dtype=np.int64)].astype(np.float32)
        found: NDArray[Any] = stored @ vector / np.maximum(np.linalg.norm(stored, axis=1), 1)
        return found

    def vector(self, place: int) -> NDArray[Any]:
        """The one at `place`, of length 1."""
        stored = self.rows["vector"][place].astype(np.float32)
        found: NDArray[Any] = stored / max(float(np.linalg.norm(stored)), 1.0)
        return found

    def holds(self, place: int, key: int) -> bool:
        """Whether the row at `place` is of the entry `key`."""
        return place < len(self.rows) and bool(self.rows["entry"][place] == key)

    def _short_list(self, vector: NDArray[Any]) -> NDArray[Any]:
        if len(self.rows) <= SHORT_LIST:
            return np.arange(len(self.rows))
        apart = np.zeros(len(self.rows), np.uint16)
        for stored, asked in zip(self.signs, _signs(vector[None, :]), strict=True):
            apart += np.bitwise_count(stored ^ asked)
        # Counting is quicker than sorting: there are only so many distances.
        furthest = int(np.searchsorted(np.bincount(apart).cumsum(), SHORT_LIST))
        nearer = np.flatnonzero(apart < furthest)
        return np.concatenate([nearer, np.flatnonzero(apart == furthest)[: SHORT_LIST - len(nearer)]])


_open: dict[str, File] = {}
_opening = threading.Lock()


def opened(name: str, size: int) -> File | None:
    """The vectors that the embedder `name` made; None if there are none yet, or the file is not what it should be."""
    number = Generation.objects.filter(embedder=name).values_list("pk", flat=True).last()
    if number is None:
        return None
    path = path_of(number)
    try:
        with _opening:
            return _up_to_date(path, size)
    except (OSError, ValueError):
        return None


def _up_to_date(path: Path, size: int) -> File | None:
    header, row = _header(size), _row(size)
    count = (path.stat().st_size - len(header)) // row.itemsize
    known = _open.get(str(path))
    if known is not None and len(known.rows) == count:
        return known
    with path.open("rb") as file:
        if file.read(len(header)) != header:
            return None
    if count <= 0:
        return File(path, size, np.zeros(0, row))
    rows = np.memmap(path, row, "r", offset=len(header), shape=(count,))
    old = known.signs if known is not None and len(known.rows) < count else np.zeros((BITS // 64, 0), np.uint64)
    chunks = [_signs(rows["vector"][start : start + CHUNK]) for start in range(old.shape[1], count, CHUNK)]
    _open.clear()
    _open[str(path)] = File(path, size, rows, np.concatenate([old, *chunks], axis=1))
    return _open[str(path)]


def append(number: int, size: int, keys: Sequence[int], vectors: NDArray[Any]) -> int:
    """Add rows to the file of generation `number`. Returns the place of the first. Only the worker does this."""
    path, header, row = path_of(number), _header(size), _row(size)
    rows = np.zeros(len(keys), row)
    rows["entry"], rows["vector"] = keys, np.clip(np.rint(vectors * SCALE), -SCALE, SCALE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        if file.read(len(header)) != header:
            raise ValueError(f"{path} is no file of vectors of this size")
        # What a killed worker left half written is written over.
        whole = (file.seek(0, os.SEEK_END) - len(header)) // row.itemsize
        file.seek(len(header) + whole * row.itemsize)
        file.write(rows.tobytes())
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    return whole


def begin(number: int, size: int) -> None:
    """An empty file for generation `number`; those of earlier ones are gone."""
    path = path_of(number)
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("vectors-*.bin"):
        old.unlink(missing_ok=True)
    path.write_bytes(_header(size))


def is_whole(number: int, size: int, count: int) -> bool:
    """Whether the file of generation `number` is there and has at least `count` rows."""
    header, row = _header(size), _row(size)
    try:
        with path_of(number).open("rb") as file:
            return file.read(len(header)) == header and (
                file.seek(0, os.SEEK_END) - len(header) >= count * row.itemsize
            )
    except OSError:
        return False


def path_of(number: int) -> Path:
    return Path(settings.DATA_DIR) / "search" / f"vectors-{number}.bin"


def _header(size: int) -> bytes:
    return MARK + size.to_bytes(4, "little") + b"\n"


def _row(size: int) -> np.dtype:
    return np.dtype([("entry", "<i8"), ("vector", "i1", (size,))])


def _signs(vectors: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(np.packbits(vectors[:, :BITS] > 0, axis=1).view(np.uint64).T)
