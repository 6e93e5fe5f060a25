"""The admin's own pages about one article: reading it as readers will, its history, and each step on its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles import actions, rules
from articles.forms import PublishForm, SignOffForm
from articles.models import Article, Revision, SignOff, Step
from articles.views import shown
from core.differences import Piece, compare
from core.http import redirect_see_other
from core.pagination import keyset
from core.rulings import Refused, require

HISTORY_SIZE = 50
LONG_COLUMNS = [
    field.attname for field in Revision._meta.concrete_fields if isinstance(field, models.TextField | models.JSONField)
]


@require_safe
def preview(request: HttpRequest, article_id: int, number: int | None = None) -> HttpResponse:
    """A text of the article, the current one if no number is given, on the very page that readers will get."""
    require(rules.may_read_drafts(request.user))
    article = _article(article_id)
    text = _revision(article, number)
    context = shown(request, article, text, _sign_off_of(text))
    context["preview"] = {"may_edit": rules.may_edit(request.user), "is_reviewer": request.user.is_reviewer}
    response = render(request, "articles/article.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


# History


@require_safe
def history(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_read_drafts(request.user))
    article = _article(article_id)
    revisions = article.revisions.select_related("author", "sign_off").prefetch_related(
        Prefetch("steps", Step.objects.select_related("editor"))
    )
    page = keyset(
        revisions.defer(*LONG_COLUMNS), after=request.GET.get("after", ""), by="created_at", size=HISTORY_SIZE
    )
    return _page(request, article, "history", _("History"), page=page)


@require_safe
def differences(request: HttpRequest, article_id: int) -> HttpResponse:
    """What changed between the revisions `from` and `to`; from the one before `to` if there is no `from`."""
    require(rules.may_read_drafts(request.user))
    article = _article(article_id)
    new = _revision(article, _number(request.GET.get("to")))
    old = _revision(article, _number(request.GET.get("from")) or max(new.number - 1, 1))
    if old.number > new.number:
        old, new = new, old
    return _page(request, article, "differences", _("What changed"), old=old, new=new, changes=_changes(old, new))


@dataclass(frozen=True)
class Change:
    label: str
    pieces: Sequence[Piece]


def _changes(old: Revision, new: Revision) -> list[Change]:
    before, after = _readable(old), _readable(new)
    return [Change(label, compare(before[label], after[label])) for label in after if before[label] != after[label]]


def _readable(text: Revision) -> dict[str, str]:
    """What a revision says, part by part, under the names that editors know."""
    return {
        _("Title"): text.title,
        _("Topic"): text.topic.name,
        _("Standfirst"): text.standfirst,
        _("Key points"): text.key_points,
        _("Text"): text.body,
        _("Call an emergency number now if"): text.help_emergency,
        _("See a doctor in the next day or two if"): text.help_soon,
        _("Mention it at your next visit if"): text.help_visit,
        _("Sources"): "\n".join(
            f"{source['title']}. {source['publisher']}. {source['url']}" for source in text.sources
        ),
        _("Everyday words"): text.lay_words,
        _("Related articles"): text.pins,
        _("Picture"): str(text.hero or ""),
        _("Picture in words"): text.hero_alt,
        _("Written by"): text.byline,
    }


# Steps


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = _article(article_id)
    missing = rules.missing_in_text(_revision(article))
    if request.method == "POST":
        try:
            revision = actions.submit_for_review(article=article, editor=request.user)
        except actions.NotReady as lack:
            missing = lack.missing
        else:
            messages.success(request, _("Revision %d is waiting for a reviewer.") % revision.number)
            return redirect_see_other("admin:articles_article_change", article.pk)
    return _page(request, article, "submit", _("Submit for review"), missing=missing)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form names the revision that was read, so that a newer one is never signed by accident."""
    require(rules.may_read_drafts(request.user))
    article = _article(article_id)
    text = _revision(article)
    form = SignOffForm(request.POST or None, initial={"number": text.number})
    credential = actions.credential_of(request.user)
    ruling = rules.may_sign_off(
        request.user,
        text,
        latest=text.number,
        credential=credential,
        author_ids=actions.author_ids_since_live(text),
    )
    if request.method == "POST" and form.is_valid():
        read = _revision(article, form.cleaned_data["number"])
        try:
            signed = actions.sign_off(revision=read, reviewer=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Revision %(number)d is signed off. Readers will see: Medically reviewed by %(line)s")
                % {"number": read.number, "line": signed.line},
            )
            return redirect_see_other("admin:articles_article_preview", article.pk)
    return _page(
        request,
        article,
        "sign_off",
        _("Sign off this text"),
        form=form,
        sign_off=_sign_off_of(text),
        ruling=ruling,
        line=actions.line_of(request.user, credential) if credential else "",
        live=article.live,
        changes=_changes(article.live, text) if article.live else [],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = _article(article_id)
    text = _revision(article)
    signed = _sign_off_of(text)
    checked_on = timezone.localdate(signed.signed_at if signed else None)
    next_review_on = rules.next_check_after(checked_on, text)
    form = PublishForm(request.POST or None, initial={"next_review_on": next_review_on})
    missing: Sequence[str] = rules.missing_for_publication(
        text, signed, checked_on=checked_on, next_review_on=next_review_on
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(article=article, editor=request.user, next_review_on=form.cleaned_data["next_review_on"])
        except actions.NotReady as lack:
            missing = lack.missing
        else:
            messages.success(request, _("Published. Readers have revision %d now.") % text.number)
            return redirect_see_other("admin:articles_article_change", article.pk)
    return _page(request, article, "publish", _("Publish"), form=form, missing=missing, sign_off=signed)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = _article(article_id)
    if request.method == "POST":
        actions.archive(article=article, editor=request.user)
        messages.success(request, _("Archived. Readers do not find it any more; publishing it again brings it back."))
        return redirect_see_other("admin:articles_article_change", article.pk)
    return _page(request, article, "archive", _("Archive"))


def where_it_stands(article: Article) -> dict[str, Any]:
    """What the form says of the article's way to its readers."""
    current = _revision(article)
    return {"current": current, "sign_off": _sign_off_of(current), "live": article.live}


# Parts


def _article(article_id: int) -> Article:
    return get_object_or_404(Article.objects.select_related("topic", "live__topic", "live__hero"), pk=article_id)


def _revision(article: Article, number: int | None = None) -> Revision:
    """Revision `number` of the article; its current text without one."""
    revisions = article.revisions.select_related("author", "topic__parent", "hero", "sign_off")
    return revisions.latest("number") if number is None else get_object_or_404(revisions, number=number)


def _number(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _sign_off_of(text: Revision) -> SignOff | None:
    return getattr(text, "sign_off", None)


def _page(request: HttpRequest, article: Article, name: str, title: str, **context: Any) -> HttpResponse:
    """A page of the admin about `article`. After a POST it is shown only if the step was refused."""
    context |= admin.site.each_context(request) | {
        "article": article,
        "current": _revision(article),
        "opts": Article._meta,
        "title": title,
        "subtitle": article.title,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"admin/articles/article/{name}.html", context, status=status)
