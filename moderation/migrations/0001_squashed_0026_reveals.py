"""What a new site begins with: the migrations up to 0026_reveals in one."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

lines = import_module("moderation.migrations.0006_first_support_lines")
replies = import_module("moderation.migrations.0023_first_saved_replies")


class Migration(migrations.Migration):
    replaces = [
        ("moderation", "0001_initial"),
        ("moderation", "0002_closing_decisions"),
        ("moderation", "0003_finding_pins_and_tags"),
        ("moderation", "0004_redaction"),
        ("moderation", "0005_support_lines"),
        ("moderation", "0006_first_support_lines"),
        ("moderation", "0007_duty"),
        ("moderation", "0008_order_of_the_queue"),
        ("moderation", "0009_handovers"),
        ("moderation", "0010_distress_rules"),
        ("moderation", "0011_sanctions_and_appeals"),
        ("moderation", "0012_watched_terms_and_prints"),
        ("moderation", "0013_care_for_moderators"),
        ("moderation", "0014_undoing"),
        ("moderation", "0015_reports_settled"),
        ("moderation", "0018_put_aside"),
        ("moderation", "0019_quarantine"),
        ("moderation", "0020_notes"),
        ("moderation", "0021_log_by_code_and_rule"),
        ("moderation", "0022_saved_replies"),
        ("moderation", "0023_first_saved_replies"),
        ("moderation", "0024_figures_by_day"),
        ("moderation", "0025_letters"),
        ("moderation", "0026_reveals"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("forum", "0001_squashed_0010_texts_of_a_day"),
        ("uploads", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayFigures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True)),
                ("counts", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ends_at", models.DateTimeField(db_index=True)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("is_urgent", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("waiting_since__isnull", False)),
                        fields=["waiting_since", "id"],
                        name="letter_waiting",
                    ),
                    models.Index(
                        models.OrderBy(models.F("opened_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="letter_newest",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("opened_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="letter_of_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", False),
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("question__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="letter_is_about_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("member", None), ("member", models.F("author")), _connector="OR"),
                        name="letter_member_is_its_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gte", models.F("opened_at"))), name="letter_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_urgent", False), ("waiting_since__isnull", False), _connector="OR"),
                        name="letter_urgent_waits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="moderation.letter"
                    ),
                ),
                ("is_from_moderators", models.BooleanField()),
                (
                    "writer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(max_length=3000)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submission_key", models.UUIDField(unique=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="letter_message_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NightRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_slow",
                    models.BooleanField(
                        default=False,
                        help_text="While nobody is on duty, everything by members who are not trusted waits for a moderator.",
                        verbose_name="Slow mode",
                    ),
                ),
                (
                    "no_new_threads",
                    models.BooleanField(
                        default=False,
                        help_text="While nobody is on duty, new questions by members are kept as drafts and cannot be posted.",
                        verbose_name="No new threads tonight",
                    ),
                ),
            ],
            options={
                "verbose_name": "while nobody is on duty",
                "verbose_name_plural": "while nobody is on duty",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="night_rules_are_one_row")],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "writer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes_written",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField(max_length=1000)),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", False),
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("question__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="note_is_about_exactly_one",
                    ),
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="note_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Print",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "text",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="print", to="forum.edit"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="moderation.print",
                    ),
                ),
                ("value", models.BigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["value", "of"], name="mark_by_value")],
                "constraints": [models.UniqueConstraint(fields=("of", "value"), name="mark_once_in_a_print")],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("abuse", "It shows abuse or violence, in a picture or in words"),
                            ("dangerous", "The advice could hurt somebody"),
                            ("medicine", "It diagnoses, or tells somebody to start or stop a medicine"),
                            ("personal", "It shows somebody’s personal details"),
                            ("pretending", "Somebody passes for a clinician and is not verified here"),
                            ("unkind", "It is unkind or attacks somebody"),
                            ("advertising", "It advertises or is spam"),
                            ("copied", "It is copied from somewhere else"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=1000)),
                ("contact", models.EmailField(blank=True, max_length=254)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting"),
                            ("upheld", "Something was done"),
                            ("dismissed", "Looked at; it stays"),
                            ("gone", "Taken back by its author before anybody decided"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("is_about_picture", models.BooleanField(db_default=False, default=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("submission_key", models.UUIDField(unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["created_at"], name="report_by_day"),
                    models.Index(
                        condition=models.Q(("settled_at__isnull", False)),
                        fields=["settled_at"],
                        name="report_settled_by_day",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", False),
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("question__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="report_is_about_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.answer",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="forum.comment",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Waiting"), ("closed", "Decided")], default="open", max_length=10
                    ),
                ),
                ("reasons", models.JSONField(default=list)),
                ("harm", models.PositiveSmallIntegerField(default=0)),
                (
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
                (
                    "urgency",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("harm"), "*", models.Value(10)),
                            "+",
                            models.F("reach"),
                        ),
                        output_field=models.PositiveSmallIntegerField(),
                    ),
                ),
                ("rules", models.CharField(blank=True, db_default="", max_length=400)),
                ("distress", models.CharField(blank=True, db_default="", max_length=20)),
                (
                    "at_once",
                    models.CharField(
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
                ("version", models.PositiveIntegerField(default=1)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("claimed_until", models.DateTimeField(blank=True, null=True)),
                ("for_seniors_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("urgency"), descending=True),
                        models.F("opened_at"),
                        models.F("id"),
                        condition=models.Q(("state", "open")),
                        name="review_queue",
                    ),
                    models.Index(fields=["opened_at"], name="review_item_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", False),
                            ),
                            models.Q(
                                ("answer__isnull", False),
                                ("comment__isnull", True),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", False),
                                ("member__isnull", True),
                                ("question__isnull", True),
                            ),
                            models.Q(
                                ("answer__isnull", True),
                                ("comment__isnull", True),
                                ("member__isnull", False),
                                ("question__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="review_item_is_about_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("state", "open")),
                            models.Q(("closed_at__isnull", False), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="review_item_closed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("claimed_by", None),
                            models.Q(("claimed_until__isnull", False), ("state", "open")),
                            _connector="OR",
                        ),
                        name="review_item_claimed_is_open_and_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("harm__lte", 5), ("reach__lte", 3)), name="review_item_harm_and_reach_end"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("at_once", ""), ("member", None), _connector="OR"),
                        name="review_item_at_once_is_about_a_post",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("question",), name="one_open_item_per_question"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("answer",), name="one_open_item_per_answer"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("comment",), name="one_open_item_per_comment"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("member",), name="one_open_item_per_member"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="decisions",
                        to="moderation.reviewitem",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "code",
                    models.CharField(
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
                ("rule", models.CharField(blank=True, max_length=20)),
                ("item_version", models.PositiveIntegerField()),
                ("target_kind", models.CharField(max_length=10)),
                ("target_id", models.BigIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="undoing",
                        to="moderation.decision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["target_kind", "target_id", "-id"], name="decision_by_target"),
                    models.Index(fields=["-made_at"], name="decision_newest"),
                    models.Index(fields=["moderator", "-made_at"], name="decision_by_moderator"),
                    models.Index(fields=["code", "-made_at"], name="decision_by_code"),
                    models.Index(fields=["rule", "-made_at"], name="decision_by_rule"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "item_version"), name="one_decision_per_version_of_an_item"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("code__in", ["rejected", "hidden", "warned", "silenced", "suspended"]),
                                models.Q(("rule", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("code__in", ["rejected", "hidden", "warned", "silenced", "suspended"]),
                                    _negated=True,
                                ),
                                ("rule", ""),
                            ),
                            _connector="OR",
                        ),
                        name="decision_against_names_its_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", "undone"), ("undoes__isnull", False)),
                            models.Q(models.Q(("code", "undone"), _negated=True), ("undoes", None)),
                            _connector="OR",
                        ),
                        name="decision_undone_says_which",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="reveal",
                        to="moderation.decision",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[("danger", "Someone is in danger"), ("law", "The law requires it")], max_length=10
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
        migrations.CreateModel(
            name="Quarantine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "upload",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="uploads.upload"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.reviewitem"
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="moderation.reviewitem",
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("to_seniors", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("made_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [models.Index(fields=["moderator", "item"], name="handover_by_moderator")],
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="alert", to="moderation.reviewitem"
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "told",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Nobody"), (1, "On Duty"), (2, "Everybody"), (3, "Author")], default=0
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("told__lte", 3)), name="alert_has_three_steps")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sanctions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("warn", "Warn"),
                            ("silence", "Pause their posting"),
                            ("suspend", "Suspend their account"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("abuse", "It shows abuse or violence, in a picture or in words"),
                            ("dangerous", "The advice could hurt somebody"),
                            ("medicine", "It diagnoses, or tells somebody to start or stop a medicine"),
                            ("personal", "It shows somebody’s personal details"),
                            ("pretending", "Somebody passes for a clinician and is not verified here"),
                            ("unkind", "It is unkind or attacks somebody"),
                            ("advertising", "It advertises or is spam"),
                            ("copied", "It is copied from somewhere else"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(null=True)),
                ("evidence", models.JSONField(default=list)),
                (
                    "decision",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="sanction",
                        to="moderation.decision",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "number"), name="sanctions_of_a_member_are_counted"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days", None), ("kind", "warn"), ("until", None)),
                            models.Q(
                                ("acknowledged_at", None),
                                ("days__isnull", False),
                                ("kind__in", ["silence", "suspend"]),
                                ("until__isnull", False),
                                ("days__in", [1, 3, 7, 30]),
                                ("until__gt", models.F("made_at")),
                            ),
                            _connector="OR",
                        ),
                        name="sanction_but_a_warning_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rule", ""), _negated=True), name="sanction_names_its_rule"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80)),
                ("words", models.TextField(max_length=2000)),
                ("uses", models.JSONField(default=list)),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("abuse", "It shows abuse or violence, in a picture or in words"),
                            ("dangerous", "The advice could hurt somebody"),
                            ("medicine", "It diagnoses, or tells somebody to start or stop a medicine"),
                            ("personal", "It shows somebody’s personal details"),
                            ("pretending", "Somebody passes for a clinician and is not verified here"),
                            ("unkind", "It is unkind or attacks somebody"),
                            ("advertising", "It advertises or is spam"),
                            ("copied", "It is copied from somewhere else"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "saved replies",
                "constraints": [
                    models.UniqueConstraint(fields=("title",), name="saved_reply_title_is_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("words", ""), _negated=True)
                        ),
                        name="saved_reply_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Spared",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="spared", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("distress", models.CharField(max_length=20)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("moderator", "distress"), name="spared_of_a_class_once"),
                    models.CheckConstraint(
                        condition=models.Q(("distress", ""), _negated=True), name="spared_of_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=2, verbose_name="Country")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("emergency", "Emergency number"),
                            ("crisis", "Somebody to talk to, at once"),
                            ("abuse", "If somebody hurts you or keeps you in fear"),
                            ("child", "For children and young people, and whoever worries about one"),
                            ("advice", "Medical advice that is needed soon, but is no emergency"),
                        ],
                        max_length=10,
                        verbose_name="What it is for",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="Who answers")),
                (
                    "number",
                    models.CharField(
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator("^\\+?[0-9][0-9 ()-]*\\Z", "Write it in digits.")
                        ],
                        verbose_name="Number",
                    ),
                ),
                ("hours", models.CharField(blank=True, max_length=100, verbose_name="When")),
                ("languages", models.CharField(blank=True, max_length=100, verbose_name="Languages")),
                ("page", models.URLField(blank=True, verbose_name="Their own page")),
                ("checked_on", models.DateField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("country", "kind", "number"), name="support_line_is_there_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("country", django.db.models.functions.text.Upper(models.F("country"))),
                            django.db.models.lookups.Exact(django.db.models.functions.text.Length("country"), 2),
                        ),
                        name="support_line_has_a_country",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["emergency", "crisis", "abuse", "child", "advice"])),
                        name="support_line_has_a_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True), models.Q(("name", ""), _negated=True)
                        ),
                        name="support_line_can_be_called",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("checked_by", None), ("checked_on__isnull", False), _connector="OR"),
                        name="support_line_checked_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="moderation.supportline"
                    ),
                ),
                (
                    "moderator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="WatchedTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "term",
                    models.CharField(
                        help_text="Whole words, capital or not. word* is every word that begins so; (one|two|three*) is one of several. For links: the name of a site, such as pills.example; what is below it counts too.",
                        max_length=200,
                        verbose_name="term",
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("hold", "Hold: a moderator reads it first"),
                            ("warn", "Warn: the author is told something; it does not wait for that"),
                            ("block_link", "Block links: what leads to this site waits, whoever wrote it"),
                        ],
                        max_length=10,
                        verbose_name="what happens",
                    ),
                ),
                (
                    "to_author",
                    models.CharField(
                        blank=True,
                        help_text="A sentence. A warning needs one; for the others there is a general one.",
                        max_length=300,
                        verbose_name="what the author is told",
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Why it is watched.", max_length=300, verbose_name="note for moderators"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "added_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "watched term",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("term"),
                        name="watched_term_once",
                        violation_error_message="This term is watched already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "warn"), _negated=True),
                            models.Q(("to_author", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="watched_warning_says_something",
                        violation_error_message="Please write what the author is told: a warning does nothing else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term", ""), _negated=True), name="watched_term_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="words",
                        to="moderation.decision",
                    ),
                ),
                ("to_author", models.TextField()),
                ("written_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_author", ""), _negated=True), name="words_say_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "decision",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="appeal",
                        to="moderation.decision",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appeals", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=3000)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "outcome",
                    models.OneToOneField(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="outcome_of",
                        to="moderation.decision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outcome", None)), fields=["made_at", "id"], name="appeal_waiting"
                    ),
                    models.Index(fields=["made_at"], name="appeal_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), ("outcome__isnull", False), _connector="OR"
                        ),
                        name="appeal_that_waits_says_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistressRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "added",
                    models.TextField(
                        blank=True,
                        help_text="One a line: a kind, a colon and a phrase, such as “self_harm: want* to sleep for ever”. The kinds are self_harm, abuse, child, harm_to_others and emergency; in what follows “idiom:” nothing is looked for.",
                        max_length=20000,
                        verbose_name="Rules of this site",
                    ),
                ),
                (
                    "switched_off",
                    models.TextField(
                        blank=True,
                        help_text="One a line, copied from the list of what was found in a text.",
                        max_length=50000,
                        verbose_name="Rules switched off",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="Why")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="By",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="When")),
            ],
            options={
                "verbose_name": "version of the rules of distress",
                "verbose_name_plural": "rules of distress",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="distress_rules_say_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moderator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duty_hours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField()),
                ("begins", models.TimeField()),
                ("ends", models.TimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("moderator", "weekday"), name="duty_is_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="duty_is_on_a_day_of_the_week"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("begins", models.F("ends")), _negated=True), name="duty_takes_some_time"
                    ),
                ],
            },
        ),
        migrations.RunPython(lines.write, migrations.RunPython.noop),
        migrations.RunPython(replies.add, replies.take_away),
    ]
