"""Suspected pictures of abuse: the one button of moderators, and what is in quarantine, for administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.http import member_required, redirect_see_other
from core.rulings import require
from forum.models import Post
from moderation import quarantine, rules
from moderation.actions import Overtaken
from moderation.case import what_happened
from moderation.models import Quarantine, ReviewItem
from moderation.views.deciding import go_on
from moderation.views.queue import find, moderator_required, page

SHOWN = 50


@require_POST
@moderator_required
def put_in(request: HttpRequest, item_id: int) -> HttpResponse:
    """The pictures of this post may show abuse: out of reach with them, and on to the next item."""
    item = find(request, item_id)
    if request.POST.get("version") != str(item.version) or rules.is_claimed_by_another(request.user, item):
        return _overtaken(request, item)
    if not isinstance(item.thing, Post) or not rules.may_quarantine(item) or not quarantine.pictures_of(item.thing):
        raise Http404
    try:
        quarantine.quarantine(item=item, version=item.version, moderator=request.user)
    except Overtaken:
        return _overtaken(request, find(request, item_id))
    messages.success(request, _("The pictures are out of everybody’s reach, and the post is hidden. Take a break."))
    return go_on(request)


@require_safe
@never_cache
@member_required
def quarantined(request: HttpRequest) -> HttpResponse:
    """What is in quarantine, the last first, without showing it."""
    require(rules.may_see_quarantine(request.user))
    kept = Quarantine.objects.select_related(
        "upload__owner", "moderator", "item__question", "item__answer", "item__comment"
    )
    return render(request, "moderation/quarantined.html", {"kept": kept.order_by("-pk")[:SHOWN]})


@require_POST
@member_required
def release(request: HttpRequest, quarantine_id: int) -> HttpResponse:
    """It was a mistake: the picture is where it was."""
    require(rules.may_see_quarantine(request.user))
    kept = get_object_or_404(Quarantine.objects.select_related("upload"), pk=quarantine_id)
    quarantine.release(kept=kept, by=request.user)
    messages.success(request, _("The picture is where it was. Its post is still hidden."))
    return redirect_see_other("review:quarantined")


def _overtaken(request: HttpRequest, item: ReviewItem) -> HttpResponse:
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return page(request, item, notice=what_happened(item, version=version), status=409)
