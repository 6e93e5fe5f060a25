"""What a new site begins with: the migrations up to 0004_newest_drafts in one."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_announcements"),
        ("core", "0003_draft_window"),
        ("core", "0004_newest_drafts"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.CharField(
                        help_text="One or two sentences. [Words](/rules/) link there.",
                        max_length=300,
                        verbose_name="Text",
                    ),
                ),
                ("html", models.TextField()),
                ("starts_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="From")),
                (
                    "ends_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: until a newer one, or until you end it here.",
                        null=True,
                        verbose_name="Until",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gt", models.F("starts_at")), _connector="OR"),
                        name="announcement_ends_after_it_begins",
                        violation_error_message="It would end before it begins.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("browser", models.UUIDField(null=True)),
                ("owner_id", models.BigIntegerField(null=True)),
                ("form", models.CharField(max_length=200)),
                ("fields", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
                ("window", models.CharField(db_default="", default="", max_length=36)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("owner_id"),
                        models.OrderBy(models.F("saved_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="draft_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("browser", "form"), name="draft_is_one_per_browser_and_form"),
                    models.UniqueConstraint(fields=("owner_id", "form"), name="draft_is_one_per_owner_and_form"),
                    models.CheckConstraint(
                        condition=models.Q(("browser__isnull", True), ("owner_id__isnull", True), _connector="XOR"),
                        name="draft_has_one_kind_of_owner",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=64)),
                ("window", models.DateTimeField(db_index=True)),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "key", "window"), name="limit_is_one_row_per_window")
                ],
            },
        ),
    ]
