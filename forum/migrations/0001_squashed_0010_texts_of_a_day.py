"""What a new site begins with: the migrations up to 0010_texts_of_a_day in one."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import markdownx.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("forum", "0001_initial"),
        ("forum", "0002_places_in_a_thread"),
        ("forum", "0003_tags_follows_and_closing"),
        ("forum", "0004_finding_tags_of_a_text"),
        ("forum", "0005_finding_follows"),
        ("forum", "0006_telling_followers"),
        ("forum", "0007_public_history"),
        ("forum", "0008_finding_what_was_taken_down"),
        ("forum", "0009_collapsed_answers"),
        ("forum", "0010_texts_of_a_day"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0007_senior_moderators"),
        ("accounts", "__first__"),
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40)),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("description", models.CharField(blank=True, max_length=300)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("alias", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("body", markdownx.models.MarkdownxField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("rendered_with", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a moderator"),
                            ("returned", "Back with its author"),
                            ("published", "Published"),
                            ("hidden", "Hidden by the moderators"),
                            ("removed", "Removed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                (
                    "removed_by",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not removed"), ("author", "Its author"), ("moderators", "The moderators")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("submission_key", models.UUIDField(default=uuid.uuid4)),
                ("shown_to_members", models.BooleanField(default=False)),
                ("shown_to_all", models.BooleanField(default=False)),
                ("title", models.CharField(max_length=150)),
                ("slug", models.CharField(default="question", max_length=63)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="articles.topic"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="questions",
                        to="articles.article",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Anyone, also on search engines"),
                            ("unlisted", "Anyone here; we ask search engines not to list it"),
                            ("members", "Only people signed in (anyone can join)"),
                        ],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("active_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("solved_at", models.DateTimeField(blank=True, null=True)),
                ("answers_count", models.PositiveIntegerField(default=0)),
                ("helped_count", models.PositiveIntegerField(default=0)),
                ("same_count", models.PositiveIntegerField(default=0)),
                ("clinician_replied", models.BooleanField(default=False)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "close_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Open"),
                            ("duplicate", "It has been asked before"),
                            ("article", "An article answers it"),
                            ("settled", "The person who asked needs no more answers"),
                            ("off_topic", "It is not about health"),
                            ("needs_care", "It needs somebody who can examine the person"),
                            ("heated", "The thread has become heated"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="forum.question",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settled_questions",
                        to="articles.article",
                    ),
                ),
                ("locked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="forum.question",
                    ),
                ),
                ("pinned_until", models.DateTimeField(blank=True, null=True)),
                ("ask_later_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="q_active_members",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="q_new_members",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("answers_count", 0)),
                        name="q_unanswered_members",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="q_topic_active_members",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="q_topic_new_members",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("answers_count", 0)),
                        name="q_topic_unansw_members",
                    ),
                    models.Index(
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("clinician_replied", True)),
                        name="q_clinician_members",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("clinician_replied", True)),
                        name="q_topic_clin_members",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("alias", None)),
                        name="q_by_members",
                    ),
                    models.Index(
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="q_active_all",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="q_new_all",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("answers_count", 0)),
                        name="q_unanswered_all",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="q_topic_active_all",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="q_topic_new_all",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("answers_count", 0)),
                        name="q_topic_unansw_all",
                    ),
                    models.Index(
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("clinician_replied", True)),
                        name="q_clinician_all",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("clinician_replied", True)),
                        name="q_topic_clin_all",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("alias", None)),
                        name="q_by_all",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="q_mine",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.F("pinned_until"),
                        condition=models.Q(("pinned_until__isnull", False)),
                        name="q_pinned",
                    ),
                    models.Index(
                        models.F("ask_later_at"),
                        condition=models.Q(("ask_later_at__isnull", False)),
                        name="q_ask_later",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "submission_key"), name="question_is_submitted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="question_published_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_members", False), ("status", "published"), _connector="OR"),
                        name="question_shown_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_all", False), ("shown_to_members", True), _connector="OR"),
                        name="question_shown_to_all_is_to_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "removed"), _negated=True),
                            models.Q(("removed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="question_removed_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alias", None), ("alias__gt", 0), _connector="OR"),
                        name="question_alias_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("shown_to_all", False), models.Q(("audience", "members"), _negated=True), _connector="OR"
                        ),
                        name="question_for_members_is_not_for_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("close_reason", ""), ("closed_at", None)),
                            models.Q(("closed_at__isnull", False), models.Q(("close_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="question_closed_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("close_reason", "duplicate"), ("duplicate_of__isnull", False)),
                            models.Q(models.Q(("close_reason", "duplicate"), _negated=True), ("duplicate_of", None)),
                            _connector="OR",
                        ),
                        name="question_is_a_duplicate_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("close_reason", "article"), ("answered_by__isnull", False)),
                            models.Q(models.Q(("close_reason", "article"), _negated=True), ("answered_by", None)),
                            _connector="OR",
                        ),
                        name="question_answered_by_an_article_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("duplicate_of", models.F("pk")), _negated=True),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                        ),
                        name="question_leads_to_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", None), ("status", "removed"), _connector="OR"),
                        name="question_merged_is_removed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("alias", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("body", markdownx.models.MarkdownxField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("rendered_with", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a moderator"),
                            ("returned", "Back with its author"),
                            ("published", "Published"),
                            ("hidden", "Hidden by the moderators"),
                            ("removed", "Removed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                (
                    "removed_by",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not removed"), ("author", "Its author"), ("moderators", "The moderators")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("submission_key", models.UUIDField(default=uuid.uuid4)),
                ("shown_to_members", models.BooleanField(default=False)),
                ("shown_to_all", models.BooleanField(default=False)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="forum.question"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("own", "My experience"),
                            ("carer", "Experience of someone I care for"),
                            ("source", "Information with a source"),
                            ("clinician", "As a verified clinician"),
                            ("support", "Just support"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "credential",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="accounts.credential",
                    ),
                ),
                ("credential_line", models.CharField(blank=True, max_length=120)),
                ("helped_at", models.DateTimeField(blank=True, null=True)),
                ("helpful_count", models.PositiveIntegerField(default=0)),
                ("outdated_count", models.PositiveIntegerField(default=0)),
                ("collapsed_at", models.DateTimeField(blank=True, null=True)),
                ("rank", models.PositiveBigIntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["author", "question"], name="a_of_member_in_thread"),
                    models.Index(
                        condition=models.Q(("removed_at__isnull", False)),
                        fields=["author", "removed_at"],
                        name="a_taken_down",
                    ),
                    models.Index(
                        models.F("question"),
                        models.OrderBy(models.F("rank"), descending=True),
                        models.F("id"),
                        condition=models.Q(("shown_to_members", True)),
                        name="a_page_members",
                    ),
                    models.Index(
                        models.F("question"),
                        models.OrderBy(models.F("rank"), descending=True),
                        models.F("id"),
                        condition=models.Q(("shown_to_all", True)),
                        name="a_page_all",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_members", True), ("alias", None)),
                        name="a_by_members",
                    ),
                    models.Index(
                        models.F("author"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("shown_to_all", True), ("alias", None)),
                        name="a_by_all",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "submission_key"), name="answer_is_submitted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="answer_published_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_members", False), ("status", "published"), _connector="OR"),
                        name="answer_shown_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_all", False), ("shown_to_members", True), _connector="OR"),
                        name="answer_shown_to_all_is_to_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "removed"), _negated=True),
                            models.Q(("removed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answer_removed_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alias", None), ("alias__gt", 0), _connector="OR"),
                        name="answer_alias_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "clinician"), _negated=True),
                            models.Q(("credential__isnull", False), ("alias", None)),
                            _connector="OR",
                        ),
                        name="answer_as_clinician_is_verified_and_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "support"), ("rank", 0)),
                            models.Q(models.Q(("basis", "support"), _negated=True), ("rank__gt", 0)),
                            _connector="OR",
                        ),
                        name="answer_has_a_rank_unless_it_is_kind_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("alias", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("body", markdownx.models.MarkdownxField(blank=True)),
                ("body_html", models.TextField(blank=True)),
                ("rendered_with", models.PositiveSmallIntegerField(default=0)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a moderator"),
                            ("returned", "Back with its author"),
                            ("published", "Published"),
                            ("hidden", "Hidden by the moderators"),
                            ("removed", "Removed"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                (
                    "removed_by",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not removed"), ("author", "Its author"), ("moderators", "The moderators")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("submission_key", models.UUIDField(default=uuid.uuid4)),
                ("shown_to_members", models.BooleanField(default=False)),
                ("shown_to_all", models.BooleanField(default=False)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="forum.question"
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="forum.answer",
                    ),
                ),
                ("is_outcome", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("question"),
                        models.F("answer"),
                        models.F("id"),
                        condition=models.Q(("shown_to_members", True)),
                        name="c_page_members",
                    ),
                    models.Index(
                        models.F("question"),
                        models.F("answer"),
                        models.F("id"),
                        condition=models.Q(("shown_to_all", True)),
                        name="c_page_all",
                    ),
                    models.Index(fields=["author", "question"], name="c_of_member_in_thread"),
                    models.Index(
                        condition=models.Q(("removed_at__isnull", False)),
                        fields=["author", "removed_at"],
                        name="c_taken_down",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "submission_key"), name="comment_is_submitted_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="comment_published_has_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_members", False), ("status", "published"), _connector="OR"),
                        name="comment_shown_is_published",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_all", False), ("shown_to_members", True), _connector="OR"),
                        name="comment_shown_to_all_is_to_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "removed"), _negated=True),
                            models.Q(("removed_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="comment_removed_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("alias", None), ("alias__gt", 0), _connector="OR"),
                        name="comment_alias_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_outcome", False), ("answer", None), _connector="OR"),
                        name="comment_on_how_it_went_is_on_the_question",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_outcome", True), models.Q(("status", "removed"), _negated=True)),
                        fields=("question",),
                        name="how_it_went_is_told_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SameQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="same_marks", to="forum.question"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="same_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "member"), name="same_question_once_per_member")
                ],
            },
        ),
        migrations.CreateModel(
            name="Saved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved_by", to="forum.question"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saved", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="saved_newest",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("member", "question"), name="saved_once_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Follow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="follows", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="forum.question",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="articles.topic",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="forum.tag",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follows",
                        to="articles.article",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("member"),
                        models.OrderBy(models.F("created_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="follow_newest",
                    ),
                    models.Index(
                        models.F("question"),
                        models.F("member"),
                        condition=models.Q(("question__isnull", False)),
                        name="follow_of_question",
                    ),
                    models.Index(
                        models.F("topic"),
                        models.F("member"),
                        condition=models.Q(("topic__isnull", False)),
                        name="follow_of_topic",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.F("member"),
                        condition=models.Q(("tag__isnull", False)),
                        name="follow_of_tag",
                    ),
                    models.Index(
                        models.F("article"),
                        models.F("member"),
                        condition=models.Q(("article__isnull", False)),
                        name="follow_of_article",
                    ),
                    models.Index(
                        models.F("person"),
                        models.F("member"),
                        condition=models.Q(("person__isnull", False)),
                        name="follow_of_person",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("article__isnull", True),
                                ("person__isnull", True),
                                ("question__isnull", False),
                                ("tag__isnull", True),
                                ("topic__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("person__isnull", True),
                                ("question__isnull", True),
                                ("tag__isnull", True),
                                ("topic__isnull", False),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("person__isnull", True),
                                ("question__isnull", True),
                                ("tag__isnull", False),
                                ("topic__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", False),
                                ("person__isnull", True),
                                ("question__isnull", True),
                                ("tag__isnull", True),
                                ("topic__isnull", True),
                            ),
                            models.Q(
                                ("article__isnull", True),
                                ("person__isnull", False),
                                ("question__isnull", True),
                                ("tag__isnull", True),
                                ("topic__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="follow_is_of_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person", None), models.Q(("person", models.F("member")), _negated=True), _connector="OR"
                        ),
                        name="follow_is_of_others",
                    ),
                    models.UniqueConstraint(fields=("member", "question"), name="follow_question_once"),
                    models.UniqueConstraint(fields=("member", "topic"), name="follow_topic_once"),
                    models.UniqueConstraint(fields=("member", "tag"), name="follow_tag_once"),
                    models.UniqueConstraint(fields=("member", "article"), name="follow_article_once"),
                    models.UniqueConstraint(fields=("member", "person"), name="follow_person_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagging",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taggings", to="forum.tag"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="taggings", to="forum.question"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.topic"
                    ),
                ),
                ("active_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("is_answered", models.BooleanField(default=False)),
                ("clinician_replied", models.BooleanField(default=False)),
                ("shown_to_members", models.BooleanField(default=False)),
                ("shown_to_all", models.BooleanField(default=False)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="tagged_active_members",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("shown_to_members", True)),
                        name="tagged_new_members",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("is_answered", False), ("shown_to_members", True)),
                        name="tagged_unanswered_members",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("clinician_replied", True), ("shown_to_members", True)),
                        name="tagged_clinician_members",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="tagged_active_all",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("shown_to_all", True)),
                        name="tagged_new_all",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("published_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("is_answered", False), ("shown_to_all", True)),
                        name="tagged_unanswered_all",
                    ),
                    models.Index(
                        models.F("tag"),
                        models.OrderBy(models.F("active_at"), descending=True),
                        models.OrderBy(models.F("question_id"), descending=True),
                        condition=models.Q(("clinician_replied", True), ("shown_to_all", True)),
                        name="tagged_clinician_all",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("question", "tag"), name="tag_is_on_a_question_once"),
                    models.CheckConstraint(
                        condition=models.Q(("shown_to_all", False), ("shown_to_members", True), _connector="OR"),
                        name="tagging_shown_to_all_is_to_members",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TagSynonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=40)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="synonyms", to="forum.tag"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Telling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="telling",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="telling",
                        to="forum.answer",
                    ),
                ),
                ("told_up_to", models.BigIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["next_at"], name="telling_next")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("question__isnull", True)),
                            _connector="OR",
                        ),
                        name="telling_is_of_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="forum.question"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "question"), name="visit_is_one_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Helpful",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="helpful_marks", to="forum.answer"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="helpful_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("answer", "member"), name="helpful_once_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Outdated",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="outdated_marks", to="forum.answer"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outdated_marks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("answer", "member"), name="outdated_once_per_member")],
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edits",
                        to="forum.question",
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="edits", to="forum.answer"
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="edits", to="forum.comment"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("live", "Shown"),
                            ("held", "Waiting for a moderator"),
                            ("returned", "Back with its author"),
                            ("superseded", "Replaced by a newer text"),
                            ("redacted", "Taken out for ever"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=150)),
                ("body", models.TextField(blank=True)),
                ("tags", models.CharField(blank=True, max_length=220)),
                (
                    "editor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("by_moderator", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("listed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        models.F("question"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("listed_at__isnull", False)),
                        name="edit_of_question",
                    ),
                    models.Index(
                        models.F("answer"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("listed_at__isnull", False)),
                        name="edit_of_answer",
                    ),
                    models.Index(
                        models.F("comment"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        condition=models.Q(("listed_at__isnull", False)),
                        name="edit_of_comment",
                    ),
                    models.Index(fields=["created_at"], name="edit_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__isnull", True), ("comment__isnull", True), ("question__isnull", False)),
                            models.Q(("answer__isnull", False), ("comment__isnull", True), ("question__isnull", True)),
                            models.Q(("answer__isnull", True), ("comment__isnull", False), ("question__isnull", True)),
                            _connector="OR",
                        ),
                        name="edit_is_of_exactly_one_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "redacted"), _negated=True),
                            models.Q(("body", ""), ("reason", ""), ("title", "")),
                            _connector="OR",
                        ),
                        name="edit_redacted_has_no_text",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("question",),
                        name="edit_of_question_is_live_at_most_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("question",),
                        name="edit_of_question_is_held_at_most_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("answer",),
                        name="edit_of_answer_is_live_at_most_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("answer",),
                        name="edit_of_answer_is_held_at_most_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "live")),
                        fields=("comment",),
                        name="edit_of_comment_is_live_at_most_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "held")),
                        fields=("comment",),
                        name="edit_of_comment_is_held_at_most_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["held", "returned"]), _negated=True),
                            ("listed_at", None),
                            _connector="OR",
                        ),
                        name="edit_listed_was_public",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="question",
            name="tags",
            field=models.ManyToManyField(related_name="questions", through="forum.Tagging", to="forum.tag"),
        ),
    ]
