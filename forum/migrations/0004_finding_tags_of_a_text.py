from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0003_tags_follows_and_closing")]

    operations = [
        migrations.AddField("edit", "tags", models.CharField(blank=True, max_length=220)),
    ]
