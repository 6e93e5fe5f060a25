"""`manage.py export ADDRESS FILE`: everything the site holds of a person, as JSON, for them to have."""

import json
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from accounts import privacy
from accounts.models import User


class Command(BaseCommand):
    help = "Write all that is held of the person with this e-mail address into a new file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")
        parser.add_argument("file")

    def handle(self, *, address: str, file: str, **options: Any) -> None:
        user = User.objects.filter(email=address.strip().lower()).first()
        if user is None:
            raise CommandError("Nobody here has this address.")
        held = {room.name: room.export(user) for room in privacy.rooms()}
        try:
            with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as export:
                json.dump(held, export, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        except OSError as problem:
            raise CommandError(f"{file} cannot be written: {problem.strerror}.") from problem
        self.stdout.write(f"Written to {file}. Only you can read it.")
