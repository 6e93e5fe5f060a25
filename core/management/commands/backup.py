from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat

from core import backup


class Command(BaseCommand):
    help = "Write the database and all pictures into one file, while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="for example askwell.tar.gz; replaced if it exists")

    def handle(self, *, file: Path, **options: object) -> None:
        try:
            backup.take(file.absolute())
        except (backup.BackupError, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        self.stdout.write(f"{file}: {filesizeformat(file.stat().st_size)}. Keep a copy on another machine.")
