from collections.abc import Callable
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse

from accounts import actions
from accounts.models import User
from core.http import absolute


class Command(BaseCommand):
    help = "Make somebody an administrator. Their address gets an account if it has none; doing it twice does no harm."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="whose address; asked for if left out")
        parser.add_argument("--no-password", action="store_true", help="ask for none: they sign in with a mailed code")

    def handle(self, *, email: str | None, no_password: bool, **options: object) -> None:
        email = self._address(email)
        user = User.objects.filter(email=email).first()
        is_new = user is None
        if user is None:
            password = None if no_password else self._password(email)
            user = actions.register(email=email, password=password)
        if user.is_demo:
            raise CommandError(f"{email} is an account of the demo and stays one. Use another address.")
        actions.make_admin(user=user)
        begun = f"{email} has a new account" if is_new else f"{email} had an account already"
        self.stdout.write(f"{begun}, and may now open the admin and the review queue.")
        how = "with their password or a mailed code" if user.has_usable_password() else "with a mailed code"
        self.stdout.write(f"They sign in at {absolute(reverse('account_login'))} {how}.")
        if settings.REQUIRE_STAFF_MFA:
            self.stdout.write("The first time, they are asked to set up two-step sign-in with an app on their phone.")

    def _address(self, email: str | None) -> str:
        if email is None:
            email = self._ask("E-mail address: ", input)
        email = email.strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email or 'Nothing'} is not an e-mail address.") from None
        return email

    def _password(self, email: str) -> str | None:
        password = self._ask("Password (leave empty to sign in with mailed codes): ", getpass)
        if not password:
            return None
        try:
            validate_password(password, User(email=email))
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        if self._ask("The same password again: ", getpass) != password:
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password

    def _ask(self, question: str, read: Callable[[str], str]) -> str:
        try:
            return read(question)
        except (EOFError, KeyboardInterrupt):
            raise CommandError(
                "Nobody answered. Give --email and --no-password to run this without questions."
            ) from None
