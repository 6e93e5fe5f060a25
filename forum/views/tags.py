"""Tags: all of them, one of them with its questions, and what completes the last word of a field."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.http import keep_off_search_engines
from core.pagination import place
from core.text import clean
from forum import lists, tags
from forum.following import with_follow
from forum.models import Tag, TagSynonym

PAGE, OFFERED = 100, 5
# Shorter, a word could be anything.
BEGINNING = 2


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The tags in use, by their address."""
    used = Tag.objects.shown_to(request.user).order_by("slug")
    after = clean(request.GET.get("after", ""))
    found = list(used.filter(slug__gt=after)[: PAGE + 1])
    more = len(found) > PAGE
    context = {"tags": found[:PAGE], "next_cursor": found[PAGE - 1].slug if more else "", "is_first": not after}
    return render(request, "forum/tags.html", context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """What a tag is about, and the questions with it; another word for it leads here."""
    tag = with_follow(Tag.objects.shown_to(request.user), request.user).filter(slug=slug).first()
    if tag is None:
        return _to_its_address(request, slug)
    page = lists.questions(request.user, sort=lists.ACTIVE, tag=tag, **place(request.GET))
    lists.add_tags(page.items)
    response = render(request, "forum/tag.html", {"tag": tag, "page": page})
    if not lists.is_for_search_engines(page):
        keep_off_search_engines(response)
    return response


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """Tags that begin like the last word of the field `tags`, or that another word with this beginning stands for."""
    *before, last = clean(request.GET.get("tags", "")).split(",")
    beginning = tags.slug_of(last)
    offered: list[Tag] = []
    if len(beginning) >= BEGINNING:
        used = Tag.objects.shown_to(request.user).exclude(slug__in=[tags.slug_of(name) for name in before])
        offered = list(used.filter(slug__gte=beginning, slug__lt=beginning + "~").order_by("slug")[:OFFERED])
    return render(request, "forum/_tags_offered.html", {"offered": offered})


def _to_its_address(request: HttpRequest, slug: str) -> HttpResponse:
    meant = TagSynonym.objects.filter(slug=slug, tag__in=Tag.objects.shown_to(request.user)).select_related("tag")
    synonym = meant.first()
    if synonym is None:
        raise Http404
    return HttpResponsePermanentRedirect(synonym.tag.get_absolute_url())
