"""The admin site: Django's own, behind our sign-in and in our look."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AskwellAdminSite(AdminSite):
    site_header = site_title = _("Askwell library")
    index_title = _("Library")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff


class AskwellAdminConfig(AdminConfig):
    default_site = "config.admin.AskwellAdminSite"
