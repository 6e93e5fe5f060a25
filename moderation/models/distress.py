"""What a site adds to the rules of distress, and which it switched off: every change is a version of its own."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DistressRulesQuerySet(models.QuerySet["DistressRules"]):
    def newest(self: Self) -> DistressRules | None:
        """The version that counts."""
        return self.order_by("-pk").first()


class DistressRules(models.Model):
    """One version; the newest counts. Rows are added and never changed."""

    added = models.TextField(
        _("Rules of this site"),
        max_length=20_000,
        blank=True,
        help_text=_(
            "One a line: a kind, a colon and a phrase, such as “self_harm: want* to sleep for ever”. The kinds are "
            "self_harm, abuse, child, harm_to_others and emergency; in what follows “idiom:” nothing is looked for."
        ),
    )
    switched_off = models.TextField(
        _("Rules switched off"),
        max_length=50_000,
        blank=True,
        help_text=_("One a line, copied from the list of what was found in a text."),
    )
    reason = models.CharField(_("Why"), max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("By")
    )
    made_at = models.DateTimeField(_("When"), default=timezone.now)

    objects = DistressRulesQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of the rules of distress")
        verbose_name_plural = _("rules of distress")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="distress_rules_say_why")]

    def __str__(self) -> str:
        return _("Version %d") % self.pk
