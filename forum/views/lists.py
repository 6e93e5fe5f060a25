"""All questions: the active ones, the newest, those that wait for an answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.models import Topic
from forum import lists

SORTS = {lists.ACTIVE: _("Active"), lists.NEWEST: _("Newest"), lists.UNANSWERED: _("Unanswered")}


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What the address asks for; what it asks wrongly is left out."""
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else lists.ACTIVE
    topics = list(Topic.objects.select_related("parent"))
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    family = [one for one in topics if topic in (one, one.parent)] if topic else []
    page = lists.questions(request.user, sort=sort, topics=family, after=request.GET.get("after", ""))
    context = {"page": page, "sorts": SORTS, "sort": sort, "topics": topics, "topic": topic}
    return render(request, "forum/questions.html", context)
