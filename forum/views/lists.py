"""All questions: by activity, by age, by what they lack, and a member's own; of a topic, with a tag, or both."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.models import Topic
from core.http import Moved, asked_anew, keep_off_search_engines, sign_in
from core.pagination import place
from core.text import clean
from forum import lists
from forum.models import Tag

SORTS = {
    lists.ACTIVE: _("Active"),
    lists.NEWEST: _("Newest"),
    lists.UNANSWERED: _("Unanswered"),
    lists.CLINICIAN: _("A clinician replied"),
}
OWN = {lists.FOLLOWING: _("Following"), lists.SAVED: _("Saved")}


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What the address asks for; what it asks wrongly is left out."""
    sort = request.GET.get("sort", "")
    sorts = SORTS | OWN if request.user.is_authenticated else SORTS
    if sort in OWN and sort not in sorts:
        return sign_in(request, request.get_full_path())
    sort = sort if sort in sorts else lists.ACTIVE
    topics = list(Topic.objects.select_related("parent"))
    asked = clean(request.GET.get("topic", ""))
    topic = next((topic for topic in topics if topic.slug == asked), None)
    if asked and topic is None and (moved := Topic.objects.at(asked)):
        return Moved(asked_anew(request, topic=moved.slug))
    family = [one for one in topics if topic in (one, one.parent)] if topic else []
    tag = _tag(request)
    where = place(request.GET)
    page = lists.questions(request.user, sort=sort, topics=family, tag=tag, **where)
    pinned = lists.pinned(request.user, family) if family and page.is_first and sort == lists.ACTIVE and not tag else []
    lists.add_tags(page.items, pinned)
    narrowed = {name: one.slug for name, one in (("topic", topic), ("tag", tag)) if one}
    context = {
        "page": page,
        "pinned": pinned,
        "sorts": sorts,
        "sort": sort,
        "topics": topics,
        "topic": topic,
        "tag": tag,
        "narrowed": urlencode(narrowed),
        "asked": urlencode({"sort": sort} | narrowed),
    }
    response = render(request, "forum/questions.html", context)
    if not lists.is_for_search_engines(page):
        keep_off_search_engines(response)
    return response


def _tag(request: HttpRequest) -> Tag | None:
    slug = clean(request.GET.get("tag", ""))
    return Tag.objects.shown_to(request.user).filter(slug=slug).first() if slug else None
