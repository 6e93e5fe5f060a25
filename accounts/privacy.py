"""What every room holds of a person: how it is given to them, and how it is erased. The rooms register here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q

from accounts.models import Consent, Distance, OldHandle, User
from core.models import Draft


@dataclass(frozen=True)
class Room:
    """`export` gives all that the room holds of a person as plain values; `erase` takes it away, also a second time."""

    name: str
    export: Callable[[User], Mapping[str, Any]]
    erase: Callable[[User], None]


_rooms: dict[str, Room] = {}


def register(name: str, *, export: Callable[[User], Mapping[str, Any]], erase: Callable[[User], None]) -> None:
    """Called by each room from `AppConfig.ready()`."""
    _rooms[name] = Room(name, export, erase)


def rooms() -> Iterator[Room]:
    """Upper rooms first: they still need to know whom they erase."""
    return reversed(_rooms.values())


# This room's own, with what lies in the room below, which has no keys to people

ERASED = (
    "email handle display_name about is_active is_staff is_superuser is_moderator is_senior_moderator is_editor"
    " is_senior_editor is_reviewer password"
).split()


def export(user: User) -> Mapping[str, Any]:
    profile = ("email", "handle", "display_name", "about", "language", "time_zone", "joined_at", "last_login")
    return {
        "profile": {name: getattr(user, name) for name in profile},
        "former_handles": list(user.old_handles.values("handle", "until")),
        "credentials": list(user.credentials.values("line", "country", "verified_at", "expires_at", "withdrawn_at")),
        "consents": list(user.consents.values("subject", "version", "given_at", "withdrawn_at")),
        "kept_at_a_distance": list(user.distances.values("other__handle", "kind", "created_at")),
        "not_posted_yet": list(Draft.objects.filter(owner_id=user.pk).values("form", "fields", "saved_at")),
        "sign_ins": list(UserSession.objects.filter(user=user).values("created_at", "ip", "user_agent")),
    }


@transaction.atomic
def erase(user: User) -> None:
    """Leaves a row that names nobody, for what must stay and points to it: a reviewer's signature, a decision."""
    for session in UserSession.objects.filter(user=user):
        session.end()
    for of_theirs in (EmailAddress, Authenticator, OldHandle, Consent):
        of_theirs.objects.filter(user=user).delete()
    Distance.objects.filter(Q(member=user) | Q(other=user)).delete()
    Draft.objects.filter(owner_id=user.pk).delete()
    user.email, user.handle = f"erased-{user.pk}@invalid", f"erased-{user.pk}"
    user.display_name = user.about = ""
    user.is_active = user.is_staff = user.is_superuser = user.is_editor = user.is_reviewer = False
    user.is_moderator = user.is_senior_moderator = user.is_senior_editor = False
    user.set_unusable_password()
    # The other columns are those of rooms that were here before, and may be newer than `user`.
    user.save(update_fields=ERASED)
