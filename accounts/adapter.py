"""Where our accounts differ from allauth's."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from accounts.models import User, new_handle


class AccountAdapter(DefaultAccountAdapter):
    def populate_username(self, request: HttpRequest, user: User) -> None:
        """A neutral handle: allauth's own would publish the part of the address before the @."""
        if not user.handle:
            user.handle = new_handle()
