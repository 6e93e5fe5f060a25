"""What somebody is told, and the outbox of the mails that tell it: both are the same rows."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User


def new_token() -> str:
    return secrets.token_urlsafe(16)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def shown_to(self, user: User) -> NotificationQuerySet:
        return self.filter(recipient=user, withdrawn_at=None)

    def unread(self) -> NotificationQuerySet:
        return self.filter(read_at=None, withdrawn_at=None)

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

    # The mail: `mail_due_at` is empty when there is nothing (more) to send.
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mail_claimed_until = models.DateTimeField(null=True, blank=True)
    mail_attempts = models.PositiveSmallIntegerField(default=0)
    mail_sent_at = models.DateTimeField(null=True, blank=True)
    mail_failed_at = models.DateTimeField(null=True, blank=True)

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
