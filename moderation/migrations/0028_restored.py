"""What was hidden is shown again by a decision that ends the one that hid it. Backwards only while there is none."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0027_breaks_and_what_seniors_read_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_undone_says_which",
        ),
        migrations.AlterField(
            model_name="decision",
            name="code",
            field=models.CharField(
                choices=[
                    ("approved", "Approved"),
                    ("edited", "Edited and approved"),
                    ("returned", "Sent back for changes"),
                    ("rejected", "Rejected with a reason"),
                    ("hidden", "Hidden"),
                    ("kept", "Looked at; it stays"),
                    ("restored", "Shown again"),
                    ("closed", "Closed"),
                    ("reopened", "Opened again"),
                    ("locked", "Locked"),
                    ("unlocked", "Unlocked"),
                    ("moved", "Moved to another topic"),
                    ("merged", "Joined with another question"),
                    ("pinned", "Pinned to the top of its topic"),
                    ("unpinned", "No longer pinned"),
                    ("tagged", "Given other tags"),
                    ("redacted", "An earlier text removed for good"),
                    ("revealed", "Looked up who wrote it"),
                    ("warned", "Warned"),
                    ("silenced", "Posting paused"),
                    ("suspended", "Account suspended"),
                    ("lifted", "Ended early"),
                    ("overturned", "Overturned on appeal"),
                    ("confirmed", "Looked at again on appeal; it stays"),
                    ("wrote", "Written to its author"),
                    ("ended", "A letter closed"),
                    ("undone", "Taken back"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code__in", ["restored", "undone"]), ("undoes__isnull", False)),
                    models.Q(models.Q(("code__in", ["restored", "undone"]), _negated=True), ("undoes", None)),
                    _connector="OR",
                ),
                name="decision_undone_says_which",
            ),
        ),
    ]
