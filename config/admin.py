"""The admin site: Django's own, behind our sign-in and in our look."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.editing.overview import overview
from core.http import redirect_see_other


class AskwellAdminSite(AdminSite):
    site_header = site_title = _("Askwell library")
    index_title = _("Library")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        context = dict(extra_context or {})
        if rules.may_read_drafts(request.user):
            context["overview"] = overview(request.user)
        return super().index(request, context)

    # Signing out and passwords are looked after where they are for all members; so is signing in, see `config.urls`.

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect_see_other("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect_see_other("account_change_password")
