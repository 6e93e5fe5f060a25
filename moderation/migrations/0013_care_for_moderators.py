import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0012_watched_terms_and_prints"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("reviewitem", "for_seniors_until", models.DateTimeField(blank=True, null=True)),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["moderator", "-made_at"], name="decision_by_moderator"),
        ),
        migrations.CreateModel(
            name="Spared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("distress", models.CharField(max_length=20)),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spared",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("moderator", "distress"), name="spared_of_a_class_once"),
                    models.CheckConstraint(
                        condition=models.Q(("distress", ""), _negated=True), name="spared_of_something"
                    ),
                ],
            },
        ),
    ]
