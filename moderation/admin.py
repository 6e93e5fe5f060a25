"""What holds while nobody is on duty; the rules of distress: add to them, switch some off, try them on a text.

What moderators watch for is in moderation/watching.py.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin import PeopleAdmin
from core.admin import RuledAdmin
from core.http import redirect_see_other
from moderation import distress, duty
from moderation.models import DistressRules, NightRules, WatchedTerm
from moderation.rule_set import LEARNED
from moderation.watching import WatchedTermAdmin

TRY = "_try"

admin.site.register(WatchedTerm, WatchedTermAdmin)


class DistressRulesForm(forms.ModelForm):
    text = forms.CharField(
        label=gettext_lazy("A text to try them on"),
        help_text=gettext_lazy("It is stored nowhere."),
        widget=forms.Textarea({"rows": 6}),
        max_length=20_000,
        required=False,
    )
    is_reply = forms.BooleanField(label=gettext_lazy("It is an answer or a comment"), required=False)

    class Meta:
        model = DistressRules
        fields = ("added", "switched_off", "reason")
        widgets = {name: forms.Textarea({"rows": 6}) for name in ("added", "switched_off")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only what is saved needs a reason.
        self.fields["reason"].required = TRY not in self.data

    def clean_added(self) -> str:
        return self._checked("added")

    def clean_switched_off(self) -> str:
        return self._checked("switched_off")

    def _checked(self, name: str) -> str:
        lines: str = self.cleaned_data[name]
        if problems := distress.rule_set(**{name: lines}).problems:
            raise forms.ValidationError(problems)
        return lines

    def _post_clean(self) -> None:
        """No row is made here: see `distress.save`."""

    def found(self) -> list[dict[str, Any]]:
        """What these rules find in the text that they are tried on."""
        said = self.cleaned_data
        rules = distress.rule_set(said["added"], said["switched_off"])
        return [
            {"kind": one.kind.label, "words": said["text"][slice(*one.span)], "phrase": one.phrase}
            for one in distress.found_in(said["text"], is_reply=said["is_reply"], rules=rules)
        ]


@admin.register(DistressRules)
class DistressRulesAdmin(PeopleAdmin):
    list_display = ("__str__", "made_at", "made_by", "reason")
    list_select_related = ("made_by",)
    ordering = ("-pk",)
    fields = ("made_at", "made_by", "reason", "added", "switched_off")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A version is only read; a new one begins with what counts now."""
        if object_id is not None or not self.has_add_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        newest = DistressRules.objects.newest()
        initial = {"added": newest.added, "switched_off": newest.switched_off} if newest else {}
        form = DistressRulesForm(request.POST or None, initial=initial)
        is_tried = TRY in request.POST
        if form.is_valid() and not is_tried:
            said = form.cleaned_data
            version = distress.save(
                added=said["added"], switched_off=said["switched_off"], reason=said["reason"], by=request.user
            )
            messages.success(request, _("Saved. From now on %s counts.") % version)
            return redirect_see_other("admin:moderation_distressrules_changelist")
        context = self.admin_site.each_context(request) | {
            "title": _("Rules of distress"),
            "form": form,
            "shipped": distress.rule_set().version,
            "learned": LEARNED,
            "found": form.found() if is_tried and form.is_valid() else None,
            "opts": self.opts,
        }
        status = 422 if request.method == "POST" and not form.is_valid() else 200
        return render(request, "admin/moderation/distress_rules.html", context, status=status)


@admin.register(NightRules)
class NightRulesAdmin(RuledAdmin):
    """One row, added once and then changed."""

    fields = ("is_slow", "no_new_threads")
    list_display = ("__str__", "is_slow", "no_new_threads")

    def has_module_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        return bool(user.is_superuser or (user.is_staff and user.is_moderator))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request) and not NightRules.objects.exists()

    def save_model(self, request: HttpRequest, obj: NightRules, form: Any, change: bool) -> None:
        duty.choose_rules(rules=obj)
