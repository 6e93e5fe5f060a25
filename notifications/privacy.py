"""What this room holds of a person."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from notifications.models import Notification, Preference


def export(user: User) -> Mapping[str, Any]:
    told = Notification.objects.filter(recipient=user).order_by("pk")
    return {
        "notifications": list(told.values("kind", "subject_kind", "subject_id", "created_at", "read_at")),
        "mails_wanted": list(Preference.objects.filter(member=user).values("matter", "pace")),
    }


@transaction.atomic
def erase(user: User) -> None:
    # In the order in which notifications.actions locks them.
    User.objects.filter(pk=user.pk).update(unread_count=0)
    told = Notification.objects.filter(recipient=user)
    told.in_hand()
    told.delete()
    Preference.objects.filter(member=user).delete()
