"""`manage.py erase ADDRESS`: a person leaves for good."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import privacy
from accounts.models import User


class Command(BaseCommand):
    help = "Erase the person with this e-mail address. What they posted stays without their name. Cannot be undone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *, address: str, yes: bool, **options: Any) -> None:
        user = User.objects.filter(email=address.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody here has this address.")
        if not yes and input(f"Erase {user.handle} for ever? Type the handle: ") != user.handle:
            raise CommandError("Nothing was erased.")
        # Each by itself, so that none waits with what another has locked; once more, if this is stopped in between.
        for room in privacy.rooms():
            room.erase(user)
        self.stdout.write("Erased. What they posted stands without their name.")
