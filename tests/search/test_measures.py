"""What the bench counts, by hand."""

import io

import pytest

from core.progress import Progress
from search.bench import measures, native, report
from search.models import Entry


def test_the_first_that_answers_counts_by_its_place():
    judged = {"a": {"x": 3, "y": 1}, "b": {"z": 2}, "c": {"y": 1}}
    found = {"a": ["y", "x"], "b": ["q"], "c": ["y"]}
    measured = measures.of_rankings("MRR@10", found, judged)
    assert (measured.value, measured.count) == (0.25, 2)
    assert measures.of_rankings("S@1", found, judged).value == 0
    assert measures.of_rankings("S@2", found, judged).value == 0.5


def test_pairs_are_told_apart_as_often_as_the_right_one_scores_higher():
    assert measures.auc([(0.9, True), (0.1, False), (0.5, True), (0.5, False)]).value == 0.875


def test_a_missed_bound_is_said():
    name = "MQP: the same question"
    tasks = {("sqlite", "words"): {name: {"task": name, "value": 0.7, "margin": 0.01, "count": 9}}}
    speeds = {("sqlite", "words"): [{"what": "put", "documents": 1_000_000, "p50": 5.0, "p95": 31.0}]}
    said = report.page(tasks, speeds)
    assert f"- {name}, SQLite, words only: 0.700 instead of 0.80" in said
    assert "- put, SQLite, 1,000,000 documents: 31 ms instead of 20" in said
    slow = {"what": "search page, odd input", "documents": 10_000, "p50": 5.0, "p95": 301.0}
    assert "301 ms instead of 300" in report.page(tasks, {("postgresql", "words"): [slow]})
    assert report.plot(tasks).count("<rect") == 2


def test_the_index_of_the_database_is_asked_for_the_same_words(library):
    library.question("Cramps at night", body="In the calf.", object_id=1)
    library.question("Twitching eyelid", body="After coffee.", object_id=2)
    for _ in range(2):
        native.build()
    number = Entry.objects.get(object_id=2).pk
    assert [ask("Why is my eyelid twitching?") for ask in native.ways().values()] == [[number], [number]]
    assert all(size > 0 for size in native.sizes().values())


@pytest.mark.parametrize("total", [None, 3])
def test_progress_hands_on_what_it_is_given(total):
    assert list(Progress(io.StringIO()).over(iter("abc"), total=total)) == ["a", "b", "c"]
