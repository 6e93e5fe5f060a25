"""An answer is collapsed until a moderator has read what is said against it, and expanded. Called by the desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from forum import documents
from forum.actions.publishing import lock
from forum.models import Answer


@transaction.atomic
def collapse(*, answer: Answer) -> None:
    """Whoever wants to can still open it, but nobody is led to it. Doing it twice does nothing."""
    lock(answer)
    if answer.collapsed_at is None:
        _set(answer, timezone.now())


@transaction.atomic
def expand(*, answer: Answer) -> None:
    """It is shown as before. Doing it twice does nothing."""
    lock(answer)
    if answer.collapsed_at is not None:
        _set(answer, None)


def _set(answer: Answer, collapsed_at: datetime | None) -> None:
    answer.collapsed_at = collapsed_at
    answer.save(update_fields=["collapsed_at"])
    documents.index(answer)
