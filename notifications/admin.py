"""Mails that failed for good, for whoever runs the site: why, and to be tried again. What they tell is not said."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.admin import PeopleAdmin
from notifications import actions
from notifications.models import GivenUpMail


@admin.register(GivenUpMail)
class GivenUpMailAdmin(PeopleAdmin):
    list_display = ("mail_failed_at", "mail_problem", "address", "mail_attempts")
    list_display_links = None
    list_filter = ("mail_problem",)
    fields = list_display
    ordering = ("-mail_failed_at", "-pk")
    actions = ("try_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[GivenUpMail]:
        return super().get_queryset(request).given_up().select_related("recipient")

    @admin.display(description=_("Address"))
    def address(self, mail: GivenUpMail) -> str:
        """As much as shows whether one provider refuses all, or a few people mistyped."""
        name, _at, host = mail.recipient.email.rpartition("@")
        return f"{name[:1]}…@{host}"

    @admin.action(description=_("Try again to send the mails that are ticked"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        count = actions.mail_again(ids=list(queryset.values_list("pk", flat=True)), by=request.user)
        self.message_user(
            request, ngettext("%d mail is due again.", "%d mails are due again.", count) % count, messages.SUCCESS
        )
