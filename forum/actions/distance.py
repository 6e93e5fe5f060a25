"""Somebody keeps another at a distance: what that does to what the other follows."""

from __future__ import annotations

from django.db import transaction

import accounts.actions
from accounts.models import User
from forum.models import Follow


@transaction.atomic
def block(*, member: User, other: User) -> None:
    """As accounts.actions.block; `other` also follows `member` no longer."""
    accounts.actions.block(member=member, other=other)
    Follow.objects.about("person", member.pk).filter(member=other).delete()
