"""A text with its reviewers: who reads it, what they remark, and their yes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import actions, rules
from articles.editing.pages import article_of, page_about, sign_off_of, text_of
from articles.forms import SignOffForm
from articles.models import Article, Remark, ReviewLink, Revision
from articles.passages import passage_at, passages
from articles.step_forms import RemarkForm, ReviewLinkForm, StillRightForm
from core.http import absolute, redirect_see_other
from core.rulings import Refused, require


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, article_id: int) -> HttpResponse:
    """Who was asked to read the text, and what reviewers said; an editor makes a link for one more person."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    text = to_be_signed(article)
    form = ReviewLinkForm(request.POST or None)
    context: dict[str, Any] = {"text": text, "sign_off": sign_off_of(text), "may_edit": rules.may_edit(request.user)}
    if request.method == "POST":
        require(rules.may_edit(request.user))
        if form.is_valid() and context["sign_off"] is None:
            link, token = actions.make_review_link(revision=text, editor=request.user, **form.cleaned_data)
            # Told only in this answer: of the token nothing else is kept.
            context |= {"made": link, "address": absolute(reverse("for_review:read", args=[token]))}
            form = ReviewLinkForm()
    context |= {
        "form": form,
        "links": ReviewLink.objects.filter(revision__article=article).select_related("revision", "made_by", "sign_off"),
        "remarks": Remark.objects.filter(revision__article=article).select_related(
            "revision", "link", "reviewer", "dealt_with_by"
        ),
    }
    response = page_about(request, article, "review", _("Review"), **context)
    if "made" in context:
        response.status_code = 200
        patch_cache_control(response, private=True, no_store=True)
    return response


@require_POST
def revoke(request: HttpRequest, article_id: int, link_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    link = get_object_or_404(ReviewLink, pk=link_id, revision__article=article_of(article_id))
    actions.revoke_review_link(link=link)
    messages.success(request, _("The link for %s opens nothing any more.") % link.name)
    return redirect_see_other("admin:articles_article_review", article_id)


@require_POST
def deal_with(request: HttpRequest, article_id: int, remark_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    remark = get_object_or_404(Remark, pk=remark_id, revision__article=article_of(article_id))
    actions.deal_with(remark=remark, editor=request.user)
    return redirect_see_other("admin:articles_article_review", article_id)


@require_POST
def remark(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """A reviewer says something about a passage of revision `number`."""
    require(rules.may_remark(request.user))
    text = text_of(article_of(article_id), number)
    form = RemarkForm(request.POST)
    if form.is_valid():
        passage = passage_at(text, form.number)
        actions.remark(revision=text, body=form.cleaned_data["body"], passage=passage, reviewer=request.user)
        messages.success(request, _("The editors have your remark."))
        return redirect_see_other("admin:articles_article_sign_off", article_id)
    return _sign_off_page(request, text.article, text, SignOffForm(initial={"number": text.number}), remark=form)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, article_id: int) -> HttpResponse:
    """The form names the revision that was read, so that a newer one is never signed by accident."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    text = to_be_signed(article)
    form = SignOffForm(request.POST or None, initial={"number": text.number})
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
    return _sign_off_page(request, article, text, form)


@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request: HttpRequest, article_id: int) -> HttpResponse:
    """A reviewer has read what readers have, and it holds: the dates move in one step."""
    require(rules.may_read_drafts(request.user))
    article = article_of(article_id)
    credential = actions.credential_of(request.user)
    ruling = rules.may_find_still_right(
        request.user, article, credential=credential, author_ids=actions.author_ids_of_live(article)
    )
    day = rules.next_check_after(timezone.localdate(), article.live) if article.live else None
    form = StillRightForm(request.POST or None, initial={"next_review_on": day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.find_still_right(
                article=article, reviewer=request.user, next_review_on=form.cleaned_data["next_review_on"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Thank you. Readers see that you checked it today, and when it is checked next.")
            )
            return redirect_see_other("admin:articles_article_preview", article.pk)
    line = actions.line_of(request.user, credential) if credential else ""
    return page_about(request, article, "still_right", _("Reviewed, still right"), form=form, ruling=ruling, line=line)


def to_be_signed(article: Article) -> Revision:
    """An urgent correction that readers have waits first, whatever else is being written."""
    if article.is_published and article.withdrawn_on and article.live:
        return text_of(article, article.live.number)
    return text_of(article)


def _sign_off_page(
    request: HttpRequest, article: Article, text: Revision, form: SignOffForm, *, remark: RemarkForm | None = None
) -> HttpResponse:
    credential = actions.credential_of(request.user)
    before = actions.read_before(text)
    remarks = list(text.remarks.select_related("link", "reviewer"))
    ruling = rules.may_sign_off(
        request.user,
        is_current=actions.is_to_be_signed(text),
        credential=credential,
        author_ids=actions.author_ids_since_sign_off(text),
    )
    return page_about(
        request,
        article,
        "sign_off",
        _("Sign off this text"),
        form=form,
        text=text,
        before=before,
        sign_off=sign_off_of(text),
        ruling=ruling,
        line=actions.line_of(request.user, credential) if credential else "",
        passages=passages(text, before, remarks),
        general=[one for one in remarks if not one.passage],
        remark=remark,
        about=passage_at(text, remark.number) if remark else "",
        may_remark=rules.may_remark(request.user),
    )
