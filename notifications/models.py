"""What somebody is told, and the outbox of the mails that tell it: both are the same rows."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Abs
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import MATTERS
from notifications.problems import Problem

# How many are looked at when one is opened, for those that are told in the same line.
NEARBY = 100


def new_token() -> str:
    return secrets.token_urlsafe(16)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, user: User) -> NotificationQuerySet:
        return self.filter(recipient=user, withdrawn_at=None)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None, withdrawn_at=None)

    def in_hand(self) -> list[Notification]:
        """These, locked in the order of their ids: so nobody else who does that holds one and waits for another."""
        columns = ("recipient_id", "subject_kind", "subject_id", "read_at")
        return list(self.select_for_update(no_key=True).order_by("pk").only(*columns))

    @transaction.atomic
    def change(self, **columns: Any) -> int:
        """Update these, locked in the order of their ids. Returns how many."""
        return Notification.objects.filter(pk__in=[one.pk for one in self.in_hand()]).update(**columns)

    def unread_beside(self, notification: Notification) -> NotificationQuerySet:
        """What else its reader was told of the same kind and has not read: the nearest, more than a page of them."""
        same = self.unread().filter(recipient=notification.recipient_id, kind=notification.kind)
        return same.exclude(pk=notification.pk).order_by(Abs(F("pk") - notification.pk))[:NEARBY]

    def given_up(self) -> NotificationQuerySet:
        """Whose mail failed for good, and who have not found it on the site meanwhile."""
        return self.unread().filter(mail_failed_at__isnull=False)

    def due(self) -> NotificationQuerySet:
        """Whose mail may be claimed now: its time has come, and nobody is sending it."""
        now = timezone.now()
        return self.filter(mail_due_at__lte=now).filter(Q(mail_claimed_until=None) | Q(mail_claimed_until__lte=now))


class Notification(models.Model):
    """One thing that one person is told. Keys, codes and numbers only: the sentence is made when it is read."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=20)  # one of notifications.kinds.Kind
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    words = models.JSONField(default=dict)
    # Stands in the address of the mail's link, which so tells nothing of what it leads to.
    token = models.CharField(max_length=32, unique=True, default=new_token)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # That it came, or went, is not yet in its reader's `unread_count`.
    is_uncounted = models.BooleanField(default=False, db_default=False)

    # The mail: `mail_due_at` is empty when there is nothing (more) to send.
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mail_claimed_until = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_sent_at = models.DateTimeField(null=True, blank=True)
    mail_failed_at = models.DateTimeField(null=True, blank=True)
    mail_problem = models.CharField(_("Problem"), max_length=10, choices=Problem, blank=True, default="", db_default="")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "subject_kind", "subject_id"],
                condition=Q(read_at=None, withdrawn_at=None),
                name="notification_is_unread_once",
            ),
            models.CheckConstraint(
                condition=Q(mail_due_at=None) | Q(mail_sent_at=None, mail_failed_at=None),
                name="notification_mail_is_due_or_done",
            ),
            models.CheckConstraint(
                condition=Q(mail_problem="") | Q(mail_failed_at__isnull=False),
                name="notification_mail_problem_is_of_a_failed_one",
            ),
        ]
        indexes = [
            # notifications.views.inbox
            models.Index(
                "recipient",
                F("created_at").desc(),
                F("id").desc(),
                condition=Q(withdrawn_at=None),
                name="notification_inbox",
            ),
            # notifications.sweeps.send_mails
            models.Index("mail_due_at", "id", condition=Q(mail_due_at__isnull=False), name="notification_mail_due"),
            # notifications.admin
            models.Index(
                F("mail_failed_at").desc(), condition=Q(mail_failed_at__isnull=False), name="notification_mail_failed"
            ),
            # notifications.sweeps.count_unread
            models.Index("recipient", condition=Q(is_uncounted=True), name="notification_uncounted"),
            # notifications.actions.withdraw
            models.Index("subject_kind", "subject_id", name="notification_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("notifications:open", args=[self.token])

    @property
    def subject(self) -> tuple[str, int]:
        return self.subject_kind, self.subject_id


class GivenUpMail(Notification):
    """What somebody could not be mailed, as whoever runs the site finds it in the admin."""

    class Meta:
        proxy = True
        verbose_name = _("mail that failed for good")
        verbose_name_plural = _("mails that failed for good")

    def __str__(self) -> str:
        # Without what it tells, and whom.
        return f"mail {self.pk}"


class Preference(models.Model):
    """How soon one person wants mails about one matter. Without a row, at once."""

    class Pace(models.TextChoices):
        NOW = "now", _("At once")
        DAILY = "daily", _("Once a day")
        WEEKLY = "weekly", _("Once a week")
        NEVER = "never", _("Never")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="preferences")
    matter = models.CharField(max_length=20, choices=[(matter.value, label) for matter, label in MATTERS.items()])
    pace = models.CharField(max_length=6, choices=Pace)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "matter"], name="preference_is_one_per_matter"),
            models.CheckConstraint(
                condition=Q(pace__in=["now", "daily", "weekly", "never"]), name="preference_has_a_pace"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.pace}"
