"""What readers of the demo did, and a reviewer said: what editors find on their pages about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import yaml

import articles.actions
from accounts.models import User
from articles.models import Article, Remark, Said
from demo import clock
from demo.library import CONTENT
from search import gaps, tallies
from search.hits import Hit
from search.models import SuggestionDay, Wording


def load(cast: dict[str, User]) -> None:
    """Once: what is counted of nobody cannot be known again, so nothing is added where anything was counted."""
    if Wording.objects.exists() or SuggestionDay.objects.exists():
        return
    readers = yaml.safe_load((CONTENT / "readers.yaml").read_text())
    for kind in Wording.Kind:
        for row in readers[kind.value]:
            for _day in _days(row):
                for _time in range(row["times"]):
                    gaps.count(kind, row["words"])
    gaps.add_up()
    for row in readers["suggested"]:
        for _day in _days(row):
            _suggest(Article.objects.get(slug=row["article"]), row)
    for row in readers["helped"]:
        for day in _days(row):
            _react(Article.objects.get(slug=row["article"]), row, day)
    for row in readers["remarked"]:
        revision = Article.objects.get(slug=row["article"]).revisions.latest("number")
        if not Remark.objects.filter(revision=revision).exists():
            articles.actions.remark(
                revision=revision, body=row["body"], passage=row["passage"], reviewer=cast["clinician"]
            )


def _days(row: dict[str, Any]) -> Iterator[int]:
    """Each of the days on which it happened, with the clock set to it."""
    for day in row["days_ago"]:
        with clock.at(clock.hours_ago(24 * day)):
            yield day


def _suggest(article: Article, row: dict[str, Any]) -> None:
    """Shown to as many readers as opened it, of whom some say that it answers them, post all the same, or refuse it."""
    hit = Hit("article", article.pk, article.get_absolute_url(), article.title, article.created_at)
    for number in range(row["opened"]):
        (token,) = tallies.tokens([hit])
        tallies.opened(token)
        if number < row["answered"]:
            tallies.answers(token)
        if number < row["posted"]:
            tallies.posted_anyway(token)
        if number >= row["opened"] - row["refused"]:
            tallies.refused(token)


def _react(article: Article, row: dict[str, Any], day: int) -> None:
    articles.actions.react(
        article=article,
        says=Said(row["says"]),
        key=uuid.uuid4(),
        guest=articles.actions.guest_key(article, f"demo {row['says']} {day}", "demo"),
        text=row.get("text"),
    )
