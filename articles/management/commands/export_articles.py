from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from articles import exchange
from core.progress import Progress


class Command(BaseCommand):
    help = "Write every article into a folder, as import_articles reads them, with their pictures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        written = exchange.take_out(
            folder, over=lambda articles: Progress(self.stderr).over(articles, label="Articles")
        )
        self.stdout.write(f"{written} articles are in {folder}.")
