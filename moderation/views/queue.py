"""The review queue: what waits, one item beside it, and the decisions on it. Nothing changes on GET."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.http import View, member_required, redirect_see_other
from core.rulings import require
from core.text import clean
from moderation import actions, forms, rules
from moderation.case import case, chips, heading, waited, what_happened
from moderation.models import ReviewItem

SHOWN = 50
# In the session: the items that this moderator has left to others.
PASSED = "passed_on"


@dataclass(frozen=True)
class Way:
    """One way to decide: what its button says, what it asks for, what it does, and what is said when it is done."""

    code: str
    label: str | Promise
    form: type[forms.DecisionForm]
    act: Callable[..., None]
    done: str | Promise
    is_against: bool = False

    @property
    def needs_words(self) -> bool:
        return self.form is not forms.DecisionForm


WAYS = {
    way.code: way
    for way in (
        Way(
            rules.APPROVE,
            gettext_lazy("Approve"),
            forms.DecisionForm,
            actions.approve,
            gettext_lazy("Approved. It is published, and its author is told."),
        ),
        Way(
            rules.EDIT,
            gettext_lazy("Edit and approve"),
            forms.EditForm,
            actions.edit_and_approve,
            gettext_lazy("Approved with your change. Its author is told, and sees what you changed."),
        ),
        Way(
            rules.CHANGES,
            gettext_lazy("Ask for changes"),
            forms.ChangesForm,
            actions.ask_for_changes,
            gettext_lazy("Sent back. Its author reads what you wrote and can send it again."),
        ),
        Way(
            rules.REJECT,
            gettext_lazy("Reject"),
            forms.RejectForm,
            actions.reject,
            gettext_lazy("Rejected. Its author is told why."),
            is_against=True,
        ),
        Way(
            rules.KEEP,
            gettext_lazy("Keep as it is"),
            forms.DecisionForm,
            actions.keep,
            gettext_lazy("Kept as it is."),
        ),
        Way(
            rules.HIDE,
            gettext_lazy("Hide it"),
            forms.HideForm,
            actions.hide,
            gettext_lazy("Hidden. Its author is told why."),
            is_against=True,
        ),
    )
}


@dataclass(frozen=True)
class Line:
    """One line of the queue."""

    item: ReviewItem
    heading: str
    chips: Sequence[tuple[str, int]]
    waited: str
    is_mine: bool
    is_anothers: bool


def moderator_required(view: View) -> View:
    @wraps(view)
    @member_required
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(rules.may_review(request.user))
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@never_cache
@moderator_required
def queue(request: HttpRequest) -> HttpResponse:
    """The queue opens on what this moderator has taken up, else on the most harmful item that nobody has."""
    waiting = _waiting(request.user)
    mine = (item for item in waiting if rules.is_claimed_by(request.user, item))
    chosen = next(mine, None) or next(iter(_free(request, waiting)), None)
    item = ReviewItem.objects.for_page().filter(pk=chosen.pk).first() if chosen else None
    return _page(request, item, waiting=waiting)


@require_safe
@never_cache
@moderator_required
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    return _page(request, _item(request, item_id))


@require_POST
@moderator_required
def take(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take an item up, so that others leave it alone for a while."""
    item = _item(request, item_id)
    if not actions.claim(item=item, moderator=request.user):
        messages.info(request, _("Another moderator was quicker. Here is what waits now."))
        return redirect_see_other("review:queue")
    return redirect_see_other("review:item", item.pk)


@require_POST
@moderator_required
def pass_on(request: HttpRequest, item_id: int) -> HttpResponse:
    """Leave an item to another moderator and go on to the next."""
    item = _item(request, item_id)
    actions.pass_on(item=item, moderator=request.user)
    request.session[PASSED] = [*request.session.get(PASSED, [])[-SHOWN:], item.pk]
    return _next(request)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@moderator_required
