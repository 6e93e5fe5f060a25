"""The standing pages in the admin: each is written, looked at, compared and given to readers by editors."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from articles import actions, rules, standing
from articles.editing.changes import Change
from articles.editing.merging import MergingForm
from articles.editing.pages import number_in
from articles.models import StandingPage, StandingRevision
from articles.standing import Words
from articles.views import standing_shown
from core.differences import compare
from core.forms import LineField, MarkdownEditor, MarkdownField, TextField
from core.http import keep_off_search_engines, redirect_see_other
from core.pagination import keyset, place
from core.rulings import require
from uploads.views import LIBRARY

HISTORY_SIZE = 50
CHANGE = "admin:articles_standingpage_change"
AFTER_SAVING = {"_preview": "admin:articles_standingpage_preview", "_publish": "admin:articles_standingpage_publish"}
NAMES = {
    "title": gettext_lazy("Title"),
    "description": gettext_lazy("For search engines"),
    "standfirst": gettext_lazy("Standfirst"),
    "notice": gettext_lazy("In a box above the text"),
    "body": gettext_lazy("Text"),
}


class StandingForm(MergingForm, forms.Form):
    title = LineField(label=NAMES["title"], max_length=100)
    description = LineField(label=NAMES["description"], max_length=200)
    standfirst = TextField(
        label=NAMES["standfirst"], max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    notice = TextField(
        label=NAMES["notice"], max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    body = MarkdownField(label=NAMES["body"], widget=MarkdownEditor(sends_for=LIBRARY))
    note = LineField(
        label=gettext_lazy("What did you change?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For the history; readers do not see it."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    overtaken = gettext_lazy(
        "%(name)s saved this page while you were writing (revision %(number)s, %(time)s). Nothing of yours is saved "
        "yet, and all of it is still here. Look at what they changed, then save again."
    )

    def __init__(self, *args: Any, latest: StandingRevision | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.latest = latest
        self.fields["based_on"].initial = latest.number if latest else 0

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in NAMES})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.latest:
            self.merge(said, NAMES, began=_text_at(self.latest.page, said.get("based_on")), latest=self.latest)
        return said


class PublishStandingForm(forms.Form):
    number = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), gettext_lazy("It is not clear which text you looked at. Please look at it again.")
        ),
    )
    why = LineField(
        label=gettext_lazy("Why?"),
        max_length=300,
        help_text=gettext_lazy("For the history: who asked for it, what it puts right. Readers do not see it."),
    )

    def __init__(self, *args: Any, latest: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"number": latest}, **kwargs)
        self.latest = latest

    def clean(self) -> dict[str, Any]:
        """Whatever was looked at, the page shows the newest text now."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("number") not in (None, self.latest):
            self.add_error("number", _("Somebody has saved a newer text meanwhile. Please look at it below."))
        self.data = self.data.copy()
        self.data["number"] = self.latest
        return said


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form; with `restore` in the address it begins with what that revision said."""
    # What the newest text is may not change between asking and saving.
    with transaction.atomic() if request.method == "POST" else nullcontext():
        return _edit(request, page_id)


def _edit(request: HttpRequest, page_id: int) -> HttpResponse:
    page, latest = _page_of(request, page_id, is_changed=request.method == "POST")
    older = number_in(request.GET.get("restore"))
    begins = _revision(page, older) if older else latest
    initial: dict[str, Any] = asdict(standing.out_of(begins) if begins else standing.of_askwell(page.name)[0])
    if older:
        initial["note"] = _("As in revision %d") % older
    form = StandingForm(request.POST if request.method == "POST" else None, latest=latest, initial=initial)
    if request.method == "POST" and form.is_valid():
        revision = actions.save_standing_page(
            page=page, editor=request.user, words=form.words, note=form.cleaned_data["note"]
        )
        messages.success(request, _("Saved as revision %d. Readers do not see it yet.") % revision.number)
        pressed = next((button for button in AFTER_SAVING if button in request.POST), "")
        return redirect_see_other(AFTER_SAVING.get(pressed, CHANGE), page.pk)
    return _answer(request, page, "edit", _("Edit"), form=form, latest=latest, placeholders=standing.placeholders())


@require_safe
def preview(request: HttpRequest, page_id: int, number: int | None = None) -> HttpResponse:
    """A text of the page, the newest if no number is given, on the very page that readers will get."""
    page, latest = _page_of(request, page_id)
    revision = _revision(page, number) if number else latest
    words = standing.out_of(revision) if revision else standing.of_askwell(page.name)[0]
    context = standing_shown(page.name, words, None) | {"preview": {"page": page, "revision": revision}}
    response = render(request, "pages/standing.html", context)
    keep_off_search_engines(response)
    return response


@require_safe
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    page, _latest = _page_of(request, page_id)
    revisions = page.revisions.select_related("author").prefetch_related("publications__editor")
    listed = keyset(revisions.defer("body"), **place(request.GET), by="created_at", size=HISTORY_SIZE)
    return _answer(request, page, "history", _("History"), page=listed)


@require_safe
def differences(request: HttpRequest, page_id: int) -> HttpResponse:
    """From the revision `from` to `to`; from the one before, or from the text that Askwell comes with."""
    page, latest = _page_of(request, page_id)
    to, since = (number_in(request.GET.get(name)) for name in ("to", "from"))
    new = _revision(page, to or (latest.number if latest else 0))
    number = new.number - 1 if since is None else since
    first, last = sorted((number, new.number))
    old = standing.out_of(_revision(page, first)) if first else standing.of_askwell(page.name)[0]
    changes = _changes(old, standing.out_of(_revision(page, last)))
    return _answer(request, page, "differences", _("What changed"), old=first, new=last, changes=changes)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form names the revision that was looked at, so that a newer one is never published by accident."""
    page, latest = _page_of(request, page_id)
    words = standing.out_of(latest) if latest else standing.of_askwell(page.name)[0]
    number = latest.number if latest else 0
    form = PublishStandingForm(request.POST if request.method == "POST" else None, latest=number)
    missing = actions.missing_on_standing_page(words, "yes") if latest else [_("Nothing has been saved yet.")]
    if request.method == "POST" and form.is_valid() and not missing:
        actions.publish_standing_page(revision=latest, editor=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("Published. Readers have revision %d now.") % number)
        return redirect_see_other(CHANGE, page.pk)
    now = standing.words_of(page, page.name)[0]
    changes = _changes(now, words)
    return _answer(request, page, "publish", _("Publish"), form=form, missing=missing, changes=changes, latest=latest)


