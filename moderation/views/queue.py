"""The review queue: what waits, and one item beside it. On GET nothing changes but how long one still has to oneself
what one took up: whoever has no script gives no other sign of life."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from core.http import View, member_required
from core.rulings import require
from forum.models import Post
from moderation import actions, care, duty, forms, letters, lists, notes, queue_forms, replies, rules
from moderation.case import case, what_happened
from moderation.models import ReviewItem, apart_from
from moderation.views.ways import WAYS, Way
from moderation.wording import announced, heading, line, place, reader

# So long before others may take something up, whoever has it is told; the page asks every 20 seconds.
TOLD_BEFORE = timedelta(seconds=90)


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
    lines = asked(request)
    chosen = lists.next_for(request.user, lines["filters"].asked)
    item = ReviewItem.objects.for_page().filter(pk=chosen.pk).first() if chosen else None
    return page(request, item, lines=lines)


@require_safe
@never_cache
@moderator_required
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    return page(request, find(request, item_id))


@require_safe
@never_cache
@moderator_required
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits now and who reads it, and what became of the item on the page: fetched again and again by the page."""
    context = asked(request)
    seen = queue_forms.SeenItemForm(request.GET)
    if seen.is_valid() and (item := ReviewItem.objects.for_page().filter(pk=seen.cleaned_data["item"]).first()):
        require(may_open(request.user, item))
        if seen.cleaned_data["is_here"]:
            actions.stay(item=item, moderator=request.user)
        context |= {
            "current": item,
            "seen": seen.cleaned_data,
            "ending": ending(request.user, item),
            "news": news(request.user, item, seen.cleaned_data),
        }
    return render(request, "moderation/_live.html", context)


def news(moderator: User, item: ReviewItem, seen: Mapping[str, int]) -> str:
    """What happened to an item since the page showed it; empty if nothing did."""
    if item.version != seen["version"]:
        return what_happened(item, version=seen["version"])
    if who := reader(moderator, item):
        return _("%(who)s has taken this up and is reading it now.") % {"who": who}
    came = sum(reason.get("report", 0) > seen["last_report"] for reason in item.reported)
    if came:
        return ngettext(
            "It was reported once more while you are reading. Your decision holds; that report then waits by itself.",
            "It was reported %(count)d more times while you are reading. Your decision holds; those reports then wait "
            "by themselves.",
            came,
        ) % {"count": came}
    return ""


def ending(moderator: User, item: ReviewItem) -> str:
    """That soon, or already, others may take up what this moderator had to themselves; empty where it is not so."""
    now = timezone.now()
    if item.claimed_by_id != moderator.pk or item.claimed_until > now + TOLD_BEFORE:
        return ""
    if item.claimed_until <= now:
        return _(
            "You no longer have this to yourself, but nobody else has taken it up. Your decision counts if you are the "
            "first to make one."
        )
    if item.claimed_until == rules.claim_ends_at(item):
        return _(
            "You have had this to yourself for long, and in a moment others may take it up. Please decide, or pass it "
            "on; what you have written stays here."
        )
    return _("Are you still reading? Then scroll, tap or press a key: else others may take this up in a moment.")


def asked(request: HttpRequest) -> dict[str, Any]:
    """The list of the queue as the address asks for it."""
    form = queue_forms.QueueForm(request.GET, rules=lists.rules_waiting(request.user))
    page = lists.waiting(request.user, form.asked, after=request.GET.get("after", ""))
    return {
        "filters": form,
        "query": form.query,
        "lines": [line(request.user, item) for item in page.items],
        "page": page,
    }


def page(
    request: HttpRequest,
    item: ReviewItem | None,
    *,
    lines: dict[str, Any] | None = None,
    way: Way | None = None,
    form: forms.DecisionForm | None = None,
    handover: queue_forms.HandoverForm | None = None,
    note: queue_forms.NoteForm | None = None,
    typed: dict[str, str] | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    if item:
        actions.stay(item=item, moderator=request.user)
    # Who decides has opened it; whatever else asks for what is distressing is told of it first.
    is_open = status != 200 or (request.GET.get("open") == "yes" and (not item or not can_take(request.user, item)))
    before = announced(item) if item and not is_open and not rules.is_claimed_by(request.user, item) else ""
    shown = case(item, reader=request.user) if item and not before else None
    can_decide = shown is not None and way is not None and way.code in shown.decisions
    rule = form.data.get("rule", "") if form else (typed or {}).get("rule", "")
    context = lines or asked(request)
    context |= {
        "duty": duty.duty(),
        "shift": care.shift(request.user),
        "is_spared": care.is_spared_something(request.user),
        "announced": before,
        "can_take": item is not None and can_take(request.user, item),
        "case": shown,
        "current": item,
        "seen": {"version": item.version, "last_report": shown.last_report} if item and shown else None,
        "heading": heading(item) if item else "",
        "place": place(item) if item else "",
        "keyed": WAYS.values(),
        "ways": [WAYS[code] for code in shown.decisions] if shown else [],
        "is_mine": item is not None and rules.is_claimed_by(request.user, item),
        "mine_at_most_until": rules.claim_ends_at(item) if item else None,
        "is_first": item is not None and not context["query"] and item == next(iter(context["page"].items), None),
        "handover": handover or queue_forms.HandoverForm(),
        "has_letters": letters.wait_for(request.user),
        "letters": letters.beside(shown.item.thing) if shown else [],
        "may_write": shown is not None and may_write_about(request.user, item),
        "may_reveal": shown is not None and isinstance(item.thing, Post) and rules.may_reveal(request.user, item.thing),
        "notes": notes.beside(shown.item.thing) if shown else [],
        "note": note or queue_forms.NoteForm(),
        "reader": reader(request.user, item) if item else "",
        "way": way if can_decide else None,
        "form": (form or way.form(case=shown, typed=typed)) if can_decide else None,
        "replies": replies.offered(way.code, replies.values(item.thing, rule=rule)) if can_decide else [],
        "typed": (typed or {}).get("words", ""),
        "notice": notice,
    }
    return render(request, "moderation/queue.html", context, status=status)


def may_write_about(moderator: User, item: ReviewItem | None) -> bool:
    """Whether a moderator who may open this item may write to whoever wrote its post."""
    post = item.thing if item else None
    return isinstance(post, Post) and bool(rules.may_write_to_author(moderator, post, apart=()))


def can_take(moderator: User, item: ReviewItem) -> bool:
    return item.is_open and not rules.is_claimed_by_another(moderator, item)


def find(request: HttpRequest, item_id: int) -> ReviewItem:
    item = get_object_or_404(ReviewItem.objects.for_page(), pk=item_id)
    require(may_open(request.user, item))
    return item


def may_open(moderator: User, item: ReviewItem) -> rules.Ruling:
    return rules.may_open(moderator, item, apart=apart_from(moderator, rules.named_author_of(item)))
