"""The page that says how well and how fast the site finds things: tables and plots, out of what was measured."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from search.bench.collections import TASKS, Task

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
HOW = {"words": "words only", "vectors": "with the embedder"}
# Milliseconds, of 95 in 100, that a million documents may take.
FASTEST = {"suggest": 50, "suggest, embedder": 150, "search page": 150, "search page, embedder": 150, "put": 20}
# Whatever somebody sends.
SLOWEST = 300
BAR, ROW, LEFT, WIDTH = 14, 22, 250, 420

Measured = dict[tuple[str, str], dict[str, Any]]


def read(scratch: Path, parts: list[str]) -> tuple[Measured, dict[tuple[str, str], list[dict[str, Any]]]]:
    """What was measured of tasks, by (database, how), task by task; and of speed, likewise, size by size."""
    tasks: Measured = {}
    speeds: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for database in DATABASES:
        for how in HOW:
            for part in parts:
                file = scratch / f"{database}-{part}-{how}.json"
                for one in json.loads(file.read_text()) if file.exists() else ():
                    if "task" in one:
                        tasks.setdefault((database, how), {})[one["task"]] = one
                    else:
                        speeds.setdefault((database, how), []).append(one)
    return tasks, speeds


def missed(tasks: Measured, speeds: Mapping[tuple[str, str], list[dict[str, Any]]]) -> list[str]:
    """A sentence for each bound that was not kept. Bounds have two decimals, and are compared so."""
    sentences = []
    for (database, how), found in tasks.items():
        for task in TASKS:
            bound = _bound(task, how)
            if bound and task.name in found and round(found[task.name]["value"], 2) < bound:
                value = found[task.name]["value"]
                sentences.append(f"{task.name}, {DATABASES[database]}, {HOW[how]}: {value:.3f} instead of {bound:.2f}")
    for (database, _), measured in speeds.items():
        for one in measured:
            bound = _fastest(one)
            if bound and one["p95"] > bound:
                sentences.append(
                    f"{one['what']}, {DATABASES[database]}, {one['documents']:,} documents: "
                    f"{one['p95']:.0f} ms instead of {bound}"
                )
    return sentences


def table_of_tasks(tasks: Measured) -> Iterator[str]:
    columns = [(database, how) for database in DATABASES for how in HOW if (database, how) in tasks]
    names = " | ".join(f"{DATABASES[database]}, {HOW[how]}" for database, how in columns)
    yield f"| task | measure | of | must reach | {names} |"
    yield "|---|---|---|---|" + "---|" * len(columns)
    for task in TASKS:
        found = [tasks[column].get(task.name) for column in columns]
        counts = next((str(one["count"]) for one in found if one), "")
        bound = " / ".join(f"{one:.2f}" for one in task.bounds) if task.bounds else ""
        cells = " | ".join(f"{one['value']:.3f} ± {one['margin']:.3f}" if one else "" for one in found)
        yield f"| {task.name} | {task.measure} | {counts} | {bound} | {cells} |"


def table_of_speeds(speeds: Mapping[tuple[str, str], list[dict[str, Any]]]) -> Iterator[str]:
    yield "| documents | what | database | p50 | p95 | may take | on disk |"
    yield "|---|---|---|---|---|---|---|"
    for (database, _), measured in speeds.items():
        for one in measured:
            bound = _fastest(one) or ""
            times = f"{one['p50']:.1f} ms | {one['p95']:.1f} ms"
            size = f"{one['megabytes']:,.0f} MB" if "megabytes" in one else ""
            yield f"| {one['documents']:,} | {one['what']} | {DATABASES[database]} | {times} | {bound} | {size} |"


def plot(tasks: Measured) -> str:
    """A bar for each task and way, with its interval and its bound, as SVG."""
    database = next(iter(tasks))[0]
    rows = [(task, how) for task in TASKS for how in HOW if task.name in tasks.get((database, how), {})]
    lines = []
    for number, (task, how) in enumerate(rows):
        y = number * ROW + 10
        one = tasks[database, how][task.name]
        colour = "#0a6b5e" if how == "vectors" else "#7a8b99"
        low, high = (_x(one["value"] + sign * one["margin"]) for sign in (-1, 1))
        lines += [
            f'<text x="{LEFT - 8}" y="{y + 11}" text-anchor="end">{task.name if how == "words" else HOW[how]}</text>',
            f'<rect x="{LEFT}" y="{y}" width="{_x(one["value"]) - LEFT:.1f}" height="{BAR}" fill="{colour}"/>',
            f'<path d="M{low:.1f} {y + BAR / 2}H{high:.1f}" stroke="#222"/>',
        ]
        if bound := _bound(task, how):
            lines.append(f'<path d="M{_x(bound):.1f} {y - 3}v{BAR + 6}" stroke="#c0392b" stroke-width="2"/>')
    return _svg(LEFT + WIDTH + 20, len(rows) * ROW + 20, lines)


def page(tasks: Measured, speeds: Mapping[tuple[str, str], list[dict[str, Any]]]) -> str:
    sentences = missed(tasks, speeds)
    lines = [
        "# How well the site finds things",
        "",
        "Written by `make bench-search`, on collections of judged questions that are no part of this repository. ± is",
        "half of the 95 % confidence interval. Where two bounds are named, the first is without an embedder.",
        "",
        *table_of_tasks(tasks),
        "",
        "![How well, with intervals; the red lines are the bounds](search-quality.svg)",
        "",
    ]
    if speeds:
        lines += ["## How fast", "", "Warm, one question at a time.", "", *table_of_speeds(speeds), ""]
    lines += ["## Missed", "", *(f"- {one}" for one in sentences or ["No bound."]), ""]
    return "\n".join(lines)


def _fastest(one: Mapping[str, Any]) -> int | None:
    if one["what"].endswith("odd input"):
        return SLOWEST
    return FASTEST.get(one["what"]) if one["documents"] >= 1_000_000 else None


def _bound(task: Task, how: str) -> float | None:
    return task.bounds[how == "vectors"] if task.bounds else None


def _x(value: float) -> float:
    return LEFT + WIDTH * max(0.0, min(1.0, value))


def _svg(width: int, height: int, lines: list[str]) -> str:
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
            'font-size="12">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *lines,
            "</svg>\n",
        ]
    )
