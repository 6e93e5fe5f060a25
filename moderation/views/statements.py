"""What somebody is told of the decisions that concern them, and where they appeal: also who cannot sign in."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.suspension import whose
from core.http import member_required, redirect_see_other
from core.pagination import place
from moderation import appeals, letters, rules, sanctions, statements
from moderation.member_forms import AppealForm
from moderation.models import Decision, Sanction

STATED = Decision.objects.filter(code__in=Decision.STATED).select_related(
    "item", "words", "sanction", "undoing", "appeal__outcome__words"
)


@require_safe
@never_cache
@member_required
def decisions(request: HttpRequest) -> HttpResponse:
    """What waits because software stopped at it, and every decision that concerns me."""
    told = statements.concerning(request.user, **place(request.GET))
    context = {
        "page": "decisions",
        "held": [(item, statements.why_waiting(item)) for item in statements.holds(request.user)],
        "told": told,
        "lines": [(decision, statements.what(decision)) for decision in told.items],
    }
    return render(request, "moderation/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def decision(request: HttpRequest, decision_id: int) -> HttpResponse:
    """The reasons of one decision; sent, an appeal against it."""
    told = _own(request, decision_id)
    if request.method != "POST":
        return _statement(request, told)
    form = AppealForm(request.POST)
    if not _appeal(form, told, request.user):
        return _statement(request, told, form=form, status=422)
    messages.success(request, _("We have it. Another moderator looks at it, and we tell you what comes of it."))
    return redirect_see_other("standing:decision", told.pk)


@require_POST
@member_required
def acknowledge(request: HttpRequest, decision_id: int) -> HttpResponse:
    """I have read a warning."""
    told = _own(request, decision_id)
    sanctions.acknowledge(decision=told, member=request.user)
    messages.success(request, _("Thank you. You can post again."))
    return redirect_see_other("standing:decision", told.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def suspended(request: HttpRequest, token: str) -> HttpResponse:
    """Why an account is suspended, and the appeal against it, for who has just shown that it is theirs."""
    user = whose(token)
    running = Sanction.objects.running().filter(member=user, kind=Sanction.Kind.SUSPEND).order_by("until")
    last = running.last() if user else None
    if user is None or last is None:
        return render(request, "moderation/suspended.html", {"told": None}, status=404)
    told = STATED.get(pk=last.decision_id)
    form, status = AppealForm(), 200
    if request.method == "POST":
        form = AppealForm(request.POST)
        if _appeal(form, told, user):
            return redirect_see_other("standing:suspended", token)
        status = 422
    context = {
        "told": statements.statement(told),
        "form": form,
        "member": user,
        "letters": letters.open_of(user),
        "token": token,
    }
    return render(request, "moderation/suspended.html", context, status=status)


def _own(request: HttpRequest, decision_id: int) -> Decision:
    told: Decision = get_object_or_404(STATED, pk=decision_id)
    if not statements.concerns(told, request.user):
        raise Http404
    return told


def _appeal(form: AppealForm, told: Decision, member: User) -> bool:
    """Whether the appeal is made; if not, the form says why not."""
    if not form.is_valid():
        return False
    may = rules.may_appeal(told, has_appealed=hasattr(told, "appeal"), is_undone=hasattr(told, "undoing"))
    if not may:
        form.add_error(None, may.sentence)
        return False
    appeals.appeal(decision=told, member=member, text=form.cleaned_data["text"])
    return True


def _statement(
    request: HttpRequest, told: Decision, *, form: AppealForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"page": "decisions", "told": statements.statement(told), "form": form or AppealForm()}
    return render(request, "moderation/statement.html", context, status=status)
