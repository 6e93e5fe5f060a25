"""What holds for every request of somebody signed in."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

GetResponse = Callable[[HttpRequest], HttpResponse]


def require_second_factor(get_response: GetResponse) -> GetResponse:
    return get_response


def in_own_time_zone(get_response: GetResponse) -> GetResponse:
    """Times in the member's own zone; in the site's for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        else:
            timezone.deactivate()
        return get_response(request)

    return middleware
