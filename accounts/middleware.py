"""What holds for every request of somebody who is signed in or about to be."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import rules
from core.http import is_fragment, redirect_see_other

GetResponse = Callable[[HttpRequest], HttpResponse]

ENTRANCE = "/accounts/"
GUARDED = ("/admin/", "/review/")


def keep_the_way_back(get_response: GetResponse) -> GetResponse:
    """`next` goes along from one account page to another, until somebody is where they wanted to be."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(ENTRANCE) and 300 <= response.status_code < 400:
            to = response["Location"]
            back = request.POST.get("next") or request.GET.get("next", "")
            if to.startswith(ENTRANCE) and "next" not in parse_qs(urlsplit(to).query) and _leads_out(request, back):
                response["Location"] = f"{to}{'&' if '?' in to else '?'}{urlencode({'next': back})}"
        return response

    return middleware


def _leads_out(request: HttpRequest, back: str) -> bool:
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return ours and not urlsplit(back).path.startswith(ENTRANCE)


def require_second_factor(get_response: GetResponse) -> GetResponse:
    """The admin and the review queue open only to a session that was confirmed with a second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Not `path`: a client may put another prefix before it.
        if settings.REQUIRE_STAFF_MFA and request.path_info.startswith(GUARDED) and request.user.is_authenticated:
            return _ask_for_second_factor(request) or get_response(request)
        return get_response(request)

    return middleware


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse | None:
    if not rules.needs_second_factor(request.user):
        return None
    if not is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP]):
        to, why = reverse("mfa_activate_totp"), _("To open this, please first set up two-step sign-in.")
    elif not any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        to = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
        why = _("To open this, please type the code that your authenticator app shows now.")
    else:
        return None
    messages.info(request, why)
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": to})
    return redirect_see_other(to)


def in_own_time_zone(get_response: GetResponse) -> GetResponse:
    """Times in the member's own zone; in the site's for everybody else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = request.user.zone if request.user.is_authenticated else None
        if zone:
            timezone.activate(zone)
        else:
            timezone.deactivate()
        return get_response(request)

    return middleware
