"""The values that an ONNX file holds, by name: onnxruntime takes others in their place but does not tell them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The numbers of the fields that lead to them in ONNX's protobuf, and of the two types that weights have.
GRAPH, VALUE, SHAPE, TYPE, NAME, RAW = 7, 5, 1, 2, 8, 9
TYPES = {1: np.float32, 3: np.int8}
# How a field is written: as a number, or as so many bytes as a number before them says.
NUMBER, BYTES = 0, 2


def stored_values(path: Path) -> dict[str, NDArray[Any]]:
    graph = next(inner for field, inner in _fields(memoryview(path.read_bytes())) if field == GRAPH)
    found = {}
    for field, value in _fields(graph):
        if field == VALUE:
            said = list(_fields(value))
            one = dict(said)
            if kind := TYPES.get(one[TYPE]):
                shape = [inner for field, inner in said if field == SHAPE]
                found[bytes(one[NAME]).decode()] = np.frombuffer(one[RAW], kind).reshape(shape)
    return found


def _fields(data: memoryview) -> Iterator[tuple[int, Any]]:
    place = 0
    while place < len(data):
        key, place = _number(data, place)
        number, place = _number(data, place)
        if key & 7 == BYTES:
            yield key >> 3, data[place : place + number]
            place += number
        elif key & 7 == NUMBER:
            yield key >> 3, number
        else:
            raise ValueError(f"unknown way to write a field: {key & 7}")


def _number(data: memoryview, place: int) -> tuple[int, int]:
    """Seven bits of each byte, the lowest first; its highest bit says that another follows."""
    number = shift = 0
    while True:
        byte = data[place]
        number |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return number, place
