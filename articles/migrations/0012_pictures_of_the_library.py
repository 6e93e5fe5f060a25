import re

from django.db import migrations

PICTURE = re.compile(r"/media/([\w/.-]+)")


def mark(apps, schema_editor):
    """What editors described or used, in any text that an article or a page of the site ever had."""
    ids, paths = set(), set()
    for model in ("Article", "Revision"):
        texts = apps.get_model("articles", model).objects.values_list("body", "hero")
        for body, hero in texts.iterator():
            paths.update(PICTURE.findall(body))
            ids.add(hero)
    for texts in apps.get_model("articles", "StandingRevision").objects.values_list("standfirst", "notice", "body"):
        paths.update(path for text in texts for path in PICTURE.findall(text))
    ids.update(apps.get_model("articles", "LibraryPicture").objects.values_list("upload", flat=True))
    uploads = apps.get_model("uploads", "Upload").objects
    used = [pk for pk, path in uploads.values_list("pk", "path").iterator() if pk in ids or path in paths]
    for start in range(0, len(used), 500):
        uploads.filter(pk__in=used[start : start + 500]).update(is_of_library=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_link_checks"), ("uploads", "0002_is_of_library")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop, elidable=True)]
