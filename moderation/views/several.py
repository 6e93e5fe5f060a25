"""Approving several harmless first posts at once, each at the version that was read."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.http import redirect_see_other
from forum.models import Edit
from moderation import actions, lists
from moderation.views.queue import moderator_required
from moderation.wording import heading

# So many are named of what was not approved.
MOST = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def several(request: HttpRequest) -> HttpResponse:
    items = list(lists.harmless(request.user))
    if request.method != "POST":
        questions = [item.question_id for item in items if item.question_id]
        held = Edit.objects.filter(state=Edit.State.HELD, question__in=questions)
        tags = dict(held.values_list("question_id", "tags"))
        rows = [(item, heading(item), tags.get(item.question_id, "")) for item in items]
        return render(request, "moderation/several.html", {"rows": rows})
    chosen = set(request.POST.getlist("item"))
    changed = chosen - {item.as_read for item in items}
    approved = 0
    for item in items:
        if item.as_read not in chosen:
            continue
        try:
            actions.approve(item=item, version=item.version, moderator=request.user)
            approved += 1
        except actions.Overtaken:
            changed.add(item.as_read)
    _say(request, approved, changed)
    return redirect_see_other("review:several")


def _say(request: HttpRequest, approved: int, changed: Collection[str]) -> None:
    if not approved and not changed:
        messages.info(request, _("You have chosen none, so nothing was done."))
    if approved:
        done = ngettext("%(count)d approved. It is published.", "%(count)d approved. They are published.", approved)
        messages.success(request, done % {"count": approved})
    if changed:
        numbers = ", ".join(f"#{number}" for number in sorted(key.partition("-")[0][:15] for key in changed)[:MOST])
        words = _("Not approved, as something happened to them while you were reading: %(numbers)s.")
        messages.warning(request, words % {"numbers": numbers})
