"""What every step of an article on its way begins and ends with."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from articles.models import Article, Revision, Step, Text

TEXT_NAMES = {field.name for field in Text._meta.local_fields}
# What is told of an article beside its words and its address.
STANDING = [field.name for field in Article._meta.local_fields if field.name not in {*TEXT_NAMES, "id", "slug"}]
NO_SCHEDULE = {"scheduled": None, "scheduled_for": None, "scheduled_by": None, "scheduled_next_review_on": None}


class NotReady(Exception):
    """An article cannot go on yet; `missing` holds a sentence for each thing that it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(*missing)
        self.missing = missing


def current_text(article: Article) -> Revision:
    """The current text of `article`, which nobody else changes until the end of the transaction."""
    lock(article)
    return article.revisions.select_related("author").latest("number")


def lock(article: Article) -> None:
    """Learn where `article` stands, and keep others from moving it; the words on it stay as they are."""
    article.refresh_from_db(fields=STANDING, from_queryset=Article.objects.select_for_update())


def record(kind: Step.Kind, revision: Revision, editor: User | None, note: str = "") -> None:
    Step.objects.create(kind=kind, revision=revision, editor=editor, note=note[: Step.note.field.max_length])
