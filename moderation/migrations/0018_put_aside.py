"""What software did at once when something was reported, until somebody decides."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("moderation", "0015_reports_settled")]

    operations = [
        migrations.AddField(
            model_name="reviewitem",
            name="at_once",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Nothing"),
                    ("hidden", "Out of sight until decided"),
                    ("collapsed", "Collapsed until decided"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=Q(at_once="") | Q(member=None), name="review_item_at_once_is_about_a_post"
            ),
        ),
    ]
