"""What this room holds of a person: the pictures they sent."""

from collections.abc import Mapping
from typing import Any

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
    """What editors sent belongs to the library and stays, nobody's; what others sent is gone, but for what is in
    quarantine: whoever runs the site answers for that."""
    if user.is_staff or user.is_editor:
        user.uploads.update(owner=None)
    user.uploads.exclude(quarantined_at=None).update(owner=None)
    for upload in user.uploads.all():
        actions.delete(upload=upload)
