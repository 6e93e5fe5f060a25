from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import worker


class Command(BaseCommand):
    help = "Do what is due in the background (mails, expiries) until stopped with Ctrl-C or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one turn of everything, then end")

    def handle(self, *, once: bool, **options: object) -> None:
        if not once:
            worker.run(worker.stopped_by_signals())
        elif failed := worker.run_once():
            raise CommandError(f"These failed; the log says why: {', '.join(failed)}.")
