"""How views fetch, answer, and send people to sign in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core import drafts

View = Callable[..., HttpResponse]
# In seconds.
MOVED_FOR = 3600


class SeeOther(HttpResponseRedirect):
    """After a POST: look there, with a GET."""

    status_code = 303


class Moved(HttpResponsePermanentRedirect):
    """For ever, as far as we know: what was moved may be moved back, and a browser that keeps both ways for long would
    go round in circles."""

    def __init__(self, to: str) -> None:
        super().__init__(to, headers={"Cache-Control": f"max-age={MOVED_FOR}"})


def with_query(request: HttpRequest, to: str) -> str:
    """`to` with the query of the request."""
    query = request.META.get("QUERY_STRING", "")
    return f"{to}?{query}" if query else to


def asked_anew(request: HttpRequest, **changes: str) -> str:
    """The address of the request with these changes in its query."""
    query = request.GET.copy()
    for name, value in changes.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"


def redirect_see_other(to: Any, *args: Any) -> SeeOther:
    return SeeOther(resolve_url(to, *args))


def is_fragment(request: HttpRequest) -> bool:
    """Whether the page itself asks for a part of it (htmx)."""
    return bool(getattr(request, "htmx", False)) and not request.htmx.boosted  # type: ignore[attr-defined]


def redirect_or_fragment(request: HttpRequest, to: Any, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """After an action: the changed part of the page for htmx, else a redirect to the page `to`."""
    if is_fragment(request):
        return render(request, template, dict(context))
    return redirect_see_other(to)


def member_required(view: View) -> View:
    """Send signed-out people to sign in and back: to the page itself, or, from a button, to the page it stood on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return sign_in(request, request.get_full_path() if request.method in ("GET", "HEAD") else came_from(request))

    return guarded


def park_and_sign_in(request: HttpRequest, *, fields: Mapping[str, Any], page: str = "account_signup") -> HttpResponse:
    """Keep a filled-in form (named by its path, where it is shown again) and lead to signing up, or in."""
    response = sign_in(request, request.path, page=page)
    return drafts.park(request, response, form=request.path, fields=fields)


def sign_in(request: HttpRequest, back_to: str, *, page: str = "account_login") -> HttpResponse:
    to = f"{reverse(page)}?{urlencode({'next': back_to})}"
    if is_fragment(request):
        response = HttpResponse()
        response["HX-Redirect"] = to
        return response
    return SeeOther(to)


def came_from(request: HttpRequest, default: str = "/") -> str:
    """The path of our own page that the request was made on."""
    referer = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure()):
        return default
    parts = urlsplit(referer)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or before signing in: show it again with what was typed, to send once more."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        sentence = _("This page was open too long for that. You can still send what you wrote.")
        return JsonResponse({"error": sentence}, status=403)
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    is_ours = url_has_allowed_host_and_scheme(origin, {request.get_host()}, request.is_secure())
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken" and "password" not in name
        for value in values
    ]
    again = is_ours and urlsplit(origin).netloc == request.get_host() and request.path.startswith("/")
    context = {"typed": typed if again else [], "again": again, "path": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


def keep_off_search_engines(response: HttpResponse) -> None:
    """Said in a header too, for whoever does not read the page."""
    response["X-Robots-Tag"] = "noindex"


def absolute(path: str) -> str:
    """`path` as an address that works outside the site, in mails and feeds."""
    return settings.BASE_URL + path
