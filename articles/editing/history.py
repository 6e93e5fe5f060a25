"""Reading an article as readers will, its revisions, and what changed between two."""

from __future__ import annotations

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rules
from articles.editing.changes import changes_between
from articles.editing.pages import article_of, number_in, page_about, sign_off_of, text_of
from articles.models import Revision, Step
from articles.views import shown
from core.pagination import keyset
from core.rulings import require

HISTORY_SIZE = 50
LONG_COLUMNS = [
    field.attname for field in Revision._meta.concrete_fields if isinstance(field, models.TextField | models.JSONField)
]


@require_safe
def preview(request: HttpRequest, article_id: int, number: int | None = None) -> HttpResponse:
    """A text of the article, the current one if no number is given, on the very page that readers will get."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    text = text_of(article, number)
    context = shown(request, article, text, sign_off_of(text))
    context["preview"] = {"may_edit": rules.may_edit(request.user), "is_reviewer": request.user.is_reviewer}
    response = render(request, "articles/article.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def history(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    revisions = article.revisions.select_related("author", "sign_off").prefetch_related(
        Prefetch("steps", Step.objects.select_related("editor"))
    )
    page = keyset(
        revisions.defer(*LONG_COLUMNS), after=request.GET.get("after", ""), by="created_at", size=HISTORY_SIZE
    )
    return page_about(request, article, "history", _("History"), page=page, may_edit=rules.may_edit(request.user))


@require_safe
def differences(request: HttpRequest, article_id: int) -> HttpResponse:
    """What changed between the revisions `from` and `to`; from the one before `to` if there is no `from`."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    new = text_of(article, number_in(request.GET.get("to")))
    old = text_of(article, number_in(request.GET.get("from")) or max(new.number - 1, 1))
    if old.number > new.number:
        old, new = new, old
    return page_about(
        request, article, "differences", _("What changed"), old=old, new=new, changes=changes_between(old, new)
    )
