"""Watched terms in the admin: what moderators watch for, and a page to try it on a text before it stops anybody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from core.admin import RuledAdmin, answered
from core.forms import LineField, TextField
from core.rulings import require
from moderation import rules, watched
from moderation.models import WatchedTerm
from moderation.screeners.watched import found_by
from moderation.watched import Term

# Around what a term found, on each side.
AROUND = 40


class WatchedTermForm(forms.ModelForm):
    term = LineField(
        label=gettext_lazy("Term"),
        help_text=WatchedTerm._meta.get_field("term").help_text,
        max_length=200,
    )

    class Meta:
        model = WatchedTerm
        fields = ("term", "action", "to_author", "note", "is_active")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if "term" in said and "action" in said:
            _check(self, said["term"], said["action"])
        return said


class TryForm(forms.Form):
    """Without a term, all that are in use are tried."""

    term = LineField(
        label=gettext_lazy("A term"),
        help_text=gettext_lazy("Leave it empty to try all that are in use."),
        max_length=200,
        required=False,
    )
    action = forms.ChoiceField(label=gettext_lazy("What happens"), choices=WatchedTerm.Action.choices)
    text = TextField(
        label=gettext_lazy("Try it on this text"),
        help_text=gettext_lazy("It is not kept."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("term") and "action" in self.cleaned_data:
            _check(self, self.cleaned_data["term"], self.cleaned_data["action"])
        return self.cleaned_data

    def terms(self) -> list[Term]:
        term, action = self.cleaned_data["term"], self.cleaned_data["action"]
        return [Term(0, term, action, "")] if term else list(watched.in_use())


def _check(form: forms.BaseForm, term: str, action: str) -> None:
    try:
        watched.check(term, action)
    except watched.Unreadable as problem:
        form.add_error("term", str(problem))


@require_http_methods(["GET", "HEAD", "POST"])
def try_terms(request: HttpRequest) -> HttpResponse:
    """What a term, or all in use, would find in a text. Nothing is kept."""
    require(rules.may_watch(request.user))
    initial = {"term": request.GET.get("term", ""), "action": request.GET.get("action", "")}
    form = TryForm(request.POST if request.method == "POST" else None, initial=initial)
    found = None
    if form.is_valid():
        text = form.cleaned_data["text"]
        found = [
            (term, WatchedTerm.Action(term.action).label, [_excerpt(text, *span) for span in spans])
            for term, spans in found_by(form.terms(), text)
        ]
    context = {**admin.site.each_context(request), "title": _("Try it on a text"), "form": form, "found": found}
    return render(request, "admin/moderation/watchedterm/try.html", context, status=422 if form.errors else 200)


def _excerpt(text: str, start: int, end: int) -> tuple[str, str, str]:
    return text[max(start - AROUND, 0) : start], text[start:end], text[end : end + AROUND]


class WatchedTermAdmin(RuledAdmin):
    """Open to moderators who may use the admin. A term is put out of use, never deleted: it says who wanted what."""

    form = WatchedTermForm
    list_display = ("term", "action", "is_active", "note", "added_by", "added_at")
    list_filter = ("action", "is_active")
    list_select_related = ("added_by",)
    search_fields = ("term", "note")
    ordering = ("term",)
    readonly_fields = ("added_by", "added_at")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(rules.may_watch(request.user))

    def save_model(self, request: HttpRequest, obj: WatchedTerm, form: forms.ModelForm, change: bool) -> None:
        if not change:
            obj.added_by = request.user
        watched.save(obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return answered(request, super().changeform_view(request, *args, **kwargs))

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(try_terms)
        return [path("try/", page, name="moderation_watchedterm_try"), *super().get_urls()]
