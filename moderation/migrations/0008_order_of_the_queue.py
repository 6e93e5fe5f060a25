from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

ANYONE = 2


def weigh(apps, schema_editor):
    """What follows from the reasons that items have: of what was reported, that anybody could read it."""
    items = apps.get_model("moderation", "ReviewItem").objects.using(schema_editor.connection.alias)
    items.filter(harm__gt=5).update(harm=5)
    for item in items.filter(state="open").iterator():
        rules = list(dict.fromkeys(reason["rule"] for reason in item.reasons))
        item.rules = "".join(f" {rule} " for rule in rules)[:400]
        item.reach = ANYONE if "report" in rules else 0
        item.save(update_fields=["rules", "reach"])


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0007_public_history"),
        ("moderation", "0007_duty"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="reviewitem", name="review_queue"),
        migrations.AddField("reviewitem", "distress", models.CharField(blank=True, db_default="", max_length=20)),
        migrations.AddField(
            "reviewitem",
            "reach",
            models.PositiveSmallIntegerField(
                choices=[
                    (0, "read by nobody yet"),
                    (1, "open to members"),
                    (2, "open to everybody"),
                    (3, "open to everybody, in a thread with many people"),
                ],
                db_default=0,
                default=0,
            ),
        ),
        migrations.AddField("reviewitem", "rules", models.CharField(blank=True, db_default="", max_length=400)),
        migrations.AddField(
            "reviewitem",
            "urgency",
            models.GeneratedField(
                db_persist=True,
                expression=F("harm") * 10 + F("reach"),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.RunPython(weigh, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="reviewitem",
            index=models.Index(F("urgency").desc(), "opened_at", "id", condition=Q(state="open"), name="review_queue"),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=Q(claimed_by=None) | Q(state="open", claimed_until__isnull=False),
                name="review_item_claimed_is_open_and_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=Q(harm__lte=5, reach__lte=3), name="review_item_harm_and_reach_end"
            ),
        ),
    ]
