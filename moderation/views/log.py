"""The whole log of decisions: searched by moderators, and taken along as a table by senior moderators."""

from __future__ import annotations

import csv

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.http import redirect_see_other
from core.pagination import place
from core.rulings import require
from moderation import record, rules
from moderation.queue_forms import LogForm
from moderation.views.queue import moderator_required


class Echo:
    """A file that gives back what is written to it."""

    def write(self, line: str) -> str:
        return line


@require_safe
@never_cache
@moderator_required
def log(request: HttpRequest) -> HttpResponse:
    form = LogForm(request.GET)
    context = {
        "form": form,
        "page": record.page(request.user, form.asked, **place(request.GET)),
        "may_download": bool(rules.may_download_log(request.user)),
    }
    return render(request, "moderation/log.html", context)


@require_safe
@never_cache
@moderator_required
def download(request: HttpRequest) -> HttpResponseBase:
    """What the page shows, all pages of it; what was asked for wrongly leads to the page, which says what is wrong."""
    require(rules.may_download_log(request.user))
    form = LogForm(request.GET)
    if form.errors:
        return redirect_see_other(f"{reverse('review:log')}?{request.GET.urlencode()}")
    rows = record.table(request.user, form.asked)
    writer = csv.writer(Echo())
    response = StreamingHttpResponse((writer.writerow(row) for row in rows), content_type="text/csv; charset=utf-8")
    name = f"askwell-decisions-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
