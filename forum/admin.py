"""For editors: tags, whose words they keep in order, and what an article means for the questions that lead to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

import articles.rules
from articles.admin import LibraryAdmin
from core.admin import RuledAdmin
from core.forms import LineField
from core.http import redirect_see_other
from forum import actions, library, tags
from forum.models import SecondLook, Tag


class TagForm(forms.ModelForm):
    """A tag as it is shown, another word for it, or another tag that takes its place."""

    another_word = LineField(
        label=_("Another word for it"),
        help_text=_("Who types this gets the tag. If it is a tag of its own, that one is merged into this."),
        max_length=tags.LONGEST,
        required=False,
    )
    instead = forms.ModelChoiceField(
        Tag.objects.all(),
        to_field_name="slug",
        label=_("Put another tag in its place"),
        help_text=_("The end of the address of that tag, such as magnesium. This one becomes another word for it."),
        widget=forms.TextInput,
        required=False,
        error_messages={"invalid_choice": _("There is no tag with this address.")},
    )

    class Meta:
        model = Tag
        fields = ("name", "description")

    def clean_name(self) -> str:
        return _checked(self.cleaned_data["name"])

    def clean_another_word(self) -> str:
        word: str = self.cleaned_data["another_word"]
        return _checked(word) if word else word


def _checked(name: str) -> str:
    if not tags.is_name(name):
        raise forms.ValidationError(_("A tag is one or a few words, with letters and without signs or numbers."))
    return name


@admin.register(Tag)
class TagAdmin(LibraryAdmin):
    form = TagForm
    list_display = ("name", "slug", "description")
    search_fields = ("name", "slug", "synonyms__name")
    ordering = ("slug",)
    fields = ("name", "slug", "description", "also", "another_word", "instead")
    readonly_fields = ("slug", "also")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("Other words for it"))
    def also(self, tag: Tag) -> str:
        return ", ".join(tag.synonyms.values_list("name", flat=True)) or "–"

    def save_model(self, request: HttpRequest, obj: Tag, form: forms.ModelForm, change: bool) -> None:
        said = form.cleaned_data
        if said["instead"] is not None:
            actions.merge_tags(tag=Tag.objects.get(pk=obj.pk), into=said["instead"])
            return
        actions.change_tag(tag=obj, name=obj.name, description=obj.description)
        if said["another_word"]:
            actions.add_synonym(tag=obj, name=said["another_word"])

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        if not Tag.objects.filter(pk=obj.pk).exists():
            return redirect_see_other("admin:forum_tag_changelist")
        response: Any = super().response_change(request, obj)
        return response


@admin.register(SecondLook)
class SecondLookAdmin(RuledAdmin):
    """Open to editors: what an article means for the questions that lead to it. Only read; see forum/library.py."""

    fields = ("answer", "article")

    def has_module_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(articles.rules.may_edit(user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return library.second_looks(request)

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            return path(route, self.admin_site.admin_view(view), name=f"forum_secondlook_{name}")

        return [
            page("start/", library.start, "start"),
            page("questions/<int:article_id>/", library.questions, "questions"),
            page("<int:look_id>/settle/", library.settle, "settle"),
            *super().get_urls(),
        ]
