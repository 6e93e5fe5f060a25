"""What every page knows of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import announcements


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "DEMO": settings.DEMO,
        "BASE_URL": settings.BASE_URL,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "FUNDING": settings.FUNDING,
        "MINIMUM_AGE": settings.MINIMUM_AGE,
        # Called by the frame of a page only.
        "announcement_of_now": announcements.current,
    }
