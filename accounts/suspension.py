"""The one page that is left to somebody who is suspended: who proved who they are gets there by a signed address."""

from __future__ import annotations

from django.core import signing

from accounts.models import User

_SALT = "accounts.suspension"
# Long enough to write to us, short enough for an address that somebody else may find.
GOOD_FOR = 24 * 60 * 60


def token(user: User) -> str:
    return signing.dumps(user.pk, salt=_SALT)


def whose(token: str) -> User | None:
    """Who was given this address, if they are suspended still."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and user.is_suspended() else None
