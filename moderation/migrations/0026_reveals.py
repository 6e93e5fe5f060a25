"""Why somebody was shown who wrote something that has no name on it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0025_letters"),
    ]

    operations = [
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
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reason",
                    models.CharField(
                        choices=[("danger", "Someone is in danger"), ("law", "The law requires it")], max_length=10
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="reveal",
                        to="moderation.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["danger", "law"])), name="reveal_has_a_listed_reason"
                    )
                ],
            },
        ),
    ]
