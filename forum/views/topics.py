"""Everything about one topic: what it is, its articles, its questions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from forum import lists

ARTICLES = 6


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.select_related("parent"), slug=slug)
    subtopics = list(topic.children.all())
    articles = Article.objects.published().in_topic(topic).for_list().order_by("-checked_on", "-pk")
    context = {
        "topic": topic,
        "subtopics": subtopics,
        "articles": articles[:ARTICLES],
        "page": lists.questions(
            request.user, sort=lists.ACTIVE, topics=[topic, *subtopics], after=request.GET.get("after", "")
        ),
    }
    return render(request, "forum/topic.html", context)
