"""The appeals that wait, and the second look at a decision by a moderator who did not make it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

import forum.rules
from core.http import redirect_see_other
from core.rulings import require
from forum.models import Post
from moderation import appeals, rules, statements
from moderation.actions import Overtaken
from moderation.member_forms import AppealDecisionForm
from moderation.models import Appeal, apart_from
from moderation.views.queue import moderator_required
from moderation.wording import announced

SHOWN = 50
ACTS = {"overturn": appeals.overturn, "confirm": appeals.confirm}


@require_safe
@never_cache
@moderator_required
def index(request: HttpRequest) -> HttpResponse:
    """Oldest first, what is distressing named before it is opened; what this moderator decided is for another."""
    waiting = Appeal.objects.filter(outcome=None).exclude(member=request.user).select_related("decision__item")
    lines = [
        (
            appeal,
            statements.what(appeal.decision),
            announced(appeal.decision.item),
            appeal.decision.moderator_id == request.user.pk,
        )
        for appeal in waiting.order_by("made_at", "pk")[:SHOWN]
    ]
    return render(request, "moderation/appeals.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def appeal(request: HttpRequest, appeal_id: int) -> HttpResponse:
    appeal = _appeal(request, appeal_id)
    if request.method != "POST":
        return _page(request, appeal)
    form = AppealDecisionForm(request.POST)
    if appeal.outcome is not None:
        return _page(request, appeal, form=form, status=409)
    if not form.is_valid():
        return _page(request, appeal, form=form, status=422)
    try:
        ACTS[form.cleaned_data["outcome"]](appeal=appeal, moderator=request.user, words=form.cleaned_data["words"])
    except Overtaken:
        return _page(request, _appeal(request, appeal_id), form=form, status=409)
    messages.success(request, _("It is decided, and they are told."))
    return redirect_see_other("review:appeals")


def _appeal(request: HttpRequest, appeal_id: int) -> Appeal:
    found = Appeal.objects.select_related(
        "decision__item", "decision__words", "decision__sanction", "outcome__words", "member"
    )
    appeal: Appeal = get_object_or_404(found, pk=appeal_id)
    thing = appeal.decision.thing
    is_post = isinstance(thing, Post)
    # What has no name on it is decided by anybody else: a refusal would tell whose it is.
    named = appeal.member_id if not is_post or thing.alias is None else None
    people = forum.rules.people_of(thing) if is_post else {appeal.member_id}
    apart = bool(apart_from(request.user, named))
    require(rules.may_decide_appeal(request.user, appeal.decision, people=people, is_apart=apart))
    if not is_post:
        require(rules.may_sanction(request.user, thing, apart=()))
    return appeal


def _page(
    request: HttpRequest, appeal: Appeal, *, form: AppealDecisionForm | None = None, status: int = 200
) -> HttpResponse:
    told = statements.statement(appeal.decision)
    context = {"appeal": appeal, "told": told, "form": form or AppealDecisionForm()}
    return render(request, "moderation/appeal.html", context, status=status)
