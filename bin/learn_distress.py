"""Learn how much a text reads like danger, from the texts in tests/moderation/distress_cases: see ADR 17.

python bin/learn_distress.py            how well, each writer's texts left out in turn
python bin/learn_distress.py --write    learn from all of them and write moderation/rules_data/learned.npz
--questions FILE                        JSON lines with "question": how many of real questions would be held
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from pathlib import Path

import django
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from ordinary_questions import ordinary_questions  # noqa: E402

from moderation import learned  # noqa: E402
from moderation.distress import rule_set  # noqa: E402
from moderation.rule_set import Kind  # noqa: E402

VERSION = 1
CASES = ROOT / "tests" / "moderation" / "distress_cases"
# The rules were written by what is known: what they find there says nothing of how often they are right.
WRITERS = ("known", "indirect", "first", "second", "third")
RULES_WERE_WRITTEN_BY = "known"
ORDINARY, LONG = 2500, 200
# What the sum of the weights must reach, in a question and in a reply. Chosen by the table that this script prints.
ENOUGH = (2.9, 2.0)
# How strongly weights are kept small, how many steps of learning, and how long the first of them is.
WORDS_SHRINK, BESIDE_SHRINK, STEPS, FASTEST = 0.1, 1.0, 250, 0.1
REAL = "real"
BESIDE = len(learned.beside_words([], is_reply=False))


class Texts:
    """Of each text its features, its kind (0 for none, else 1 + its place in Kind), and its writer."""

    def __init__(self, rows: list[tuple[str, dict]]) -> None:
        rules = rule_set()
        numbers, self.beside, sizes = [], np.zeros((len(rows), BESIDE), np.float32), []
        self.texts = [f"{said.get('title', '')}\n{said.get('body', '')}" for _writer, said in rows]
        self.writers = np.array([writer for writer, _said in rows])
        self.is_reply = np.array([said.get("kind", "question") != "question" for _writer, said in rows])
        self.kinds = np.array([_place(said.get("expect", "none")) for _writer, said in rows])
        for place, text in enumerate(self.texts):
            is_reply = bool(self.is_reply[place])
            numbers.append(learned.features(learned.read(text), is_reply=is_reply))
            found = rules.found_in(text, is_reply=is_reply) if self.writers[place] != RULES_WERE_WRITTEN_BY else []
            self.beside[place] = learned.beside_words(found, is_reply=is_reply)
            sizes.append(len(numbers[-1]))
        self.numbers, self.sizes = np.concatenate(numbers), np.array(sizes)
        self.rows = np.repeat(np.arange(len(rows)), self.sizes)
        self.each = np.repeat([learned.scale(size) for size in sizes], self.sizes).astype(np.float32)

    def levels(self, words: np.ndarray, beside: np.ndarray) -> np.ndarray:
        said = np.bincount(self.rows, words[self.numbers % len(words)] * self.each, len(self.sizes))
        return said + self.beside @ beside


def _place(expected: str) -> int:
    return 0 if expected == "none" else 1 + list(Kind).index(Kind(expected))


def learn(texts: Texts, is_so: np.ndarray, counts: np.ndarray, buckets: int) -> list[np.ndarray]:
    """Logistic regression by Adam: weights of words, and of what is beside them. `counts`: what each text is worth."""
    weights = [np.zeros(buckets), np.zeros(BESIDE)]
    slopes, squares = ([np.zeros_like(one) for one in weights] for _each in range(2))
    places, sign = texts.numbers % buckets, np.where(is_so, 1.0, -1.0)
    for step in range(1, STEPS + 1):
        wrong = -sign * counts / (1 + np.exp(sign * texts.levels(*weights)))
        raw = [
            np.bincount(places, wrong[texts.rows] * texts.each, buckets) + WORDS_SHRINK * weights[0],
            texts.beside.T @ wrong + BESIDE_SHRINK * weights[1],
        ]
        for weight, slope, square, now in zip(weights, slopes, squares, raw, strict=True):
            slope += 0.1 * (now - slope)
            square += 0.01 * (now * now - square)
            first, second = slope / (1 - 0.9**step), square / (1 - 0.99**step)
            weight -= FASTEST * (1 - step / (STEPS + 1)) * first / (np.sqrt(second) + 1e-6)
    return weights


def balanced(is_so: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """What each text is worth: both sides the same together, what is not chosen nothing."""
    share = is_so[chosen].mean()
    return np.where(chosen, np.where(is_so, 0.5 / share, 0.5 / (1 - share)), 0.0)


def left_out(texts: Texts) -> np.ndarray:
    """The level of each text by weights that were learned without its writer."""
    levels = np.zeros(len(texts.texts))
    is_danger = texts.kinds > 0
    for writer in (*WRITERS, REAL):
        theirs = texts.writers == writer
        if theirs.any():
            chosen = ~theirs & (texts.writers != REAL)
            levels[theirs] = texts.levels(*learn(texts, is_danger, balanced(is_danger, chosen), learned.BUCKETS))[
                theirs
            ]
    return levels


def table(texts: Texts, levels: np.ndarray) -> None:
    """How much of danger is noticed where so much of the harmless is held."""
    for name, is_reply in (("questions", False), ("replies", True)):
        here = (texts.is_reply == is_reply) & (texts.writers != REAL) & (texts.writers != "ordinary")
        danger, harmless = (levels[here & (texts.kinds > 0)], levels[here & (texts.kinds == 0)])
        real = levels[(texts.writers == REAL) & ~here] if not is_reply else np.zeros(0)
        print(f"{name}: {len(danger)} of danger, {len(harmless)} harmless")
        for share in (0.5, 1, 2, 3, 5, 7, 10, 15):
            enough = np.quantile(harmless, 1 - share / 100)
            held = f", of real questions {np.mean(real > enough):6.1%}" if len(real) else ""
            print(f"  above {enough:5.2f}: held {share:4.1f}%{held}, noticed {np.mean(danger > enough):6.1%}", end="; ")
            of_writers = ((writer, levels[here & (texts.writers == writer) & (texts.kinds > 0)]) for writer in WRITERS)
            print(", ".join(f"{writer} {np.mean(theirs > enough):.0%}" for writer, theirs in of_writers if len(theirs)))


def write(texts: Texts) -> None:
    is_danger = texts.kinds > 0
    chosen = texts.writers != REAL
    words, beside = learn(texts, is_danger, balanced(is_danger, chosen), learned.BUCKETS)
    of_kinds = [
        learn(texts, texts.kinds == place, balanced(texts.kinds == place, is_danger), learned.KIND_BUCKETS)
        for place in range(1, 1 + len(Kind))
    ]
    packed, scale = in_bytes(words[None])
    kinds, kinds_scale = in_bytes(np.array([weights for weights, _beside in of_kinds]))
    np.savez_compressed(
        learned.WEIGHTS,
        version=VERSION,
        words=packed[0],
        words_scale=scale[0],
        kinds=kinds,
        kinds_scale=kinds_scale,
        beside=beside.astype(np.float32),
        kinds_beside=np.array([theirs[0] for _weights, theirs in of_kinds], np.float32),
        enough=np.array(ENOUGH, np.float32),
    )


def in_bytes(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows of weights as whole numbers of 8 bits, and what each row is to be multiplied by."""
    scale = np.abs(weights).max(axis=1) / 127
    return np.round(weights / scale[:, None]).astype(np.int8), scale.astype(np.float32)


