"""The pictures of the library: choosing one that there is, bringing in another, and where one is used."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from articles import actions, rules
from articles.models import Article, LibraryPicture
from core import limits
from core.forms import LineField
from core.http import is_fragment, redirect_see_other
from core.pagination import keyset, place
from core.rulings import require
from core.text import clean
from uploads.models import Upload
from uploads.pictures import UploadRefused
from uploads.pictures import small as made_small
from uploads.views import UPLOAD_BYTES, for_the_editor, refusal

PAGE_SIZE = 12
HOUR, AN_HOUR = 3600, 100
A_YEAR = 31_536_000


class PictureForm(forms.Form):
    alt = LineField(
        label=gettext_lazy("What it shows, in words"),
        max_length=LibraryPicture._meta.get_field("alt").max_length,
        error_messages={"required": gettext_lazy("Please say in words what the picture shows.")},
    )


@for_the_editor(UPLOAD_BYTES)
def add(request: HttpRequest) -> HttpResponseBase:
    """Bring in the picture `image`, or say anew what the picture `id` shows; answered with what the form needs."""
    if not rules.may_edit(request.user):
        return refusal(rules.may_edit(request.user).sentence, 403)
    form = PictureForm(request.POST)
    if not form.is_valid():
        return refusal(" ".join(form.errors["alt"]), 422)
    alt = form.cleaned_data["alt"]
    if "image" in request.FILES:
        if not limits.allow("library picture", request.user.pk, limit=AN_HOUR, seconds=HOUR):
            return refusal(_("You have sent many pictures within an hour. Please wait a little."), 429)
        try:
            picture = actions.add_picture(editor=request.user, file=request.FILES["image"], alt=alt)
        except UploadRefused as refused:
            return refusal(refused, 422)
    else:
        upload = _pictures().filter(pk=number(request.POST.get("id"))).first()
        if upload is None:
            return refusal(_("Please choose a picture first."), 422)
        picture = actions.describe_picture(upload=upload, alt=alt)
    return JsonResponse(
        {"id": picture.upload_id, "url": picture.upload.get_absolute_url(), "alt": picture.alt}, status=201
    )


@require_safe
@never_cache
@vary_on_headers("HX-Request")
def library(request: HttpRequest) -> HttpResponse:
    """What editors have sent, newest first; as a part of the form for its script."""
    require(rules.may_edit(request.user))
    words = clean(request.GET.get("q", ""))[:100]
    pictures = _pictures().select_related("in_library")
    for word in words.split()[:6]:
        pictures = pictures.filter(in_library__alt__icontains=word)
    page = keyset(pictures, **place(request.GET), by="created_at", size=PAGE_SIZE)
    context: dict[str, Any] = {"page": page, "words": words, "params": urlencode({"q": words}) if words else ""}
    if is_fragment(request):
        return render(request, "admin/articles/article/_pictures.html", context)
    context |= admin.site.each_context(request) | {"title": _("Pictures"), "opts": Article._meta}
    return render(request, "admin/articles/article/pictures.html", context)


@never_cache
def picture(request: HttpRequest, picture_id: int) -> HttpResponse:
    """One picture, what it shows, and where it is used."""
    require(rules.may_edit(request.user))
    upload = get_object_or_404(_pictures().select_related("in_library"), pk=picture_id)
    known = getattr(upload, "in_library", None)
    form = PictureForm(request.POST if request.method == "POST" else None, initial={"alt": known.alt if known else ""})
    if request.method == "POST" and form.is_valid():
        actions.describe_picture(upload=upload, alt=form.cleaned_data["alt"])
        return redirect_see_other("admin:articles_article_picture", upload.pk)
    context = admin.site.each_context(request) | {
        "title": _("Picture"),
        "opts": Article._meta,
        "picture": upload,
        "form": form,
        "users": Article.objects.filter(_shows(upload)).select_related("live").order_by("title"),
    }
    status = 422 if form.errors else 200
    return render(request, "admin/articles/article/picture.html", context, status=status)


@require_safe
def small(request: HttpRequest, picture_id: int) -> HttpResponse:
    """A picture as a list shows it. It never changes, so a browser asks once."""
    require(rules.may_read_drafts(request.user))
    upload = get_object_or_404(_pictures(), pk=picture_id)
    try:
        with default_storage.open(upload.path) as file:
            response = HttpResponse(made_small(file), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    return response


def number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def _pictures() -> Any:
    return Upload.objects.of_the_library()


def _shows(upload: Upload) -> Q:
    """In the working copy, or in what readers have."""
    inside = Q(body__contains=upload.path) | Q(live__body__contains=upload.path)
    return inside | Q(hero=upload) | Q(live__hero=upload)
