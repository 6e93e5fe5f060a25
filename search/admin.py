"""For editors: which words mean the same, with a pair to try before readers get it; and what readers did not find."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.admin import RuledAdmin, answered
from core.forms import LineField
from core.rulings import require
from search import gaps, query, rules, synonyms, tallies, words
from search.hits import Hit
from search.models import Gap, SuggestionDay, Synonym
from search.synonyms import MOST_WORDS, Pair

SHOWN = 10


class PairForm(forms.Form):
    """What people say, and what it is called here."""

    said = LineField(
        label=gettext_lazy("What people say"), help_text=Synonym._meta.get_field("said").help_text, max_length=80
    )
    called = LineField(
        label=gettext_lazy("What it is called here"),
        help_text=Synonym._meta.get_field("called").help_text,
        max_length=80,
    )

    def clean_said(self) -> str:
        return _wording(self.cleaned_data["said"])

    def clean_called(self) -> str:
        return _wording(self.cleaned_data["called"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("said") and said.get("called") and words.stems(said["said"]) == words.stems(said["called"]):
            self.add_error("called", _("Search takes these for the same already: endings do not matter."))
        return said


def _wording(wording: str) -> str:
    stems = words.stems(wording)
    if wording and all(words.is_weak(stem) for stem in stems):
        raise forms.ValidationError(
            _("Everybody writes these words, about everything. Please add a word that says what it is about.")
        )
    if len(stems) > MOST_WORDS:
        raise forms.ValidationError(_("Please keep it to %d words.") % MOST_WORDS)
    return wording


class SynonymForm(PairForm, forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Synonym
        fields = ("said", "called", "reason", "is_active")


class TryForm(PairForm):
    asked = LineField(
        label=gettext_lazy("What somebody types"), help_text=gettext_lazy("It is not kept."), max_length=200
    )
    field_order = ("asked", "said", "called")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].required = self.fields["called"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if bool(said.get("said")) != bool(said.get("called")) and not self.errors:
            self.add_error(
                "called" if said["said"] else "said", _("Please fill in both, or neither to see what is found now.")
            )
        return said

    def pair(self) -> list[Pair]:
        said = self.cleaned_data
        return [(said["said"], said["called"])] if said["said"] else []


@require_http_methods(["GET", "HEAD", "POST"])
def try_pair(request: HttpRequest) -> HttpResponse:
    """What readers find with some words now, and what they would find with a pair. Nothing is kept or counted."""
    editor: Any = request.user
    require(rules.may_edit(editor))
    initial = {name: request.GET.get(name, "") for name in ("asked", "said", "called")}
    form = TryForm(request.POST if request.method == "POST" else None, initial=initial)
    found = []
    if form.is_valid():
        asked, pair = form.cleaned_data["asked"], form.pair()
        found = [(_("What is found now"), _found(asked, []))]
        if pair:
            found.append((_("What would be found with this pair"), _found(asked, pair)))
    context = {**admin.site.each_context(request), "title": _("Try synonyms"), "form": form, "found": found}
    return render(request, "admin/search/synonym/try.html", context, status=422 if form.errors else 200)


def _found(asked: str, pair: Iterable[Pair]) -> Any:
    return query.search(asked, user=AnonymousUser(), size=SHOWN, tried=pair).hits


class CameWithAskwell(admin.SimpleListFilter):
    title = gettext_lazy("where it is from")
    parameter_name = "from"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("askwell", _("It came with Askwell")), ("here", _("An editor added it"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(added_by__isnull=self.value() == "askwell") if self.value() else queryset


@admin.register(Synonym)
class SynonymAdmin(RuledAdmin):
    """Open to editors. A pair is put out of use, never deleted: it says who wanted what, and why."""

    form = SynonymForm
    list_display = ("said", "called", "is_active", "reason", "added_by", "added_at")
    list_filter = ("is_active", CameWithAskwell)
    list_select_related = ("added_by",)
    search_fields = ("said", "called", "reason")
    ordering = ("said", "called")
    readonly_fields = ("added_by", "added_at")

    def has_module_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(rules.may_edit(user))

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        if not change:
            editor: Any = request.user
            obj.added_by = editor
        synonyms.save(obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return answered(request, super().changeform_view(request, *args, **kwargs))

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(try_pair)
        return [path("try/", page, name="search_synonym_try"), *super().get_urls()]


class Figures(RuledAdmin):
    """A page of what was counted. Only read."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(rules.may_edit(user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | self.counted() | {"opts": self.opts}
        return render(request, f"admin/search/{self.opts.model_name}.html", context)

    def counted(self) -> dict[str, Any]:
        raise NotImplementedError


@admin.register(Gap)
class GapAdmin(Figures):
    """What readers did not find, as the worker added it up."""

    fields = ("kind", "words", "recent", "before")

    def counted(self) -> dict[str, Any]:
        return {
            "title": _("What readers did not find"),
            "gaps": [(kind, kind.label, found) for kind, found in gaps.shown().items()],
            "days": gaps.PERIOD.days,
            "shown_from": gaps.SHOWN_FROM,
            "shown_days": gaps.SHOWN_DAYS,
            "kept": gaps.KEPT.days,
        }


@admin.register(SuggestionDay)
class SuggestionDayAdmin(Figures):
    """What became of what was suggested while somebody typed."""

    fields = ("day", "kind", "object_id", "opened", "answered", "posted", "refused")

    def counted(self) -> dict[str, Any]:
        totals = tallies.totals()
        shown = _readable([key for key, _outcome in (*totals.settling, *totals.refused)])
        return {
            "title": _("What became of suggestions"),
            "weeks": totals.weeks,
            "settling": [(shown[key], outcome) for key, outcome in totals.settling if key in shown],
            "refused": [(shown[key], outcome) for key, outcome in totals.refused if key in shown],
            "days": tallies.DOCUMENTS_OF.days,
        }


def _readable(keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], Hit]:
    """Those of these documents that a reader who is not signed in may read now."""
    guest = AnonymousUser()
    found = [
        hit
        for kind in sorted({kind for kind, _ in keys})
        for hit in query.these(kind, {number for other, number in keys if other == kind}, user=guest)
    ]
    return {(hit.kind, hit.object_id): hit for hit in found}
