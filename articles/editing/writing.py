"""What the form of an article asks for while somebody writes: nothing here saves a revision."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles import actions, dead_links, links, readability, rules
from articles.editing import typed
from articles.editing.pages import number_in
from articles.models import Article, Presence, Revision, Source
from core import addresses, drafts, limits, markdown
from core.http import redirect_see_other
from core.rulings import require
from core.text import clean

HOUR = 3600
SAVED_AN_HOUR = 1_500
FOUND = 10

View = Callable[..., HttpResponse]


def for_editors(view: View) -> View:
    """Only for who may edit; the scripts of the form are told in a sentence when that has ended."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(rules.may_edit(request.user))
        return view(request, *args, **kwargs)

    return guarded


@require_POST
@for_editors
def keep(request: HttpRequest) -> JsonResponse:
    """Keep what an editor is typing. 409 says that there is a newer draft, and what is in it, or that it is saved."""
    form = request.POST.get("form", "")
    article = _article_at(form)
    if article is None and form != typed.form_of(None):
        return _refused(400, _("That form is not kept."))
    fields = typed.fields_in(request.POST.dict())
    if sum(map(len, fields.values())) > typed.LONGEST:
        return _refused(413, _("Not saved: this is too long. Please keep a copy of it elsewhere."))
    if typed.is_saved(fields, article, request.user.pk):
        typed.forget(request.user.pk, form)
        return JsonResponse({"is_sent": True, "sentence": ""}, status=409)
    if not limits.allow("article draft", request.user.pk, limit=SAVED_AN_HOUR, seconds=HOUR):
        return _refused(429, _("Not saved: that was often within an hour. Please save the article itself."))
    began, window = drafts.moment(request.POST.get("began", "")), clean(request.POST.get("window", ""))[:36]
    try:
        draft = drafts.keep(owner_id=request.user.pk, form=form, fields=fields, began=began, window=window)
    except drafts.NewerDraft as newer:
        return JsonResponse({"saved_at": newer.draft.saved_at.isoformat(), "fields": newer.draft.fields}, status=409)
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


@require_POST
@for_editors
def drop(request: HttpRequest) -> HttpResponse:
    """Throw away what was kept of a form, and show the form as it is saved."""
    article = _article_at(request.POST.get("form", ""))
    form = typed.form_of(article)
    typed.forget(request.user.pk, form)
    return redirect_see_other(form)


@require_POST
@for_editors
def look(request: HttpRequest) -> JsonResponse:
    """What is typed, as the page of readers, by the same templates and the same renderer."""
    if not limits.allow("preview", request.user.pk, limit=120, seconds=60):
        return _refused(429, _("The preview needs a short rest. Please go on writing."))
    article = _article_at(request.POST.get("form", "")) or Article(slug="new")
    try:
        text = typed.text_of(typed.fields_in(request.POST.dict()), article)
    except markdown.TooLong:
        return _refused(422, _("This text is too long to be shown, or to be saved."))
    found = [*readability.notes_on(text), *_notes_on_links(text)]
    text.title = text.title or _("Without a title yet")
    context = {"layout": "articles/_bare.html", "article": article, "text": text}
    return JsonResponse(
        {
            "page": render_to_string("articles/article.html", context, request),
            "notes": render_to_string("admin/articles/article/_notes.html", {"found": found}),
            "count": sum(len(notes.sentences) for notes in found),
        }
    )


def _notes_on_links(text: Revision) -> list[readability.Notes]:
    found = [
        readability.Notes(_("Links that lead nowhere here"), links.broken(text)),
        readability.Notes(_("Pages of others that are gone"), dead_links.dead_in(text)),
    ]
    return [notes for notes in found if notes.sentences]


@require_POST
@for_editors
def be_present(request: HttpRequest, article_id: int) -> HttpResponse:
    """Say that the form is open, and hear who else has it open and whether somebody saved meanwhile."""
    article = get_object_or_404(Article, pk=article_id)
    actions.be_present(article=article, editor=request.user, is_writing=bool(request.POST.get("is_writing")))
    latest = article.revisions.select_related("author").only("number", "author", "created_at").first()
    based_on = number_in(request.POST.get("based_on"))
    context = {
        "article": article,
        "others": Presence.objects.beside(article, request.user),
        "newer": latest if latest is not None and based_on is not None and latest.number > based_on else None,
        "based_on": based_on,
    }
    return render(request, "admin/articles/article/_others.html", context)


@require_safe
@for_editors
def source(request: HttpRequest) -> JsonResponse:
    """What is known here of the address of a source. Nothing is fetched from there."""
    url = clean(request.GET.get("url", ""))[:500]
    host = addresses.host(url)
    if not host:
        return _refused(422, _("This is no address. It begins with https://."))
    if not addresses.is_outside(url):
        return JsonResponse(_of_our_own(url))
    known = Source.objects.order_by("-pk")
    same = known.filter(url=url).first()
    near = (
        same
        or known.filter(url__icontains=f"//{host}/").first()
        or known.filter(url__icontains=f"//www.{host}/").first()
    )
    return JsonResponse({"title": same.title if same else "", "publisher": near.publisher if near else ""})


def _of_our_own(url: str) -> dict[str, str]:
    slug = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    article = Article.objects.published().for_list().filter(slug=slug).first()
    return {"title": article.live.title if article else "", "publisher": urlsplit(settings.BASE_URL).hostname or ""}


@require_safe
@for_editors
def find(request: HttpRequest) -> JsonResponse:
    """Articles whose title or address has the words in it, for the list of related ones."""
    words = clean(request.GET.get("q", ""))[:100].split()[:6]
    found = Article.objects.exclude(state=Article.State.ARCHIVED)
    for word in words:
        found = found.filter(title__icontains=word)
    rows = found.order_by("title").values_list("slug", "title")[:FOUND] if words else []
    return JsonResponse({"found": [{"slug": slug, "title": title} for slug, title in rows]})


def _article_at(form: str) -> Article | None:
    """The article whose form has this path."""
    number = form.removesuffix("/change/").rpartition("/")[2]
    article = Article.objects.filter(pk=number).first() if number_in(number) is not None else None
    return article if article is not None and typed.form_of(article) == form else None


def _refused(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)
