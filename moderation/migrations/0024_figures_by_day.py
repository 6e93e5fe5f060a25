"""What happened at the desk, counted by day; what a day is counted from is found along indexes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0010_texts_of_a_day"),
        ("moderation", "0023_first_saved_replies"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("counts", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(fields=["made_at"], name="appeal_by_day"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["created_at"], name="report_by_day"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                condition=models.Q(("settled_at__isnull", False)), fields=["settled_at"], name="report_settled_by_day"
            ),
        ),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(fields=["opened_at"], name="review_item_by_day"),
        ),
    ]
