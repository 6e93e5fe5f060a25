"""How good a ranking is, and how sure we are of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# Of graded judgements ("incorrect" to "excellent", 0 to 3) these say that it answers.
GRADED, ANSWERS = 3, 2


@dataclass(frozen=True)
class Measured:
    """A figure between 0 and 1, and half the width of its 95 % confidence interval; over `count` questions or pairs."""

    value: float
    margin: float
    count: int


def of_rankings(measure: str, found: Mapping[str, Sequence[str]], judged: Mapping[str, Mapping[str, int]]) -> Measured:
    """`measure` is "MRR@k" or "S@k" (something relevant among the first k). Questions without any are left out."""
    least = ANSWERS if any(grade >= GRADED for graded in judged.values() for grade in graded.values()) else 1
    name, k = measure.split("@")
    values = []
    for question, graded in judged.items():
        relevant = {document for document, grade in graded.items() if grade >= least}
        if relevant:
            place = first_place(found.get(question, ())[: int(k)], relevant)
            values.append((1 / place if name == "MRR" else 1) if place else 0)
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)
    return Measured(mean, 1.96 * math.sqrt(variance / len(values)), len(values))


def first_place(found: Sequence[str], relevant: set[str]) -> int:
    """The place of the first that is relevant, from 1; 0 if none is."""
    return next((place for place, document in enumerate(found, start=1) if document in relevant), 0)


def auc(scored: Sequence[tuple[float, bool]]) -> Measured:
    """How often a pair that belongs together scores above one that does not; ties count half.

    The interval is that of Hanley and McNeil, "The meaning and use of the area under a ROC curve", Radiology 1982.
    """
    ranked = sorted(scored)
    together = sum(label for _, label in ranked)
    apart = len(ranked) - together
    ranks, start = 0.0, 0
    while start < len(ranked):
        end = start
        while end < len(ranked) and ranked[end][0] == ranked[start][0]:
            end += 1
        ranks += sum(label for _, label in ranked[start:end]) * (start + 1 + end) / 2
        start = end
    area = (ranks - together * (together + 1) / 2) / (together * apart)
    one, other = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (together - 1) * (one - area**2) + (apart - 1) * (other - area**2)
    return Measured(area, 1.96 * math.sqrt(spread / (together * apart)), len(ranked))