def rows_of(questions: Path | None) -> list[tuple[str, dict]]:
    rows = [
        (writer, json.loads(line))
        for writer in WRITERS
        for file in (CASES / f"{writer}-danger.jsonl", CASES / f"{writer}-harmless.jsonl")
        for line in file.read_text().splitlines()
    ]
    for writer in WRITERS:
        rows += long_ones(writer, [said for theirs, said in rows if theirs == writer])
    rows += [("ordinary", {"title": text}) for text in ordinary_questions(ORDINARY)]
    if questions:
        rows += [(REAL, {"title": json.loads(line)["question"]}) for line in questions.read_text().splitlines()]
    return rows


def long_ones(writer: str, rows: list[dict]) -> list[tuple[str, dict]]:
    """Stories as people tell them: much that is harmless, and in some of them a hint."""
    choice = random.Random(writer)
    asked = [said for said in rows if said["kind"] == "question"]
    harmless = [told(said) for said in asked if said["expect"] == "none"] + list(ordinary_questions(100, seed=2))
    danger = [said for said in asked if said["expect"] != "none"]
    made = []
    for number in range(LONG):
        parts = choice.sample(harmless, choice.randint(3, 6))
        hinted = choice.choice(danger) if number % 3 == 0 else None
        if hinted:
            parts.insert(choice.randint(0, len(parts)), told(hinted))
        text = " ".join(parts)
        made.append((writer, {"body": text.lower(), "expect": hinted["expect"] if hinted else "none"}))
    return made


def told(said: dict) -> str:
    return f"{said['title']} {said['body']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--questions", type=Path)
    said = parser.parse_args()
    texts = Texts(rows_of(said.questions))
    if said.write:
        write(texts)
    else:
        table(texts, left_out(texts))


if __name__ == "__main__":
    main()
