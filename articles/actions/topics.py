"""What happens to the topics."""

from __future__ import annotations

from django.db import transaction

import search.index
from articles.models import Topic


@transaction.atomic
def save_topic(*, topic: Topic) -> None:
    topic.save()
    search.index.rename_topic(topic.slug, topic.name)
