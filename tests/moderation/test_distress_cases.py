"""What the rules of distress were written by stays noticed, harmless texts untouched: distress_cases/README.md."""

import json
from pathlib import Path

from moderation.distress import found_in, rule_set

CASES = Path(__file__).parent / "distress_cases"


def noticed(name: str) -> list[bool]:
    rules = rule_set()
    texts = map(json.loads, (CASES / name).read_text().splitlines())
    return [
        bool(found_in(f"{text['title']}\n{text['body']}", is_reply=text["kind"] != "question", rules=rules))
        for text in texts
    ]


def test_danger_is_noticed():
    assert sum(noticed("known-danger.jsonl")) >= 0.95 * 300


def test_harmless_texts_are_left_alone():
    assert sum(noticed("known-harmless.jsonl")) <= 0.02 * 300
