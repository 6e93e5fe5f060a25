from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_urgent_matters")]

    operations = [
        migrations.AddField("notification", "is_uncounted", models.BooleanField(default=False, db_default=False)),
        migrations.AddIndex(
            "notification",
            models.Index(models.F("recipient"), condition=models.Q(is_uncounted=True), name="notification_uncounted"),
        ),
    ]
