"""The people of the demo. Those with a password can be signed in as, in a demo only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

import accounts.actions
from accounts.models import User

PASSWORD = "askwell-demo"

ACCOUNTS: dict[str, dict[str, Any]] = {
    "reader": {"display_name": "Demo reader", "trust": User.Trust.NEW},
    "member": {"display_name": "Demo member", "trust": User.Trust.BASIC},
    "clinician": {"display_name": "Demo clinician", "trust": User.Trust.TRUSTED, "is_staff": True, "is_reviewer": True},
    "moderator": {"display_name": "Demo moderator", "trust": User.Trust.TRUSTED, "is_moderator": True},
    "moderator2": {"display_name": "Second demo moderator", "trust": User.Trust.TRUSTED, "is_moderator": True},
    "editor": {
        "display_name": "Demo editor",
        "trust": User.Trust.TRUSTED,
        "is_staff": True,
        "is_editor": True,
        "is_senior_editor": True,
    },
    "admin": {
        "display_name": "Demo admin",
        "trust": User.Trust.TRUSTED,
        "is_staff": True,
        "is_superuser": True,
        "is_moderator": True,
        "is_editor": True,
    },
}
CREDENTIALS = {
    "clinician": ("gastroenterology, United Kingdom", "GB"),
    "gp": ("general practice, United Kingdom", "GB"),
}
# Nobody signs in as one of these.
MEMBERS: dict[str, dict[str, Any]] = {f"m{number}": {"trust": User.Trust.BASIC} for number in range(1, 15)} | {
    "gp": {"display_name": "Demo family doctor", "trust": User.Trust.TRUSTED}
}


def load() -> dict[str, User]:
    """Everybody by the name that the demo content uses. Who exists already is left as they are."""
    emails = {name: f"{name}@demo.test" for name in [*ACCOUNTS, *MEMBERS]}
    known = {user.email: user for user in User.objects.filter(email__in=emails.values())}
    return {name: known.get(email) or _join(name, email) for name, email in emails.items()}


def let_in(cast: dict[str, User]) -> None:
    """The past is loaded: from now on those who can sign in are told by mail what happens."""
    User.objects.filter(pk__in=[cast[name].pk for name in ACCOUNTS], last_login=None).update(mail_notices=True)


def reviewer(line: str) -> User:
    """Somebody who reviewed an article, called what they are: "a demo neurologist"."""
    email = f"{line.replace(' ', '-')}@demo.test"
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    user = accounts.actions.register(email=email, display_name=line, is_demo=True, is_reviewer=True, mail_notices=False)
    _verify(user, "not a real person", "GB")
    return user


def _join(name: str, email: str) -> User:
    long_ago = timezone.now() - timedelta(days=120)
    person: dict[str, Any] = MEMBERS.get(name) or {"password": PASSWORD, "handle": f"demo-{name}"} | ACCOUNTS[name]
    user = accounts.actions.register(
        email=email,
        is_demo=True,
        joined_at=timezone.now() - timedelta(days=9) if name == "reader" else long_ago,
        # Nobody is mailed about the demo's past; `let_in` turns mails on.
        mail_notices=False,
        **person,
    )
    if name in ACCOUNTS:
        accounts.actions.give_health_consent(user=user)
    if name in CREDENTIALS:
        _verify(user, *CREDENTIALS[name])
    return user


def _verify(user: User, line: str, country: str) -> None:
    accounts.actions.verify_clinician(
        user=user, line=line, country=country, expires=timezone.now() + timedelta(days=5 * 365)
    )
