"""What a moderator decided lately, and taking a decision back or showing again what it hid: said first, then done."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.http import redirect_see_other
from core.pagination import keyset, place
from moderation import actions, rules, undoing
from moderation.models import Decision, ReviewItem
from moderation.views.queue import find, moderator_required
from moderation.wording import heading

SHOWN = 30
Code = Decision.Code
# What follows when one of these is taken back.
EFFECTS = {
    Code.APPROVED: gettext_lazy(
        "The text waits again. If it was new, it is taken from view with all that others wrote below it; if it took "
        "the place of another, that one is up again."
    ),
    Code.EDITED: gettext_lazy(
        "The text waits again as its author wrote it, without your change. If it was new, it is taken from view with "
        "all that others wrote below it; if it took the place of another, that one is up again."
    ),
    Code.RETURNED: gettext_lazy("The text is no longer with its author; it waits again."),
    Code.REJECTED: gettext_lazy(
        "The text is no longer with its author; it waits again, and nothing counts against them."
    ),
    Code.HIDDEN: gettext_lazy(
        "The post is up again where it stood, nothing counts against its author, and what was reported waits again."
    ),
    Code.KEPT: gettext_lazy("What was reported waits again."),
}


@require_safe
@never_cache
@moderator_required
def decided(request: HttpRequest) -> HttpResponse:
    """One's own decisions, newest first."""
    mine = Decision.objects.filter(moderator=request.user)
    page = keyset(mine.only("code", "item_id", "made_at"), **place(request.GET), by="made_at", size=SHOWN)
    items = ReviewItem.objects.for_list().in_bulk([decision.item_id for decision in page.items])
    rows = [(decision, heading(items[decision.item_id])) for decision in page.items]
    return render(request, "moderation/decided.html", {"rows": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = get_object_or_404(Decision, pk=decision_id)
    decision.item = find(request, decision.item_id)
    if request.method != "POST":
        context = {
            "decision": decision,
            "item": decision.item,
            "heading": heading(decision.item),
            "ruling": undoing.ruling(decision),
            "may_restore": undoing.ruling_on_restoring(decision, request.user),
            "effect": EFFECTS.get(Code(decision.code), ""),
            "until": decision.made_at + rules.UNDONE_WITHIN,
        }
        return render(request, "moderation/undo.html", context)
    try:
        if "restore" in request.POST:
            undoing.restore(decision=decision, moderator=request.user)
            messages.success(request, _("It is shown again, and its author is told."))
            return redirect_see_other("review:item", decision.item_id)
        item = undoing.undo(decision=decision, moderator=request.user)
    except actions.Overtaken:
        messages.info(request, _("Somebody has just taken this back."))
        return redirect_see_other("review:item", decision.item_id)
    actions.claim(item=item, moderator=request.user)
    messages.success(request, _("Taken back. It waits again, and you have taken it up."))
    return redirect_see_other("review:item", item.pk)
