"""The support lines, for moderators: which need to be checked, and the form that corrects one at once."""

from __future__ import annotations

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import countries
from core.http import redirect_see_other
from moderation import lines
from moderation.forms import LineForm
from moderation.models import SupportLine
from moderation.views.queue import moderator_required


@require_safe
@never_cache
@moderator_required
def index(request: HttpRequest) -> HttpResponse:
    """Those of one country, else those that somebody should check."""
    country = countries.chosen(request) or ""
    every = SupportLine.objects.in_order()
    shown = every.filter(country=country) if country else every.to_check()
    context = {
        "lines": shown,
        "country": country,
        "country_name": countries.COUNTRIES.get(country, ""),
        "countries": countries.by_name(),
    }
    return render(request, "moderation/lines.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, LineForm(initial={"country": countries.chosen(request)}), None)
    form = LineForm(request.POST)
    if not form.is_valid():
        return _page(request, form, None, status=422)
    try:
        added = lines.add(moderator=request.user, words=form.words, is_checked=form.cleaned_data["is_checked"])
    except IntegrityError:
        return _known(request, form, None)
    return _saved(request, added)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    line = get_object_or_404(SupportLine, pk=line_id)
    if request.method != "POST":
        return _page(request, LineForm(initial=line.words | {"is_withdrawn": line.withdrawn_at is not None}), line)
    form = LineForm(request.POST)
    if not form.is_valid():
        return _page(request, form, line, status=422)
    said = form.cleaned_data
    try:
        corrected = lines.correct(
            line=line,
            moderator=request.user,
            words=form.words,
            is_checked=said["is_checked"],
            is_shown=not said["is_withdrawn"],
        )
    except IntegrityError:
        return _known(request, form, line)
    return _saved(request, corrected)


def _known(request: HttpRequest, form: LineForm, line: SupportLine | None) -> HttpResponse:
    form.add_error("number", _("This number is in the list already, for the same country and purpose."))
    return _page(request, form, line, status=422)


def _saved(request: HttpRequest, line: SupportLine) -> HttpResponse:
    messages.success(request, _("Saved. The pages say so from now on."))
    return redirect_see_other(f"{reverse('review:lines')}?country={line.country}")


def _page(request: HttpRequest, form: LineForm, line: SupportLine | None, *, status: int = 200) -> HttpResponse:
    records = line.records.order_by("-pk") if line else []
    return render(request, "moderation/line.html", {"form": form, "line": line, "records": records}, status=status)
