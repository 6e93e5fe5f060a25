"""What notifications for those who work on the library are about."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from accounts.models import User
from articles import rules
from articles.models import Article
from notifications.subjects import Subject


def find(ids: Collection[int], user: User) -> dict[int, Subject]:
    """Articles as they are worked on, for who may read drafts: the page where editors and reviewers meet."""
    if not rules.may_read_drafts(user):
        return {}
    return {
        article.pk: Subject(title=article.title, url=reverse("admin:articles_article_review", args=[article.pk]))
        for article in Article.objects.filter(pk__in=ids).only("title")
    }
