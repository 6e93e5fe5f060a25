"""What everybody may know of a member: the handle, and what they wrote under it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Credential, User
from core.http import keep_off_search_engines
from core.pagination import keyset, place
from forum import lists
from forum.following import with_distance, with_follow
from forum.models import Answer, Question

PAGE = 20
# With less on it a page of a member is nothing to find by a search engine.
LITTLE = 5


@require_safe
def member(request: HttpRequest, handle: str) -> HttpResponse:
    """Their questions, or with `show=answers` their answers, as far as they show them; what they wrote without their
    name is in neither."""
    active = with_distance(with_follow(User.objects.filter(is_active=True), request.user), request.user)
    member = active.filter(handle=handle.lower()).first()
    if member is None or member.handle != handle:
        return _to_whom_it_belongs(handle, member)
    shows_answers = member.shows_answers and (request.GET.get("show") == "answers" or not member.shows_questions)
    posts = (
        Answer.objects.select_related("question", "credential")
        if shows_answers
        else Question.objects.for_list(request.user).prefetch_related("tags")
    )
    named = posts.shown_to(request.user).filter(author=member, alias=None)
    if not (member.shows_answers or member.shows_questions):
        named = named.none()
    page = keyset(named, **place(request.GET), by="published_at", size=PAGE)
    context = {
        "member": member,
        "credential": Credential.objects.current().filter(user=member).first() if member.is_clinician else None,
        "shows_answers": shows_answers,
        "kept": getattr(member, "kept", None) or "",
        "page": page,
        "is_little": len(page.items) < LITTLE or not page.is_first,
    }
    response = render(request, "forum/member.html", context)
    if not lists.is_for_search_engines(page):
        keep_off_search_engines(response)
    return response


def _to_whom_it_belongs(handle: str, member: User | None) -> HttpResponse:
    """A handle in capitals, or one that somebody had before, leads to the one they have now."""
    member = member or User.objects.formerly(handle.lower())
    if member is None or not member.is_active:
        raise Http404
    return HttpResponsePermanentRedirect(member.get_absolute_url())
