"""An answer that somebody reported as dangerous is collapsed until a moderator has read that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0008_finding_what_was_taken_down")]

    operations = [
        migrations.AddField(
            model_name="answer", name="collapsed_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
