"""What a new site begins with: the migrations up to 0003_what_may_be_quoted in one."""

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("search", "0001_initial"),
        ("search", "0002_vectors_and_frequencies"),
        ("search", "0003_what_may_be_quoted"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Frequency",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=40, unique=True)),
                ("documents", models.PositiveIntegerField()),
                ("newest", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("embedder", models.CharField(max_length=100)),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("url", models.CharField(max_length=300)),
                ("title", models.CharField(max_length=200)),
                ("synonyms", models.TextField(blank=True)),
                ("body", models.TextField(blank=True)),
                ("sections", models.JSONField(default=list)),
                ("answer", models.TextField(blank=True)),
                ("stands_on", models.CharField(blank=True, max_length=80)),
                ("topic", models.CharField(blank=True, max_length=60)),
                ("topic_name", models.CharField(blank=True, max_length=60)),
                ("origin", models.BigIntegerField(null=True)),
                ("answers_count", models.PositiveIntegerField(default=0)),
                (
                    "answered",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.lookups.GreaterThan(models.F("answers_count"), 0),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("helped", models.BooleanField(default=False)),
                ("clinician", models.BooleanField(default=False)),
                ("reviewed", models.BooleanField(default=False)),
                ("emergency", models.BooleanField(db_default=False, default=False)),
                ("answer_ids", models.JSONField(db_default=models.Value([], models.JSONField()), default=list)),
                ("published_at", models.DateTimeField()),
                (
                    "audience",
                    models.CharField(choices=[("all", "All"), ("members", "Members")], default="all", max_length=10),
                ),
                ("words_hash", models.CharField(max_length=32)),
                ("vector_place", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("origin"),
                        models.OrderBy(models.F("helped"), descending=True),
                        models.OrderBy(models.F("answered"), descending=True),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("origin__isnull", False)),
                        name="entry_asked_from",
                    ),
                    models.Index(
                        models.F("kind"),
                        models.F("topic"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="entry_latest_of_topic",
                    ),
                    models.Index(
                        models.F("id"), condition=models.Q(("vector_place__isnull", True)), name="entry_without_vector"
                    ),
                    models.Index(
                        models.F("vector_place"),
                        condition=models.Q(("vector_place__isnull", False)),
                        name="entry_vector_place",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id"), name="entry_is_one_per_object"),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["all", "members"])), name="entry_has_a_known_audience"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="search.entry",
                    ),
                ),
                ("word", models.CharField(max_length=40)),
                ("weight", models.PositiveSmallIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("word"),
                        models.OrderBy(models.F("weight"), descending=True),
                        models.OrderBy(models.F("entry"), descending=True),
                        name="posting_of_word",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("entry", "word"), name="posting_is_one_per_word")],
            },
        ),
    ]
