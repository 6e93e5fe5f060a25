from django.core.management.base import BaseCommand

from core.progress import Progress
from search import index


class Command(BaseCommand):
    help = "Bring the search index in line with what is published. The site keeps running; stopped, it may start again."

    def handle(self, **options: object) -> None:
        kept, removed = index.rebuild(Progress(self.stderr))
        self.stdout.write(f"{kept} documents are in the index; {removed} that no longer belong there were taken out.")
