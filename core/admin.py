"""What parts of the admin have in common, and announcements: whoever moderates, edits or runs the site says something
to everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from core import announcements
from core.models import Announcement


class RuledAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Open to whom `has_module_permission` lets in, not by rows of permissions. Nothing is deleted here."""

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer of a form of the admin; one that comes back is invalid, and that is 422 as everywhere."""
    if request.method == "POST" and response.status_code == 200:
        response.status_code = 422
    return response


@admin.register(Announcement)
class AnnouncementAdmin(RuledAdmin):
    list_display = ("text", "starts_at", "ends_at")
    ordering = ("-starts_at", "-pk")
    fields = ("text", "starts_at", "ends_at")

    def has_module_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_superuser or user.is_moderator or user.is_editor)

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:
        announcements.save(obj)
