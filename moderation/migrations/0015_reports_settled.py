"""When a report was settled, whether it is about a picture, and the reason that something shows abuse."""

from django.db import migrations, models
from django.db.models import F

REASONS = [
    ("abuse", "It shows abuse or violence, in a picture or in words"),
    ("dangerous", "The advice could hurt somebody"),
    ("medicine", "It diagnoses, or tells somebody to start or stop a medicine"),
    ("personal", "It shows somebody’s personal details"),
    ("pretending", "Somebody passes for a clinician and is not verified here"),
    ("unkind", "It is unkind or attacks somebody"),
    ("advertising", "It advertises or is spam"),
    ("copied", "It is copied from somewhere else"),
    ("other", "Something else"),
]


def date_what_is_settled(apps, schema_editor):
    """The day of the report is the nearest that is known."""
    reports = apps.get_model("moderation", "Report").objects
    reports.exclude(state="open").filter(settled_at=None).update(settled_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("moderation", "0014_undoing")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="is_about_picture",
            field=models.BooleanField(default=False, db_default=False),
        ),
        migrations.AddField(
            model_name="report",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="report",
            name="reason",
            field=models.CharField(choices=REASONS, max_length=20),
        ),
        migrations.AlterField(
            model_name="sanction",
            name="rule",
            field=models.CharField(choices=REASONS, max_length=20),
        ),
        migrations.RunPython(date_what_is_settled, migrations.RunPython.noop, elidable=True),
    ]
