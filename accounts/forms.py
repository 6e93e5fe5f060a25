"""What people may write about themselves."""

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignupForm(forms.Form):
    """What a sign-up asks beside the address: that the person is old enough. No birth date is stored."""

    old_enough = forms.BooleanField(
        label=_("I am %(age)s or older") % {"age": settings.MINIMUM_AGE},
        error_messages={"required": _("Askwell is for people who are old enough; please tick this if you are.")},
    )

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth once the person exists; nothing more is kept."""
