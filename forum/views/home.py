"""The start page: search, what is being talked about, what was checked, what waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from forum import lists

RECENT, CHECKED, WAITING = 10, 5, 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "topics": Topic.objects.filter(parent=None),
        "recent": lists.questions(request.user, sort=lists.ACTIVE, size=RECENT).items,
        "checked": Article.objects.published().for_list().order_by("-checked_on", "-pk")[:CHECKED],
        "waiting": lists.questions(request.user, sort=lists.UNANSWERED, size=WAITING).items,
    }
    return render(request, "forum/home.html", context)