def decide(request: HttpRequest, item_id: int, decision: str) -> HttpResponse:
    """The form of one decision below the item; sent, it decides and leads to the next item."""
    if decision not in WAYS:
        raise Http404
    way, item = WAYS[decision], _item(request, item_id)
    if request.method != "POST":
        if decision not in rules.decisions_on(item) or rules.is_claimed_by_another(request.user, item):
            return redirect_see_other("review:item", item.pk)
        return _page(request, item, way=way)
    if request.POST.get("version") != str(item.version) or rules.is_claimed_by_another(request.user, item):
        return _overtaken(request, item, way)
    if decision not in rules.decisions_on(item):
        raise Http404
    form = way.form(request.POST, case=case(item))
    if not form.is_valid():
        return _page(request, item, way=way, form=form, status=422)
    try:
        way.act(item=item, moderator=request.user, **form.cleaned_data)
    except actions.Overtaken:
        return _overtaken(request, _item(request, item_id), way)
    messages.success(request, str(way.done))
    return _next(request)


def _overtaken(request: HttpRequest, item: ReviewItem, way: Way) -> HttpResponse:
    """Somebody was quicker: say what happened, and keep what was typed."""
    version = request.POST.get("version", "")
    version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    if item.decisions.filter(item_version=version, moderator=request.user).exists():
        # The same button, pressed twice.
        return _next(request)
    typed = {name: clean(request.POST[name]) for name in ("rule", "title", "body", "words") if name in request.POST}
    return _page(request, item, way=way, typed=typed, notice=what_happened(item, version=version), status=409)


def _page(
    request: HttpRequest,
    item: ReviewItem | None,
    *,
    waiting: Sequence[ReviewItem] | None = None,
    way: Way | None = None,
    form: forms.DecisionForm | None = None,
    typed: dict[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    waiting = _waiting(request.user) if waiting is None else waiting
    shown = case(item, is_first=item in waiting[:1]) if item else None
    can_decide = shown is not None and way is not None and way.code in shown.decisions
    context = {
        "lines": [_line(request.user, one) for one in waiting[:SHOWN]],
        "has_more": len(waiting) > SHOWN,
        "case": shown,
        "heading": heading(item) if item else "",
        "ways": [WAYS[code] for code in shown.decisions] if shown else [],
        "is_mine": item is not None and rules.is_claimed_by(request.user, item),
        "is_anothers": item is not None and rules.is_claimed_by_another(request.user, item),
        "way": way if can_decide else None,
        "form": (form or way.form(case=shown, typed=typed)) if can_decide else None,
        "typed": (typed or {}).get("words", ""),
        "notice": notice,
    }
    return render(request, "moderation/queue.html", context, status=status)


def _line(moderator: User, item: ReviewItem) -> Line:
    return Line(
        item,
        heading(item),
        chips(item),
        waited(item),
        is_mine=rules.is_claimed_by(moderator, item),
        is_anothers=rules.is_claimed_by_another(moderator, item),
    )


def _item(request: HttpRequest, item_id: int) -> ReviewItem:
    item = get_object_or_404(ReviewItem.objects.for_page(), pk=item_id)
    require(rules.may_open(request.user, item))
    return item


def _waiting(moderator: User) -> list[ReviewItem]:
    """What waits for this moderator, and one more than is shown."""
    return list(ReviewItem.objects.open().not_of(moderator).in_order().for_list()[: SHOWN + 1])


def _free(request: HttpRequest, waiting: Sequence[ReviewItem]) -> list[ReviewItem]:
    """What this moderator may take up, in order; last what they have passed on before."""
    passed = request.session.get(PASSED, [])
    free = [item for item in waiting if not rules.is_claimed_by_another(request.user, item)]
    return sorted(free, key=lambda item: item.pk in passed)


def _next(request: HttpRequest) -> HttpResponse:
    """Take up the next item and go there; without one, to the queue."""
    for item in _free(request, _waiting(request.user)):
        if item.pk not in request.session.get(PASSED, []) and actions.claim(item=item, moderator=request.user):
            return redirect_see_other("review:item", item.pk)
    return redirect_see_other("review:queue")
