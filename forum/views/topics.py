"""Everything about one topic: what it is, its articles, its questions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from core.http import Moved, keep_off_search_engines, with_query
from core.pagination import place
from forum import lists
from forum.following import with_follow

ARTICLES = 6


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = with_follow(Topic.objects.select_related("parent"), request.user).at(slug)
    if topic is None:
        raise Http404
    if topic.slug != slug:
        return Moved(with_query(request, topic.get_absolute_url()))
    subtopics = list(topic.children.all())
    articles = Article.objects.published().in_topic(topic).for_list().order_by("-checked_on", "-pk")
    family = [topic, *subtopics]
    page = lists.questions(request.user, sort=lists.ACTIVE, topics=family, **place(request.GET))
    pinned = lists.pinned(request.user, family) if page.is_first else []
    lists.add_tags(page.items, pinned)
    context = {
        "topic": topic,
        "subtopics": subtopics,
        "articles": articles[:ARTICLES],
        "page": page,
        "pinned": pinned,
    }
    response = render(request, "forum/topic.html", context)
    if not lists.is_for_search_engines(page):
        keep_off_search_engines(response)
    return response
