"""What was sent on a day is found without reading all texts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0009_collapsed_answers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="edit",
            index=models.Index(fields=["created_at"], name="edit_by_day"),
        ),
    ]
