"""Django's admin with our site in place of its own."""

from django.contrib.admin.apps import AdminConfig


class AskwellAdminConfig(AdminConfig):
    default_site = "config.admin.AskwellAdminSite"
