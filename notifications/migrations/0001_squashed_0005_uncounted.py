"""What a new site begins with: the migrations up to 0005_uncounted in one."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import notifications.models


class Migration(migrations.Migration):
    replaces = [
        ("notifications", "0001_initial"),
        ("notifications", "0002_preferences"),
        ("notifications", "0003_mails_that_failed_for_good"),
        ("notifications", "0004_urgent_matters"),
        ("notifications", "0005_uncounted"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("subject_kind", models.CharField(max_length=20)),
                ("subject_id", models.BigIntegerField()),
                ("words", models.JSONField(default=dict)),
                ("token", models.CharField(default=notifications.models.new_token, max_length=32, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("is_uncounted", models.BooleanField(db_default=False, default=False)),
                ("mail_due_at", models.DateTimeField(blank=True, null=True)),
                ("mail_claimed_until", models.DateTimeField(blank=True, null=True)),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                ("mail_sent_at", models.DateTimeField(blank=True, null=True)),
                ("mail_failed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "mail_problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("address", "Nobody has this address, or not any more"),
                            ("full", "The mailbox is full"),
                            ("sign_in", "Our mail server does not take our name and password"),
                            ("refused", "A mail server does not take our mails"),
                            ("away", "Our mail server cannot be reached"),
                            ("malformed", "The mail could not be written"),
                            ("died", "The worker died while sending it, each time"),
                        ],
                        db_default="",
                        default="",
                        max_length=10,
                        verbose_name="Problem",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("recipient"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("withdrawn_at", None)),
                        name="notification_inbox",
                    ),
                    models.Index(
                        models.F("mail_due_at"),
                        models.F("id"),
                        condition=models.Q(("mail_due_at__isnull", False)),
                        name="notification_mail_due",
                    ),
                    models.Index(
                        models.OrderBy(models.F("mail_failed_at"), descending=True),
                        condition=models.Q(("mail_failed_at__isnull", False)),
                        name="notification_mail_failed",
                    ),
                    models.Index(
                        models.F("recipient"), condition=models.Q(("is_uncounted", True)), name="notification_uncounted"
                    ),
                    models.Index(models.F("subject_kind"), models.F("subject_id"), name="notification_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("read_at", None), ("withdrawn_at", None)),
                        fields=("recipient", "kind", "subject_kind", "subject_id"),
                        name="notification_is_unread_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mail_due_at", None),
                            models.Q(("mail_failed_at", None), ("mail_sent_at", None)),
                            _connector="OR",
                        ),
                        name="notification_mail_is_due_or_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mail_problem", ""), ("mail_failed_at__isnull", False), _connector="OR"),
                        name="notification_mail_problem_is_of_a_failed_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GivenUpMail",
            fields=[],
            options={
                "verbose_name": "mail that failed for good",
                "verbose_name_plural": "mails that failed for good",
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("notifications.notification",),
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("answer", "Answers to my questions"),
                            ("comment", "Comments on what I wrote"),
                            ("mention", "Somebody mentions me"),
                            ("helped", "My answer helped"),
                            ("review", "What the moderators decide about what I wrote"),
                            ("followed", "News in what I follow"),
                            ("how_it_went", "The one question how it went, where I asked for it"),
                            ("urgent", "Something urgent waits for a moderator"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("now", "At once"),
                            ("daily", "Once a day"),
                            ("weekly", "Once a week"),
                            ("never", "Never"),
                        ],
                        max_length=6,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "matter"), name="preference_is_one_per_matter"),
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ["now", "daily", "weekly", "never"])),
                        name="preference_has_a_pace",
                    ),
                ],
            },
        ),
    ]
