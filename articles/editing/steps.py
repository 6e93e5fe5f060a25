"""Each step of an article on its way to readers and away from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import actions, links, rules
from articles.editing.pages import article_of, page_about, sign_off_of, text_of
from articles.forms import ArchiveForm, PublishForm
from articles.models import Article, Revision
from core.http import redirect_see_other
from core.rulings import require


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    text = text_of(article)
    missing = rules.missing_in_text(text)
    if request.method == "POST":
        try:
            revision = actions.submit_for_review(article=article, editor=request.user)
        except actions.NotReady as lack:
            missing = lack.missing
        else:
            messages.success(request, _("Revision %d is waiting for a reviewer.") % revision.number)
            return redirect_see_other("admin:articles_article_change", article.pk)
    broken = links.broken(text)
    return page_about(request, article, "submit", _("Submit for review"), missing=missing, broken=broken)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    text = text_of(article)
    signed = sign_off_of(text)
    checked_on = timezone.localdate(signed.signed_at if signed else None)
    next_review_on = rules.next_check_after(checked_on, text)
    form = PublishForm(request.POST or None, initial={"next_review_on": next_review_on})
    missing: Sequence[str] = [
        *rules.missing_for_publication(text, signed, checked_on=checked_on, next_review_on=next_review_on),
        *links.broken(text),
    ]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        at = said.pop("at")
        try:
            if at:
                actions.schedule(article=article, editor=request.user, at=at, **said)
            else:
                actions.publish(article=article, editor=request.user, **said)
        except actions.NotReady as lack:
            missing = lack.missing
        else:
            messages.success(request, _told_of(text, at))
            return redirect_see_other("admin:articles_article_change", article.pk)
    return page_about(request, article, "publish", _("Publish"), form=form, missing=missing, sign_off=signed)


@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    if request.method == "POST":
        actions.call_off(article=article, editor=request.user)
        messages.success(request, _("Taken off the schedule. It is published when you say so again."))
        return redirect_see_other("admin:articles_article_change", article.pk)
    return page_about(request, article, "call_off", _("Take off the schedule"))


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    now = article.successor.get_absolute_url() if article.successor else ""
    typed = request.POST if request.method == "POST" else None
    form = ArchiveForm(typed, article=article, initial={"successor": now})
    if request.method == "POST" and form.is_valid():
        actions.archive(article=article, editor=request.user, successor=form.cleaned_data["successor"])
        messages.success(request, _("Archived. Readers do not find it any more; publishing it again brings it back."))
        return redirect_see_other("admin:articles_article_change", article.pk)
    return page_about(request, article, "archive", _("Archive"), form=form, linking=links.linking_to(article))


def _told_of(text: Revision, at: datetime | None) -> str:
    if at is None:
        return _("Published. Readers have revision %d now.") % text.number
    time = date_format(timezone.localtime(at), "j F Y, H:i")
    return _("Scheduled. Readers get revision %(number)d on %(time)s.") % {"number": text.number, "time": time}


def where_it_stands(article: Article) -> dict[str, Any]:
    """What the form says of the article's way to its readers."""
    current = text_of(article)
    return {"current": current, "sign_off": sign_off_of(current), "live": article.live}
