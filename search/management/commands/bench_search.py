import json
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from core.progress import Progress
from search.bench import quality, speed


class Command(BaseCommand):
    help = "Measure how well one collection is found. For `make bench-search`, which gives it a scratch database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("collection", help="its name, or a number of documents to measure the speed among")
        parser.add_argument("into", type=Path, help="the file for the results, as JSON")

    def handle(self, *, folder: Path, collection: str, into: Path, **options: object) -> None:
        call_command("migrate", "search", verbosity=0)
        progress = Progress(self.stderr, collection)
        if collection.isdecimal():
            quality.open_to_everybody()
            speed.load(folder, int(collection), progress)
            into.write_text(json.dumps(speed.run(folder, int(collection), progress)))
            return
        names = quality.load(folder, collection, progress)
        into.write_text(json.dumps(quality.run(folder, collection, names, progress)))
