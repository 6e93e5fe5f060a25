from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import backup


class Command(BaseCommand):
    help = "Put back what `backup` wrote. Stop the site and its worker first, and run `migrate` afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is here now")

    def handle(self, *, file: Path, yes: bool, **options: object) -> None:
        try:
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
            if not yes and not backup.is_empty():
                raise CommandError("There is a site here already. To replace it by the backup, say --yes.")
            made_at = backup.put_back(file)
        except (backup.BackupError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"The site is as it was at {made_at}. Now run: manage.py migrate")
