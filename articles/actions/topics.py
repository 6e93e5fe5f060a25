"""What happens to the topics."""

from __future__ import annotations

from django.db import transaction

import search.index
from articles.models import Topic


@transaction.atomic
def save_topic(*, topic: Topic) -> None:
    """Keep a topic; the address that it has until now leads to the one that it gets."""
    before = Topic.objects.filter(pk=topic.pk).values_list("slug", flat=True).first()
    topic.save()
    topic.addresses.get_or_create(slug=topic.slug)
    search.index.rename_topic(before or topic.slug, slug=topic.slug, name=topic.name)
