"""What moderators often write to authors."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0021_log_by_code_and_rule"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("words", models.TextField(max_length=2000)),
                ("uses", models.JSONField(default=list)),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("abuse", "It shows abuse or violence, in a picture or in words"),
                            ("dangerous", "The advice could hurt somebody"),
                            ("medicine", "It diagnoses, or tells somebody to start or stop a medicine"),
                            ("personal", "It shows somebody’s personal details"),
                            ("pretending", "Somebody passes for a clinician and is not verified here"),
                            ("unkind", "It is unkind or attacks somebody"),
                            ("advertising", "It advertises or is spam"),
                            ("copied", "It is copied from somewhere else"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "saved replies",
                "constraints": [
                    models.UniqueConstraint(fields=("title",), name="saved_reply_title_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="saved_reply_says_something",
                    ),
                ],
            },
        ),
    ]
