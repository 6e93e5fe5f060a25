"""What every page of the admin about one article begins and ends with."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from articles.models import Article, Revision, SignOff


def article_of(article_id: int) -> Article:
    return get_object_or_404(Article.objects.select_related("topic", "live__topic", "live__hero"), pk=article_id)


def text_of(article: Article, number: int | None = None) -> Revision:
    """Revision `number` of the article; its current text without one."""
    revisions = article.revisions.select_related("author", "topic__parent", "hero", "sign_off")
    return revisions.latest("number") if number is None else get_object_or_404(revisions, number=number)


def number_in(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def sign_off_of(text: Revision) -> SignOff | None:
    return getattr(text, "sign_off", None)


def page_about(request: HttpRequest, article: Article, name: str, title: str, **context: Any) -> HttpResponse:
    """A page of the admin about `article`. After a POST it is shown only if the step was refused."""
    context |= admin.site.each_context(request) | {
        "article": article,
        "current": text_of(article),
        "opts": Article._meta,
        "title": title,
        "subtitle": article.title,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"admin/articles/article/{name}.html", context, status=status)
