"""The standing pages in the list of the admin; how one is edited is in `articles/editing/standing.py`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules
from articles.editing import standing
from articles.editing.pages import number_in
from articles.models import StandingPage
from core.admin import RuledAdmin


class StandingPageAdmin(RuledAdmin):
    list_display = ("page_name", "readers_have", "live_since")
    list_select_related = ("live",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(rules.may_edit(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=gettext_lazy("page"))
    def page_name(self, page: StandingPage) -> str:
        return str(page)

    @admin.display(description=gettext_lazy("readers have"))
    def readers_have(self, page: StandingPage) -> str:
        return _("Revision %d") % page.live.number if page.live else _("The text that Askwell comes with")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The names of the pages are those of the addresses, so none is added."""
        if object_id is None:
            raise PermissionDenied
        return standing.edit(request, number_in(object_id) or 0)

    def get_urls(self) -> list[Any]:
        def page(route: str, view: Any, name: str) -> Any:
            view = self.admin_site.admin_view(view)
            return path(f"<int:page_id>/{route}/", view, name=f"articles_standingpage_{name}")

        return [
            page("preview", standing.preview, "preview"),
            page("preview/<int:number>", standing.preview, "revision"),
            page("history", standing.history, "history"),
            page("differences", standing.differences, "differences"),
            page("publish", standing.publish, "publish"),
            *super().get_urls(),
        ]
