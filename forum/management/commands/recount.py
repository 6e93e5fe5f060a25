from django.core.management.base import BaseCommand, CommandError, CommandParser

from forum import actions


class Command(BaseCommand):
    help = "Set every counter of the forum to what the rows say."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a counter is wrong")

    def handle(self, *, check: bool, **options: object) -> None:
        differences = actions.recount(check=check)
        for line in differences:
            self.stdout.write(line)
        if check and differences:
            raise CommandError(f"Counters that differ: {len(differences)}. To heal them: manage.py recount")
        self.stdout.write(f"Healed: {len(differences)}." if differences else "Every counter is right.")
