"""What this room holds of a person: the pictures they sent."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from accounts.models import User
from core.http import absolute
from uploads import actions
from uploads.models import Upload


def export(user: User) -> Mapping[str, Any]:
    return {
        "pictures": [
            {"address": absolute(upload.get_absolute_url()), "sent_at": upload.created_at, "bytes": upload.bytes}
            for upload in Upload.objects.shown().filter(owner=user).order_by("pk")
        ]
    }


def erase(user: User) -> None:
    """What was sent for the library stays, nobody's; the rest is gone, but for what is in quarantine: whoever runs the
    site answers for that."""
    user.uploads.filter(Q(is_of_library=True) | Q(quarantined_at__isnull=False)).update(owner=None)
    for upload in user.uploads.all():
        actions.delete(upload=upload)
