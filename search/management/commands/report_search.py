from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.bench import report


class Command(BaseCommand):
    help = "Print and write down what `make bench-search` has measured; fails if a bound was missed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("scratch", type=Path)
        parser.add_argument("parts", nargs="+")

    def handle(self, *, scratch: Path, parts: list[str], **options: object) -> None:
        tasks, speeds = report.read(scratch, parts)
        docs = Path(settings.BASE_DIR) / "docs"
        (docs / "search-quality.svg").write_text(report.plot(tasks))
        (docs / "search-quality.md").write_text(report.page(tasks, speeds))
        self.stdout.write("\n".join([*report.table_of_tasks(tasks), "", *report.table_of_speeds(speeds)]))
        if sentences := report.missed(tasks, speeds):
            raise CommandError("Missed:\n" + "\n".join(sentences))
