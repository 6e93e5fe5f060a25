"""One member as the moderators see them, and what is done about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.rules import in_their_time
from core.http import redirect_see_other
from core.rulings import Ruling, require
from moderation import notes, replies, rules, sanctions
from moderation.actions import Overtaken
from moderation.member_forms import LiftForm, SanctionForm
from moderation.members import File, file_of, steps_of
from moderation.models import Sanction, SavedReply, apart_from
from moderation.models.sanctions import STEPS
from moderation.queue_forms import NoteForm
from moderation.views.queue import moderator_required

DONE = {
    Sanction.Kind.WARN: _lazy("They are warned, and cannot post before they have confirmed that they read it."),
    Sanction.Kind.SILENCE: _lazy("Their posting is paused. They are told why, until when, and how to appeal."),
    Sanction.Kind.SUSPEND: _lazy("Their account is suspended. They are told why, until when, and how to appeal."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Their posts, what was decided about them, and the form to warn, pause or suspend them."""
    them, may_act = find(request, handle)
    if request.method != "POST":
        return page(request, file_of(them), may_act)
    require(may_act)
    file = file_of(them)
    if "put_in" in request.POST:
        return _with_reply(request, file, may_act)
    form = SanctionForm(request.POST, posts=file.posts)
    if not form.is_valid():
        return page(request, file, may_act, form=form, status=422)
    try:
        sanctions.impose(member=them, moderator=request.user, **form.cleaned_data)
    except Overtaken:
        notice = _("Another moderator was quicker. Here is what there is now; what you had typed is still below.")
        typed = request.POST.copy()
        typed["as_seen"] = sanctions.view_of(them)
        file = file_of(them)
        again = SanctionForm(typed, posts=file.posts)
        return page(request, file, may_act, form=again, notice=notice, status=409)
    messages.success(request, str(DONE[form.cleaned_data["kind"]]))
    return redirect_see_other("review:member", them.handle)


@require_POST
@moderator_required
def lift(request: HttpRequest, handle: str) -> HttpResponse:
    """End a sanction before its time."""
    them, may_act = find(request, handle)
    require(may_act)
    form = LiftForm(request.POST)
    sanction = form.is_valid() and Sanction.objects.filter(member=them, pk=form.cleaned_data["sanction"]).first()
    try:
        if not sanction:
            raise Overtaken
        sanctions.lift(sanction=sanction, moderator=request.user)
    except Overtaken:
        messages.info(request, _("It is over already. Here is how things stand."))
    else:
        messages.success(request, _("It has ended, and they are told."))
    return redirect_see_other("review:member", them.handle)


def find(request: HttpRequest, handle: str) -> tuple[User, Ruling]:
    """A member this moderator may look at, and whether they may act on them."""
    them = get_object_or_404(User, handle=handle)
    apart = apart_from(request.user, them.pk)
    require(rules.may_look_at(request.user, them, apart=apart))
    return them, rules.may_sanction(request.user, them, apart=apart)


def page(
    request: HttpRequest,
    file: File,
    may_act: Ruling,
    *,
    form: SanctionForm | None = None,
    note: NoteForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    kind, days = rules.proposed(steps_of(file))
    initial: dict[str, Any] = {"as_seen": sanctions.view_of(file.member), "kind": kind, "days": days}
    context = {
        "file": file,
        "may_act": may_act,
        "proposed": Sanction.Kind(kind).label,
        "proposed_days": None if kind == Sanction.Kind.WARN else days,
        "form": form or SanctionForm(posts=file.posts, initial=initial),
        "replies": _replies(request, file.member) if may_act else [],
        "notes": notes.beside(file.member),
        "note": note or NoteForm(),
        "notice": notice,
    }
    return render(request, "moderation/member.html", context, status=status)


def _with_reply(request: HttpRequest, file: File, may_act: Ruling) -> HttpResponse:
    """The form with the words of a saved reply that was chosen: nothing is done."""
    typed = {name: request.POST.get(name, "") for name in ("as_seen", "kind", "days", "rule", "words")}
    typed["words"] = replies.put_in(typed["words"], request.POST.get("reply", ""), _replies(request, file.member))
    initial = typed | {"evidence": request.POST.getlist("evidence")}
    return page(request, file, may_act, form=SanctionForm(posts=file.posts, initial=initial))


def _replies(request: HttpRequest, them: User) -> list[replies.Offered]:
    """With what was chosen in the form, if it came with one."""
    days = next((step for step in STEPS if str(step) == request.POST.get("days")), None)
    is_pause = request.POST.get("kind") in (Sanction.Kind.SILENCE, Sanction.Kind.SUSPEND)
    until = in_their_time(timezone.now() + timedelta(days=days), them) if days and is_pause else ""
    known = replies.values(them, rule=request.POST.get("rule", ""), until=until)
    return replies.offered(SavedReply.Use.SANCTION, known)
