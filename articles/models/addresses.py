"""Every slug that an article or a topic has or had: it leads there for ever, and nothing else of the kind gets it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from articles.models.articles import Article
from articles.models.topics import Topic


class Address(models.Model):
    """Written with what it leads to, by the actions that give slugs."""

    slug = models.SlugField(max_length=80, unique=True)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class ArticleAddress(Address):
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="addresses")


class TopicAddress(Address):
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="addresses")
