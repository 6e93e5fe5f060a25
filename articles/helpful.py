"""“Was this page helpful?”: the form under an article, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles import actions
from articles.helpful_forms import HelpfulForm
from articles.models import REASONS, Article, ReaderRemark, Said
from core import limits, support
from core.http import Moved, is_fragment, keep_off_search_engines, redirect_see_other, with_query
from core.text import excerpt

SAID_AN_HOUR = 30
# Characters of a question in one sentence.
IN_ONE_SENTENCE = 150


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def helpful(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with its token, by itself or in the place of the two buttons under the article."""
    article = Article.objects.published().select_related("live__topic").with_reaction(request.user).at(slug)
    if article is None:
        raise Http404
    if request.method != "POST" and article.slug != slug:
        return Moved(with_query(request, reverse("articles:helpful", args=[article.slug])))
    if request.method != "POST":
        return _page(request, article, _first_form(request, article))
    if "undo" in request.POST and request.user.is_authenticated:
        actions.take_back_reaction(article=article, member=request.user)
        return _after(request, article, _("Taken back. Nothing of what you said is kept."))
    form = HelpfulForm(request.POST)
    panels = support.panels_for(request, str(form["text"].value() or ""))
    if not (form.is_valid() and _may_be_kept(form, panels)):
        return _page(request, article, form, panels=panels, status=422)
    who = request.user.pk or limits.address(request)
    if not limits.allow("helpful", who, limit=SAID_AN_HOUR, seconds=3600):
        form.add_error(None, _("That was a lot from one place. Please try again in an hour."))
        return _page(request, article, form, status=429)
    said = form.cleaned_data
    reader = {"member": request.user} if request.user.is_authenticated else {"guest": _guest(request, article)}
    text = said["text"] if "text" in request.POST else None
    actions.react(article=article, says=said["says"], key=said["submission_key"], text=text, **reader)
    if request.user.is_authenticated:
        return _after(request, article, _("Thank you. We count it, and read what you write."))
    # What a guest wrote is shown to them once, and never out of the database: somebody else may share their address.
    return _page(request, article, None, says=said["says"], text=said["text"])


def _first_form(request: HttpRequest, article: Article) -> HelpfulForm:
    said = getattr(article, "said", None) or request.GET.get("helped", "")
    initial = {"helped": Said.NO if said in REASONS else said, "reason": said}
    if request.user.is_authenticated:
        initial["text"] = ReaderRemark.objects.filter(article=article, member=request.user).values_list("text").first()
        initial["text"] = initial["text"][0] if initial["text"] else ""
    return HelpfulForm(initial=initial)


def _may_be_kept(form: HelpfulForm, panels: Any) -> bool:
    """Editors look in once in a while: they are nobody to tell that one is in danger, nor where one lives."""
    if panels:
        form.add_error("text", _("We did not keep this: only editors read it, and not every day. Ask below instead."))
    elif support.desk().is_private(form.cleaned_data["text"]):
        form.add_error(
            "text", _("Please leave out what somebody could be found by, such as a telephone number or an address.")
        )
    return form.is_valid()


def _guest(request: HttpRequest, article: Article) -> str:
    return actions.guest_key(article, limits.address(request), request.headers.get("User-Agent", ""))


def _after(request: HttpRequest, article: Article, sentence: str) -> HttpResponse:
    if not is_fragment(request):
        messages.success(request, sentence)
        return redirect_see_other("articles:helpful", article.slug)
    article = Article.objects.select_related("live__topic").with_reaction(request.user).get(pk=article.pk)
    return _page(request, article, _first_form(request, article), sentence=sentence)


def _page(
    request: HttpRequest,
    article: Article,
    form: HelpfulForm | None,
    *,
    says: str = "",
    text: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    if form is not None:
        says, text = getattr(article, "said", None) or "", str(form["text"].value() or "")
    offers_ask = bool(context.get("panels")) or says not in ("", Said.YES)
    context |= {
        "article": article,
        "form": form,
        "says": says,
        "asked": {"title": excerpt(text, IN_ONE_SENTENCE), "body": text if len(text) > IN_ONE_SENTENCE else ""},
        "offers_ask": offers_ask,
    }
    template = "articles/_helpful.html" if is_fragment(request) else "articles/helpful.html"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    keep_off_search_engines(response)
    return response
