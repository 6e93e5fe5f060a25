"""How a session or a password becomes a person."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from accounts import rules
from accounts.models import User


class AuthenticationBackend(AllauthBackend):
    def user_can_authenticate(self, user: User) -> bool:
        """Asked for every session too, so that an account that may no longer sign in is signed out at once."""
        return bool(rules.may_sign_in(user))
