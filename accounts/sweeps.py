"""What the worker does in this room."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Credential, User
from core import limits

KEPT_UNFINISHED = timedelta(days=7)
ADDRESSES_KEPT = timedelta(days=30)
# Stands where a network address was; allauth's column cannot be empty.
NO_ADDRESS = "0.0.0.0"
# How far back a worker that did not run for a while still looks.
LOOKED_BACK = timedelta(days=60)


def forget_unfinished_sign_ups() -> int:
    """Accounts whose address nobody confirmed: mistyped ones, and those of people who thought better of it."""
    until = timezone.now() - KEPT_UNFINISHED
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), verified=True)
    unfinished = User.objects.filter(~Exists(confirmed), last_login=None, joined_at__range=(until - LOOKED_BACK, until))
    return unfinished.delete()[1].get("accounts.User", 0)


def end_expired_credentials() -> int:
    """Whose last credential has run out is no longer shown as a clinician."""
    ended = Credential.objects.filter(withdrawn_at=None, expires_at__lte=timezone.now()).values("user")
    still = Credential.objects.current().values("user")
    return User.objects.filter(pk__in=ended, is_clinician=True).exclude(pk__in=still).update(is_clinician=False)


def forget_addresses() -> int:
    """The network address of a sign-in, after 30 days. Looked for once an hour: the table has no index for it."""
    if not limits.allow("forget_addresses", "", limit=1, seconds=3600):
        return 0
    old = UserSession.objects.filter(created_at__lt=timezone.now() - ADDRESSES_KEPT).exclude(ip=NO_ADDRESS)
    return old.update(ip=NO_ADDRESS)
