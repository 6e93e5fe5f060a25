"""What a new site begins with: the migrations up to 0007_senior_moderators in one."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_never_signed_in"),
        ("accounts", "0003_address_in_small_letters"),
        ("accounts", "0004_distances_and_what_a_page_shows"),
        ("accounts", "0005_notices_mails_name_subjects"),
        ("accounts", "0006_finding_distances"),
        ("accounts", "0007_senior_moderators"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "handle",
                    models.CharField(
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9-]{2,29}\\Z", "Use small letters, digits and hyphens."
                            )
                        ],
                    ),
                ),
                ("display_name", models.CharField(blank=True, max_length=50)),
                ("about", models.TextField(blank=True, max_length=500)),
                ("language", models.CharField(default="en-gb", max_length=10)),
                ("time_zone", models.CharField(default="UTC", max_length=50)),
                ("is_active", models.BooleanField(default=True)),
                ("is_staff", models.BooleanField(default=False)),
                ("is_editor", models.BooleanField(default=False)),
                ("is_reviewer", models.BooleanField(default=False)),
                ("is_clinician", models.BooleanField(default=False)),
                ("is_moderator", models.BooleanField(default=False)),
                ("is_senior_moderator", models.BooleanField(db_default=False, default=False)),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "trust",
                    models.CharField(
                        choices=[("new", "New member"), ("basic", "Member"), ("trusted", "Trusted member")],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("silenced_until", models.DateTimeField(blank=True, null=True)),
                ("suspended_until", models.DateTimeField(blank=True, null=True)),
                ("must_acknowledge", models.BooleanField(default=False)),
                ("unread_count", models.PositiveIntegerField(default=0)),
                ("helped_count", models.PositiveIntegerField(default=0)),
                ("published_count", models.PositiveIntegerField(default=0)),
                ("mail_notices", models.BooleanField(default=True)),
                ("mails_name_subjects", models.BooleanField(default=False)),
                ("shows_questions", models.BooleanField(default=True)),
                ("shows_answers", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("last_login", None)), fields=["joined_at"], name="user_never_signed_in"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("email",), name="user_email_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower(models.F("email")))),
                        name="user_email_is_lower_case",
                    ),
                    models.UniqueConstraint(fields=("handle",), name="user_handle_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("handle", django.db.models.functions.text.Lower(models.F("handle")))),
                        name="user_handle_is_lower_case",
                    ),
                    models.CheckConstraint(condition=models.Q(("handle", ""), _negated=True), name="user_has_a_handle"),
                    models.CheckConstraint(
                        condition=models.Q(("is_senior_moderator", False), ("is_moderator", True), _connector="OR"),
                        name="user_senior_is_a_moderator",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[("health", "Storing and publishing what I write about my health")], max_length=20
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at", None)),
                        fields=("user", "subject", "version"),
                        name="consent_is_given_once_per_version",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Credential",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="credentials",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "line",
                    models.CharField(help_text="As printed, for example: neurology, United Kingdom", max_length=120),
                ),
                ("country", models.CharField(max_length=2)),
                ("verified_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("verified_at"))),
                        name="credential_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Distance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="distances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("kind", models.CharField(choices=[("mute", "Muted"), ("block", "Blocked")], max_length=5)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="distance_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "other"), name="distance_is_one_per_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("member", models.F("other")), _negated=True), name="distance_is_to_others"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OldHandle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handle", models.CharField(max_length=30, unique=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_handles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
        ),
    ]
