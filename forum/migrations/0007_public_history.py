from django.db import migrations, models
from django.db.models import F, Q


def list_what_is_shown(apps, schema_editor):
    """Of earlier texts it is not known whether they ever were public: they stay unlisted."""
    apps.get_model("forum", "Edit").objects.filter(state="live").update(listed_at=F("created_at"))


class Migration(migrations.Migration):
    dependencies = [("forum", "0006_telling_followers")]

    operations = [
        migrations.AddField("edit", "listed_at", models.DateTimeField(blank=True, null=True)),
        *(
            migrations.AddIndex(
                "edit",
                models.Index(
                    F(post),
                    F("listed_at").desc(),
                    F("id").desc(),
                    condition=Q(listed_at__isnull=False),
                    name=f"edit_of_{post}",
                ),
            )
            for post in ("question", "answer", "comment")
        ),
        migrations.AddConstraint(
            "edit",
            models.CheckConstraint(
                condition=~Q(state__in=["held", "returned"]) | Q(listed_at=None), name="edit_listed_was_public"
            ),
        ),
        migrations.RunPython(list_what_is_shown, migrations.RunPython.noop),
    ]
