"""Atom feeds of what everybody may read, also by way of search engines: the lists, a topic, a tag, one question."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Article, Topic
from articles.models.articles import ArticleQuerySet
from core.http import Moved, absolute
from forum import lists
from forum.models import Answer, Post, Question, Tag
from forum.views.lists import SORTS

ENTRIES = 20
GUEST = AnonymousUser()


class Feed(Atom1Feed):
    """Addresses in the texts are those of this site."""

    def root_attributes(self) -> dict[str, Any]:
        return super().root_attributes() | {"xml:base": f"{settings.BASE_URL}/"}


@require_safe
@conditional_page
def questions(request: HttpRequest, sort: str) -> HttpResponse:
    if sort not in SORTS:
        raise Http404
    title = _("Askwell: questions, %(order)s") % {"order": str(SORTS[sort]).lower()}
    listed = lists.questions(GUEST, sort=sort, size=ENTRIES).items
    return _answer(request, title, f"/questions/?sort={sort}", _of_questions(listed))


@require_safe
@conditional_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    topic = Topic.objects.at(slug)
    if topic is None:
        raise Http404
    if topic.slug != slug:
        return Moved(reverse("forum:feed_of_topic", args=[topic.slug]))
    listed = lists.questions(GUEST, sort=lists.NEWEST, topics=[topic, *topic.children.all()], size=ENTRIES).items
    title = _("Askwell: questions about %(subject)s") % {"subject": topic.name}
    return _answer(request, title, topic.get_absolute_url(), _of_questions(listed))


@require_safe
@conditional_page
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag = get_object_or_404(Tag.objects.shown_to(GUEST), slug=slug)
    listed = lists.questions(GUEST, sort=lists.NEWEST, tag=tag, size=ENTRIES).items
    title = _("Askwell: questions about %(subject)s") % {"subject": tag.name}
    return _answer(request, title, tag.get_absolute_url(), _of_questions(listed))


@require_safe
@conditional_page
def question(request: HttpRequest, question_id: int) -> HttpResponse:
    """The newest answers to one question."""
    question = get_object_or_404(Question.objects.for_search_engines().at(question_id))
    if question.pk != question_id:
        return redirect("forum:feed_of_question", question.pk, permanent=True)
    newest = (
        Answer.objects.in_full().filter(question=question, shown_to_all=True).select_related("author").order_by("-pk")
    )
    answers = list(newest[:ENTRIES])
    for answer in answers:
        answer.question = question
    title = _("Askwell: answers to “%(title)s”") % {"title": question.title}
    entries = [_entry(answer, answer.byline.name, answer.edited_at or answer.published_at) for answer in answers]
    return _answer(request, title, question.get_absolute_url(), entries)


@require_safe
@conditional_page
def articles(request: HttpRequest) -> HttpResponse:
    """The articles that were checked last."""
    entries = _of_articles(Article.objects.published())
    return _answer(request, _("Askwell: articles, the last checked first"), "/articles/", entries)


@require_safe
@conditional_page
def articles_of_topic(request: HttpRequest, slug: str) -> HttpResponse:
    """The same of a topic and the topics below it."""
    topic = Topic.objects.at(slug)
    if topic is None:
        raise Http404
    if topic.slug != slug:
        return Moved(reverse("forum:feed_of_articles_of_topic", args=[topic.slug]))
    title = _("Askwell: articles about %(subject)s") % {"subject": topic.name}
    entries = _of_articles(Article.objects.published().in_topic(topic))
    return _answer(request, title, f"/articles/?topic={topic.slug}", entries)


def _of_articles(articles: ArticleQuerySet) -> list[dict[str, Any]]:
    checked = articles.for_list().order_by("-checked_on", "-pk")[:ENTRIES]
    return [
        {
            "title": article.live.title,
            "link": absolute(article.get_absolute_url()),
            "description": article.live.standfirst,
            "pubdate": datetime.combine(article.checked_on, time(tzinfo=UTC)),
            "updateddate": datetime.combine(article.checked_on, time(tzinfo=UTC)),
        }
        for article in checked
    ]


def _of_questions(listed: Iterable[Question]) -> list[dict[str, Any]]:
    """An entry for each that search engines may have: feeds are read by them too."""
    keys = [question.pk for question in listed]
    found = Question.objects.for_search_engines().select_related("author").in_bulk(keys)
    return [_entry(found[pk], found[pk].title, found[pk].active_at) for pk in keys if pk in found]


def _entry(post: Post, title: str, updated: datetime) -> dict[str, Any]:
    byline = post.byline
    return {
        "title": title,
        "link": absolute(post.get_absolute_url()),
        "description": post.body_html,
        "author_name": byline.name,
        "author_link": absolute(byline.url) if byline.url else None,
        "pubdate": post.published_at,
        "updateddate": updated,
    }


def _answer(request: HttpRequest, title: str, path: str, entries: Iterable[dict[str, Any]]) -> HttpResponse:
    feed = Feed(
        title=title, link=absolute(path), description="", language="en", feed_url=absolute(request.get_full_path())
    )
    for entry in entries:
        feed.add_item(unique_id=entry["link"], **entry)
    response = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    # Asked for anew each time, so that what was taken down is gone; mostly the answer is that nothing changed.
    response["Cache-Control"] = "no-cache"
    return response
