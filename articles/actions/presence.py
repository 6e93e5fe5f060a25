"""Who has an article open, so that editors see each other before they save."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from articles.models import Article, Presence


def be_present(*, article: Article, editor: User, is_writing: bool) -> None:
    """Say that `editor` has `article` open; whoever went without a word is forgotten."""
    Presence.objects.gone().delete()
    Presence.objects.update_or_create(
        article=article, editor=editor, defaults={"seen_at": timezone.now(), "is_writing": is_writing}
    )
