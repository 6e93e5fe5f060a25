"""The start page: search, what is being talked about, what was checked, what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from forum import lists
from forum.models import Question

RECENT, CHECKED, WAITING = 10, 5, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    recent = _listed(request, lists.ACTIVE, RECENT)
    lists.add_tags(recent)
    context = {
        "topics": Topic.objects.filter(parent=None),
        "recent": recent,
        "checked": Article.objects.published().for_list().order_by("-checked_on", "-pk")[:CHECKED],
        "waiting": _listed(request, lists.UNANSWERED, WAITING),
    }
    return render(request, "forum/home.html", context)


def _listed(request: HttpRequest, sort: str, size: int) -> list[Question]:
    """For guests, and so for search engines, without what is kept off those: this page must be found."""
    if request.user.is_authenticated:
        return list(lists.questions(request.user, sort=sort, size=size).items)
    some = lists.questions(request.user, sort=sort, size=size * 2).items
    return [question for question in some if question.is_for_search_engines][:size]
