"""Where our accounts differ from allauth's."""

from smtplib import SMTPException
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules, suspension
from accounts.models import User, new_handle

log = structlog.get_logger("askwell.accounts")

# In the session while the last mail to this person could not be sent.
MAIL_FAILED = "mail_failed"
LONGEST_ADDRESS = 254


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not belong together. You can leave the password empty: we then send you"
            " a code."
        ),
        "incorrect_code": gettext_lazy("This is not the code. If you asked for several, only the newest one works."),
        "too_many_login_attempts": gettext_lazy(
            "That was not right several times, so we have stopped for your safety. Please ask for a new code, or wait"
            " a few minutes."
        ),
        "rate_limited": gettext_lazy("A code went out only seconds ago. Please wait a moment, then try again."),
        "email_taken": gettext_lazy("This address belongs to another account."),
        "duplicate_email": gettext_lazy("This is your address already."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """A neutral handle: allauth's own would publish the part of the address before the @."""
        if not user.handle:
            user.handle = new_handle()

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is too long to be one."))
        return email

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        may = rules.may_sign_in(user)
        if may:
            return super().pre_login(request, user, **kwargs)
        request.session.flush()
        way = suspension.token(user) if user.is_active and user.is_suspended() else ""
        context = {"refusal": may.sentence, "way_to_reasons": way}
        return render(request, "account/account_inactive.html", context, status=403)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never raises: the page that waits for the code says that the mail did not go, and sends it again."""
        session = current.request.session
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError, UnicodeError) as problem:
            # The problem's own words would name the address.
            log.error("mail not sent", mail=template_prefix, kind=type(problem).__name__)
            session[MAIL_FAILED] = True
        else:
            session.pop(MAIL_FAILED, None)

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMultiAlternatives:
        """The words are in one plain text; its HTML is the same text, with the code large."""
        mail = super().render_mail(template_prefix, email, context, headers)
        parts = {"subject": mail.subject, "paragraphs": mail.body.split("\n\n"), "code": context.get("code")}
        mail.extra_headers["Auto-Submitted"] = "auto-generated"
        mail.attach_alternative(render_to_string("emails/account.html", parts), "text/html")
        return mail
