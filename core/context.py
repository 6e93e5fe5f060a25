"""What every page knows of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "DEMO": settings.DEMO,
        "BASE_URL": settings.BASE_URL,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "MINIMUM_AGE": settings.MINIMUM_AGE,
    }