# Parts


def _page_of(
    request: HttpRequest, page_id: int, *, is_changed: bool = False
) -> tuple[StandingPage, StandingRevision | None]:
    """The page with its newest text; one that `is_changed` waits for whoever changes it now."""
    require(rules.may_edit(request.user))
    pages = StandingPage.objects.select_related("live")
    page = get_object_or_404(pages.select_for_update(of=("self",)) if is_changed else pages, pk=page_id)
    return page, page.latest()


def _revision(page: StandingPage, number: int) -> StandingRevision:
    return get_object_or_404(page.revisions.select_related("author"), number=number)


def _text_at(page: StandingPage, number: int | None) -> StandingRevision | Words | None:
    """Revision `number`; with 0 what Askwell comes with, None where there is no such text."""
    return standing.of_askwell(page.name)[0] if number == 0 else page.revisions.filter(number=number).first()


def _changes(old: Words, new: Words) -> list[Change]:
    before, after = asdict(old), asdict(new)
    return [
        Change(name, str(label), compare(before[name], after[name]))
        for name, label in NAMES.items()
        if before[name] != after[name]
    ]


def _answer(request: HttpRequest, standing_page: StandingPage, name: str, title: str, **context: Any) -> HttpResponse:
    """A page of the admin about a standing page. After a POST it is shown only if the step was refused."""
    context |= admin.site.each_context(request) | {
        "standing": standing_page,
        "opts": StandingPage._meta,
        "title": title,
        "subtitle": str(standing_page),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, f"admin/articles/standingpage/{name}.html", context, status=status)
