"""What everybody may know of a member: the handle, and what they wrote under it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Credential, User
from core.pagination import keyset
from forum.models import Answer, Question

PAGE = 20


@require_safe
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Their questions, or with `show=answers` their answers; what they wrote without their name is in neither."""
    member = User.objects.filter(handle=handle.lower(), is_active=True).first()
    if member is None or member.handle != handle:
        return _to_whom_it_belongs(handle, member)
    shows_answers = request.GET.get("show") == "answers"
    posts = Answer.objects.select_related("question", "credential") if shows_answers else Question.objects.for_list()
    named = posts.shown_to(request.user).filter(author=member, alias=None)
    context = {
        "member": member,
        "credential": Credential.objects.current().filter(user=member).first() if member.is_clinician else None,
        "shows_answers": shows_answers,
        "page": keyset(named, after=request.GET.get("after", ""), by="published_at", size=PAGE),
    }
    return render(request, "forum/member.html", context)


def _to_whom_it_belongs(handle: str, member: User | None) -> HttpResponse:
    """A handle in capitals, or one that somebody had before, leads to the one they have now."""
    member = member or User.objects.formerly(handle.lower())
    if member is None or not member.is_active:
        raise Http404
    return HttpResponsePermanentRedirect(member.get_absolute_url())
