"""What `manage.py check` says of what moderators look after."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError

from moderation.models import SupportLine


def support_lines_are_checked(**options: Any) -> list[CheckMessage]:
    """Not of the demo, which nobody in need visits, and not before there are tables."""
    if settings.DEMO:
        return []
    try:
        count = SupportLine.objects.to_check().count()
    except DatabaseError:
        return []
    if not count:
        return []
    return [
        Warning(
            f"{count} telephone numbers of people who help were never checked, or not for 180 days.",
            hint="A moderator finds them at /review/lines/. Until then they stand only below the emergency number.",
            id="askwell.W004",
        )
    ]
