"""The page that a review link opens: one person without an account reads one text, remarks on it and signs it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import actions
from articles.models import ReviewLink, Revision
from articles.passages import passage_at, passages
from articles.step_forms import LinkApprovalForm, RemarkForm
from core import limits
from core.http import keep_off_search_engines, redirect_see_other
from core.rulings import Refused

HOUR = 3600
# From one address: links that are none, and things sent by one that is.
GUESSES_AN_HOUR = 20
SENT_AN_HOUR = 120


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the link of a token. No such link is 404; one that has ended says so."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        link = ReviewLink.objects.by_token(token).with_standing().first()
        if link is None:
            if not limits.allow("review link", limits.address(request), limit=GUESSES_AN_HOUR, seconds=HOUR):
                return render(request, "429.html", status=429)
            raise Http404
        response = view(request, token, link) if link.is_open else _ended(request, token, link)
        # Whoever has the address can sign: it is kept nowhere and told to nobody.
        patch_cache_control(response, private=True, no_store=True)
        keep_off_search_engines(response)
        return response

    return opened


@require_safe
@by_link
def read(request: HttpRequest, token: str, link: ReviewLink) -> HttpResponse:
    return _page(request, token, link)


@require_POST
@by_link
def remark(request: HttpRequest, token: str, link: ReviewLink) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not actions.is_to_be_signed(link.revision):
        return _page(request, token, link, remark=form, status=409)
    if not form.is_valid():
        return _page(request, token, link, remark=form, status=422)
    if not limits.allow("review remark", link.pk, limit=SENT_AN_HOUR, seconds=HOUR):
        form.add_error(None, _("That was a lot within an hour. Please wait a little before the next one."))
        return _page(request, token, link, remark=form, status=429)
    passage = passage_at(_text_of(link), form.number)
    actions.remark(revision=link.revision, body=form.cleaned_data["body"], passage=passage, link=link)
    response = redirect_see_other("for_review:read", token)
    response["Location"] += f"#passage-{form.number}"
    return response


@require_POST
@by_link
def approve(request: HttpRequest, token: str, link: ReviewLink) -> HttpResponse:
    form = LinkApprovalForm(request.POST)
    if not form.is_valid():
        return _page(request, token, link, approval=form, status=422)
    said = form.cleaned_data
    try:
        actions.sign_off_by_link(
            link=link,
            name=said["name"],
            role=said["role"],
            registration=said["registration"],
            visitor=request.user if request.user.is_authenticated else None,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, token, link, approval=form, status=422)
    return redirect_see_other("for_review:read", token)


def _ended(request: HttpRequest, token: str, link: ReviewLink) -> HttpResponse:
    return _page(request, token, link, remark=RemarkForm(request.POST) if "body" in request.POST else None, status=410)


def _page(
    request: HttpRequest,
    token: str,
    link: ReviewLink,
    *,
    remark: RemarkForm | None = None,
    approval: LinkApprovalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Without the text once somebody signed it, or the editors changed it."""
    signed = getattr(link.revision, "sign_off", None)
    context: dict[str, Any] = {"link": link, "token": token, "signed": signed, "remark": remark}
    if link.is_open and not signed and actions.is_to_be_signed(link.revision):
        text, before = _text_of(link), actions.read_before(link.revision)
        remarks = list(text.remarks.filter(link=link))
        context |= {
            "text": text,
            "before": before,
            "passages": passages(text, before, remarks),
            "general": [one for one in remarks if not one.passage],
            "about": passage_at(text, remark.number) if remark else "",
            "approval": approval or LinkApprovalForm(initial={"name": link.name, "role": link.role}),
        }
    return render(request, "articles/for_review.html", context, status=status)


def _text_of(link: ReviewLink) -> Revision:
    return Revision.objects.to_read().get(pk=link.revision_id)
