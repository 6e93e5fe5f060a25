"""People in the admin: who holds which role, and who is verified as what. Only for those who run the site."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext

import accounts.actions
from accounts.actions import ROLES
from accounts.forms import CredentialForm
from accounts.models import Credential, User

# Roles are columns, not groups; addresses, second factors and sessions belong to the people themselves.
admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])


class PeopleAdmin(admin.ModelAdmin):
    """Open to superusers. Nobody is deleted here: people close their accounts themselves."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.is_superuser

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """A list is called what is in it."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))


@admin.register(User)
class UserAdmin(PeopleAdmin):
    list_display = ("handle", "display_name", *ROLES, "is_clinician", "joined_at")
    list_filter = (*ROLES, "is_clinician")
    search_fields = ("handle", "email", "display_name")
    ordering = ("handle",)
    fields = ("handle", "display_name", "email", "joined_at", *ROLES)
    readonly_fields = ("handle", "display_name", "email", "joined_at")

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody changes their own roles, so nobody locks themselves out."""
        return request.user.is_superuser and obj != request.user

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        accounts.actions.give_roles(user=obj, **{role: getattr(obj, role) for role in ROLES})


@admin.register(Credential)
class CredentialAdmin(PeopleAdmin):
    form = CredentialForm
    list_display = ("user", "line", "country", "verified_at", "expires_at", "withdrawn_at")
    list_select_related = ("user",)
    search_fields = ("user__handle", "user__email", "line")
    actions = ("withdraw",)

    def get_fields(self, request: HttpRequest, obj: Credential | None = None) -> tuple[str, ...]:
        asked = ("user", "line", "country", "expires_at")
        return (*asked, "verified_at", "withdrawn_at") if obj else asked

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def save_model(self, request: HttpRequest, obj: Credential, form: ModelForm, change: bool) -> None:
        verified = accounts.actions.verify_clinician(
            user=obj.user, line=obj.line, country=obj.country, expires=obj.expires_at
        )
        obj.pk = verified.pk

    @admin.action(description=gettext_lazy("Withdraw the credentials that are ticked"), permissions=["add"])
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        credentials = list(queryset.filter(withdrawn_at=None).select_related("user"))
        for credential in credentials:
            accounts.actions.withdraw_credential(credential=credential)
        count = len(credentials)
        self.message_user(
            request,
            ngettext("%d credential is withdrawn.", "%d credentials are withdrawn.", count) % count,
            messages.SUCCESS,
        )
