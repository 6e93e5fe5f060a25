"""The articles and topics of the demo, out of demo/content/."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

import articles.actions
from accounts.models import User
from articles.models import Article, Topic
from demo import clock, people

CONTENT = Path(__file__).parent / "content"


def load_topics() -> None:
    for position, row in enumerate(yaml.safe_load((CONTENT / "topics.yaml").read_text())):
        if Topic.objects.at(row["slug"]):
            continue
        topic = Topic(
            slug=row["slug"],
            name=row["name"],
            parent=Topic.objects.get(slug=row["parent"]) if row["parent"] else None,
            description=row["description"],
            is_sensitive=row["sensitive"],
            position=position,
        )
        articles.actions.save_topic(topic=topic)


def load_articles(editor: User) -> None:
    texts = [_read(file) for file in sorted((CONTENT / "articles").glob("*.md"))]
    published = [words["slug"] for words, _body in texts if words["state"] == "published"]
    for words, body in texts:
        if Article.objects.at(words["slug"]) is None:
            _write(words, body, editor, together=published)


def _read(file: Path) -> tuple[dict[str, Any], str]:
    _, front, body = file.read_text().split("---\n", 2)
    return yaml.safe_load(front), body.strip()


def _write(words: dict[str, Any], body: str, editor: User, *, together: Sequence[str]) -> None:
    checked = clock.hours_ago(24 * words["checked_days_ago"])
    with clock.at(checked - timedelta(days=2)):
        article = articles.actions.create(
            editor=editor,
            slug=words["slug"],
            title=words["title"],
            topic=Topic.objects.get(slug=words["topic"]),
            standfirst=words["standfirst"].strip(),
            key_points=_lines(words["key_points"]),
            body=body,
            help_emergency=_lines(words["help_emergency"]),
            help_soon=_lines(words["help_soon"]),
            help_visit=_lines(words["help_visit"]),
            lay_words=_lines(words["lay_words"]),
            byline=words["byline"],
            sources=words["sources"],
        )
    if words["state"] == "draft":
        return
    with clock.at(checked - timedelta(days=1)):
        revision = articles.actions.submit_for_review(article=article, editor=editor)
    if words["state"] != "published":
        return
    with clock.at(checked):
        articles.actions.sign_off(revision=revision, reviewer=people.reviewer(words["reviewed_by"]))
        articles.actions.publish(
            article=article,
            editor=editor,
            next_review_on=timezone.localdate() + timedelta(days=round(words["months_until_review"] * 30.44)),
            together=together,
        )


def _lines(value: list[str] | str) -> str:
    return value if isinstance(value, str) else "\n".join(value)
