"""What happens when somebody joins, changes who they are, or agrees to something."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def register(*, email: str, password: str | None = None, verified: bool = True, **fields: object) -> User:
    """A new person who signs in with `email`; without a password, by a mailed code. `fields` are columns of `User`."""
    user = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user
