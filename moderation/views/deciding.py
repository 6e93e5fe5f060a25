"""Taking an item up, leaving it to others, and deciding about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.http import redirect_see_other
from core.text import clean
from moderation import actions, lists, replies, rules
from moderation.case import case, what_happened
from moderation.models import ReviewItem
from moderation.queue_forms import HandoverForm
from moderation.views.queue import find, moderator_required, page
from moderation.views.ways import WAYS, Way


@require_POST
@moderator_required
def take(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item up, so that others leave it alone for a while."""
    item = find(request, item_id)
    if not actions.claim(item=item, moderator=request.user):
        messages.info(request, _("Another moderator was quicker. Here is what waits now."))
        return redirect_see_other("review:queue")
    return redirect_see_other("review:item", item.pk)


@require_POST
@moderator_required
def pass_on(request: HttpRequest, item_id: int) -> HttpResponse:
    """Leave an item to another moderator and go on to the next."""
    item, form = find(request, item_id), HandoverForm(request.POST)
    if not form.is_valid():
        return page(request, item, handover=form, status=422)
    leave = actions.escalate if form.cleaned_data["to_seniors"] else actions.pass_on
    leave(item=item, moderator=request.user, note=form.cleaned_data["note"])
    messages.success(request, _("Passed on: the others have it."))
    return go_on(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def decide(request: HttpRequest, item_id: int, decision: str) -> HttpResponse:
    """The form of one decision below the item; sent, it decides and leads to the next item."""
    if decision not in WAYS:
        raise Http404
    way, item = WAYS[decision], find(request, item_id)
    if request.method != "POST":
        is_unopened = item.distress and not rules.is_claimed_by(request.user, item)
        if decision not in rules.decisions_on(item) or rules.is_claimed_by_another(request.user, item) or is_unopened:
            return redirect_see_other("review:item", item.pk)
        return page(request, item, way=way)
    if request.POST.get("version") != str(item.version) or rules.is_claimed_by_another(request.user, item):
        return _overtaken(request, item, way)
    if decision not in rules.decisions_on(item):
        raise Http404
    if "put_in" in request.POST:
        return page(
            request, item, way=way, typed=_with_reply(_typed(request), request.POST.get("reply", ""), way, item)
        )
    form = way.form(request.POST, case=case(item))
    if not form.is_valid():
        return page(request, item, way=way, form=form, status=422)
    try:
        way.act(item=item, moderator=request.user, **form.cleaned_data)
    except actions.Overtaken:
        return _overtaken(request, find(request, item_id), way)
    messages.success(request, str(way.done))
    return go_on(request)


def go_on(request: HttpRequest) -> HttpResponse:
    """Take up the next item and go there; without one, to the queue. What is distressing is announced there first."""
    item = lists.next_unread(request.user)
    if item is not None and item.distress:
        return redirect_see_other("review:item", item.pk)
    if item is not None and actions.claim(item=item, moderator=request.user):
        return redirect_see_other("review:item", item.pk)
    return redirect_see_other("review:queue")


def _overtaken(request: HttpRequest, item: ReviewItem, way: Way) -> HttpResponse:
    """Somebody was quicker: say what happened, and keep what was typed."""
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    if item.decisions.filter(item_version=version, moderator=request.user).exists():
        # The same button, pressed twice.
        return go_on(request)
    return page(request, item, way=way, typed=_typed(request), notice=what_happened(item, version=version), status=409)


def _typed(request: HttpRequest) -> dict[str, str]:
    kept = ("rule", "title", "body", "tags", "reason", "words")
    return {name: clean(request.POST[name]) for name in kept if name in request.POST}


def _with_reply(typed: dict[str, str], reply: str, way: Way, item: ReviewItem) -> dict[str, str]:
    """What is typed, with the words of a saved reply that was chosen."""
    offered = replies.offered(way.code, replies.values(item.thing, rule=typed.get("rule", "")))
    return typed | {"words": replies.put_in(typed.get("words", ""), reply, offered)}
