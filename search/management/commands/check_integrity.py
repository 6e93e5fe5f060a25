from django.core.management.base import BaseCommand, CommandError

from search import index


class Command(BaseCommand):
    help = "Compare the search index with what is published, word for word; fails if they differ. Changes nothing."

    def handle(self, **options: object) -> None:
        found = list(index.differences())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} documents of the index are wrong: manage.py reindex mends them.")
        self.stdout.write("The search index is what it should be.")
