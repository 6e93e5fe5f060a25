"""What somebody is writing: kept while they type, found again, thrown away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import drafts, limits, support
from core.http import member_required
from core.pagination import keyset, place
from core.text import clean
from forum.drafts import LONGEST, MOST, SAVED_AN_HOUR, begun, is_sent, place_of
from forum.forms import is_key

HOUR = 3600
PAGE = 20


@require_safe
@member_required
def mine(request: HttpRequest) -> HttpResponse:
    """What I began to write and have not posted."""
    # Editors find theirs of articles where they write.
    begun_here = drafts.of_member(request.user.pk).exclude(form__startswith=reverse("admin:index"))
    drafted = keyset(begun_here, **place(request.GET), by="saved_at", size=PAGE)
    words = "\n".join(str(draft.fields.get(name, "")) for draft in drafted.items for name in ("title", "body"))
    context = {
        "page": "drafts",
        "drafted": drafted,
        "begun": begun(drafted.items, request.user),
        "panels": support.panels_for(request, words),
    }
    return render(request, "forum/drafts.html", context)


@require_POST
@never_cache
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what a member is typing. 409 says that there is a newer draft, and what is in it, or that it was sent."""
    member = request.user
    if not member.is_authenticated:
        return _refused(401, _("Not saved: you are signed out. Your text is kept in this browser until you are back."))
    form = clean(request.POST.get("form", ""))
    where = place_of(form)
    fields = {name: clean(request.POST[name]) for name in where.kind.fields if name in request.POST} if where else {}
    if where is None or (where.kind.makes is not None and not is_key(fields.get("submission_key"))):
        return _refused(400, _("That form is not kept."))
    if sum(map(len, fields.values())) > LONGEST:
        return _refused(413, _("Not saved: this is too long. Please keep a copy of it elsewhere."))
    if is_sent(where, fields, member):
        drafts.of_member(member.pk).filter(form=form).delete()
        sentence = _("This was posted already, perhaps from another window. What you type here now is not saved.")
        return JsonResponse({"is_sent": True, "sentence": sentence if where.kind.makes else ""}, status=409)
    if not limits.allow("draft", member.pk, limit=SAVED_AN_HOUR, seconds=HOUR) or _has_many(member.pk, form):
        return _refused(429, _("Not saved: these are too many drafts. Please throw some away, or wait an hour."))
    began, window = drafts.moment(request.POST.get("began", "")), clean(request.POST.get("window", ""))[:36]
    try:
        draft = drafts.keep(owner_id=member.pk, form=form, fields=fields, began=began, window=window)
    except drafts.NewerDraft as newer:
        return JsonResponse({"saved_at": newer.draft.saved_at.isoformat(), "fields": newer.draft.fields}, status=409)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def _has_many(owner_id: int, form: str) -> bool:
    return len(drafts.of_member(owner_id).exclude(form=form).values("pk")[:MOST]) == MOST


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
