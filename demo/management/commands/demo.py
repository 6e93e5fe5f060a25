"""`manage.py demo`: fill the site with the demo's people, articles and questions."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo import forum, library, people, readers


class Command(BaseCommand):
    help = "Fill the site with demo content. What is there already is left as it is."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo accounts have well-known passwords: set DEMO=1 to load them.")
        cast = people.load()
        library.load_topics()
        library.load_articles(cast["editor"])
        forum.load(cast)
        readers.load(cast)
        people.let_in(cast)
        self.stdout.write("The demo content is there.")
