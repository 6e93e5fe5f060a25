"""When moderators take a break, and in which order senior moderators read what was left to them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_senior_moderators"),
        ("forum", "0010_texts_of_a_day"),
        ("moderation", "0026_reveals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Break",
            fields=[
                (
                    "moderator",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="break_taken",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(
                models.OrderBy(models.F("urgency"), descending=True),
                models.F("opened_at"),
                models.F("id"),
                condition=models.Q(("for_seniors_until__isnull", False), ("state", "open")),
                name="review_queue_of_seniors",
            ),
        ),
    ]
