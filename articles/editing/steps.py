"""Each step of an article on its way to readers and away from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles import actions, links, rules
from articles.editing.changes import changes_between
from articles.editing.pages import article_of, page_about, sign_off_of, text_of
from articles.forms import ArchiveForm, PublishForm, SignOffForm
from articles.models import Article, Revision
from core.http import redirect_see_other
from core.rulings import Refused, require


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
def sign_off(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form names the revision that was read, so that a newer one is never signed by accident."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    text = _to_be_signed(article)
    form = SignOffForm(request.POST or None, initial={"number": text.number})
    credential = actions.credential_of(request.user)
    ruling = rules.may_sign_off(
        request.user,
        is_current=True,
        credential=credential,
        author_ids=actions.author_ids_since_sign_off(text),
    )
    before = actions.read_before(text)
    if request.method == "POST" and form.is_valid():
        read = text_of(article, form.cleaned_data["number"])
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
    return page_about(
        request,
        article,
        "sign_off",
        _("Sign off this text"),
        form=form,
        sign_off=sign_off_of(text),
        ruling=ruling,
        line=actions.line_of(request.user, credential) if credential else "",
        text=text,
        before=before,
        changes=changes_between(before, text) if before else [],
    )


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
        try:
            actions.publish(article=article, editor=request.user, **form.cleaned_data)
        except actions.NotReady as lack:
            missing = lack.missing
        else:
            messages.success(request, _("Published. Readers have revision %d now.") % text.number)
            return redirect_see_other("admin:articles_article_change", article.pk)
    return page_about(request, article, "publish", _("Publish"), form=form, missing=missing, sign_off=signed)


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


def _to_be_signed(article: Article) -> Revision:
    """An urgent correction that readers have waits first, whatever else is being written."""
    if article.is_published and article.withdrawn_on and article.live:
        return text_of(article, article.live.number)
    return text_of(article)


def where_it_stands(article: Article) -> dict[str, Any]:
    """What the form says of the article's way to its readers."""
    current = text_of(article)
    return {"current": current, "sign_off": sign_off_of(current), "live": article.live}
