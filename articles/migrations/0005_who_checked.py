from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_who_checked(apps, schema_editor):
    Article, SignOff = apps.get_model("articles", "Article"), apps.get_model("articles", "SignOff")
    line = SignOff.objects.filter(pk=OuterRef("live_sign_off")).values("line")
    Article.objects.filter(live_sign_off__isnull=False, checked_by="").update(checked_by=Subquery(line))


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_steps_to_readers")]
    operations = [migrations.RunPython(name_who_checked, migrations.RunPython.noop)]
