import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Send one mail to ADDRESS, to find out whether this site can."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *, address: str, **options: object) -> None:
        mail = EmailMessage(
            subject="Askwell: mail works",
            body=f"This test was sent from {settings.BASE_URL}. If you can read it, the site can send mail.\n",
            to=[address],
        )
        try:
            mail.send()
        except (OSError, smtplib.SMTPException, ValueError) as problem:
            raise CommandError(f"The mail was not sent: {problem}. EMAIL_URL says where mail goes out.") from problem
        self.stdout.write(f"Handed over, from {settings.DEFAULT_FROM_EMAIL} to {address}. {where_it_went()}")


def where_it_went() -> str:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return f"It was written to {getattr(settings, 'EMAIL_FILE_PATH', 'a folder')}."
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return "Look into the inbox, and into the spam folder."
    return "This site sends no real mail."
