"""Questions, answers and comments. Rows are never deleted: a removed post stays as a tombstone."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markdownx.models import MarkdownxField

from accounts.models import Credential, User
from articles.models import Article
from core import markdown


@dataclass(frozen=True)
class Byline:
    """Who a post is by, as everybody may know it."""

    name: str
    url: str = ""
    initial: str = ""
    detail: str = ""
    is_anonymous: bool = False


class PostQuerySet(models.QuerySet[Any]):
    def shown_to(self, user: User | AnonymousUser) -> Self:
        """For lists, counts and feeds: exactly what is public, or exactly what members see."""
        return self.filter(shown_to_members=True) if user.is_authenticated else self.filter(shown_to_all=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """For fetching one post: what is shown to them, their own, and, for moderators, everything."""
        if not user.is_authenticated:
            return self.filter(shown_to_all=True)
        if user.is_moderator:
            return self.all()
        return self.filter(Q(shown_to_members=True) | self.own(user))

    def own(self, user: User) -> Q:
        return Q(author=user)


class ReplyQuerySet(PostQuerySet):
    def own(self, user: User) -> Q:
        """Under a question that was taken down there is nothing to do, and its title is nobody's business any more."""
        return Q(author=user) & (Q(question__shown_to_members=True) | Q(question__author=user))


class Post(models.Model):
    """What questions, answers and comments have in common."""

    class Status(models.TextChoices):
        PENDING = "pending", gettext_lazy("Waiting for a moderator")
        RETURNED = "returned", gettext_lazy("Back with its author")
        PUBLISHED = "published", gettext_lazy("Published")
        HIDDEN = "hidden", gettext_lazy("Hidden by the moderators")
        REMOVED = "removed", gettext_lazy("Removed")

    class Remover(models.TextChoices):
        NOBODY = "", gettext_lazy("Not removed")
        AUTHOR = "author", gettext_lazy("Its author")
        MODERATORS = "moderators", gettext_lazy("The moderators")

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="%(class)ss"
    )
    # Empty, or the number of an anonymous member in this thread; the asker's is 1.
    alias = models.PositiveSmallIntegerField(null=True, blank=True)
    body = MarkdownxField(blank=True)
    body_html = models.TextField(blank=True)
    rendered_with = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status, default=Status.PENDING)
    removed_by = models.CharField(max_length=10, choices=Remover, default=Remover.NOBODY, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    submission_key = models.UUIDField(default=uuid.uuid4)
    # Derived from its own status and everything above it by forum.actions.visibility.reveal(), nowhere else.
    shown_to_members = models.BooleanField(default=False)
    shown_to_all = models.BooleanField(default=False)

    objects = PostQuerySet.as_manager()

    kind: str
    question: Any
    question_id: Any
    # The level of the highest heading in its body: it follows from the headings of the page around it.
    top_heading: int | None = 3

    class Meta:
        abstract = True

    @classmethod
    def shared_constraints(cls, name: str) -> list[models.BaseConstraint]:
        return [
            models.UniqueConstraint(fields=["author", "submission_key"], name=f"{name}_is_submitted_once"),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name=f"{name}_published_has_a_date"
            ),
            models.CheckConstraint(
                condition=Q(shown_to_members=False) | Q(status="published"), name=f"{name}_shown_is_published"
            ),
            models.CheckConstraint(
                condition=Q(shown_to_all=False) | Q(shown_to_members=True), name=f"{name}_shown_to_all_is_to_members"
            ),
            models.CheckConstraint(
                condition=~Q(status="removed") | ~Q(removed_by=""), name=f"{name}_removed_says_by_whom"
            ),
            models.CheckConstraint(condition=Q(alias=None) | Q(alias__gt=0), name=f"{name}_alias_counts_from_one"),
        ]

    @property
    def byline(self) -> Byline:
        if self.alias is not None:
            name = (
                _("Anonymous asker") if self.alias == 1 else _("Anonymous member %(number)s") % {"number": self.alias}
            )
            return Byline(name, initial="?", is_anonymous=True)
        if self.author is None:
            return Byline(_("A former member"), initial="–", is_anonymous=True)
        return Byline(self.author.name, self.author.get_absolute_url(), self.author.name[:1].upper())

    HELD = (Status.PENDING, Status.RETURNED)

    @property
    def is_held(self) -> bool:
        return self.status in self.HELD

    def render(self) -> None:
        """Make what is shown of the body. Not saved."""
        self.body_html = markdown.render(self.body, top=self.top_heading)
        self.rendered_with = markdown.RENDERER_VERSION


class QuestionQuerySet(PostQuerySet):
    def for_list(self) -> Self:
        return self.select_related("topic").defer("body", "body_html")

    def for_page(self) -> Self:
        """With the title and slug of the article it was asked from; the title is empty where readers cannot open it."""
        is_open = Q(article__state=Article.State.PUBLISHED)
        title = Case(When(is_open, then="article__live__title"), default=Value(""), output_field=CharField())
        return self.select_related("topic__parent", "author").annotate(
            asked_from_title=title, asked_from_slug=F("article__slug")
        )

    def unanswered(self) -> Self:
        return self.filter(answers_count=0)


class Question(Post):
    """What somebody asked, with the counters of what everybody may see under it."""

    class Audience(models.TextChoices):
        PUBLIC = "public", gettext_lazy("Anyone, also on search engines")
        UNLISTED = "unlisted", gettext_lazy("Anyone here; we ask search engines not to list it")
        MEMBERS = "members", gettext_lazy("Only people signed in (anyone can join)")

    title = models.CharField(max_length=150)
    slug = models.CharField(max_length=63, default="question")
    topic = models.ForeignKey("articles.Topic", on_delete=models.PROTECT, related_name="questions")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    active_at = models.DateTimeField(default=timezone.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    answers_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    clinician_replied = models.BooleanField(default=False)

    objects = QuestionQuerySet.as_manager()
    kind = "question"
    top_heading = 2

    class Meta:
        constraints = [
            *Post.shared_constraints("question"),
            models.CheckConstraint(
                condition=Q(shown_to_all=False) | ~Q(audience="members"), name="question_for_members_is_not_for_all"
            ),
        ]
        indexes = [
            # The lists of forum.views.lists, for members and for everybody, and per topic.
            *(
                index
                for audience in ("members", "all")
                for shown in [Q(**{f"shown_to_{audience}": True})]
                for index in (
                    models.Index(F("active_at").desc(), F("id").desc(), condition=shown, name=f"q_active_{audience}"),
                    models.Index(F("published_at").desc(), F("id").desc(), condition=shown, name=f"q_new_{audience}"),
                    models.Index(
                        F("published_at").desc(),
                        F("id").desc(),
                        condition=shown & Q(answers_count=0),
                        name=f"q_unanswered_{audience}",
                    ),
                    models.Index(
                        "topic",
                        F("active_at").desc(),
                        F("id").desc(),
                        condition=shown,
                        name=f"q_topic_active_{audience}",
                    ),
                    models.Index(
                        "topic",
                        F("published_at").desc(),
                        F("id").desc(),
                        condition=shown,
                        name=f"q_topic_new_{audience}",
                    ),
                    models.Index(
                        "topic",
                        F("published_at").desc(),
                        F("id").desc(),
                        condition=shown & Q(answers_count=0),
                        name=f"q_topic_unansw_{audience}",
                    ),
                    # A member's page: what they asked under their name.
                    models.Index(
                        "author",
                        F("published_at").desc(),
                        F("id").desc(),
                        condition=shown & Q(alias=None),
                        name=f"q_by_{audience}",
                    ),
                )
            ),
            # "My questions", in whatever state.
            models.Index("author", F("created_at").desc(), F("id").desc(), name="q_mine"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:question", args=[self.pk, self.slug])

    @property
    def question(self) -> Question:
        return self

    @property
    def question_id(self) -> int:
        return self.pk


class AnswerQuerySet(ReplyQuerySet):
    def for_page(self) -> Self:
        return self.select_related("author", "credential", "question")

    def ranked(self) -> Self:
        """What helped the asker first, then what helped most; older first, and kind words after all answers."""
        return self.order_by("-rank", "id")


class Answer(Post):
    """A reply to a question, with what it stands on."""

    class Basis(models.TextChoices):
        OWN = "own", gettext_lazy("My experience")
        CARER = "carer", gettext_lazy("Experience of someone I care for")
        SOURCE = "source", gettext_lazy("Information with a source")
        CLINICIAN = "clinician", gettext_lazy("As a verified clinician")
        SUPPORT = "support", gettext_lazy("Just support")

    # The rank of an answer is this, and the helpful count, and more when the asker marked it, so that one integer is
    # the order. Kind words have none.
    LEAST_RANK = 1
    HELPED_RANK = 1_000_000_000

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    basis = models.CharField(max_length=10, choices=Basis)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    # The credential's line as it was when this was written.
    credential_line = models.CharField(max_length=120, blank=True)
    helped_at = models.DateTimeField(null=True, blank=True)
    helpful_count = models.PositiveIntegerField(default=0)
    rank = models.PositiveBigIntegerField(default=LEAST_RANK)

    objects = AnswerQuerySet.as_manager()
    kind = "answer"

    class Meta:
        constraints = [
            *Post.shared_constraints("answer"),
            models.CheckConstraint(
                condition=~Q(basis="clinician") | (Q(credential__isnull=False) & Q(alias=None)),
                name="answer_as_clinician_is_verified_and_named",
            ),
            models.CheckConstraint(
                condition=Q(basis="support", rank=0) | (~Q(basis="support") & Q(rank__gt=0)),
                name="answer_has_a_rank_unless_it_is_kind_words",
            ),
        ]
        indexes = [
            # What a member has waiting in a thread, and whether they are there under a number.
            models.Index(fields=["author", "question"], name="a_of_member_in_thread"),
            models.Index("question", F("rank").desc(), "id", condition=Q(shown_to_members=True), name="a_page_members"),
            models.Index("question", F("rank").desc(), "id", condition=Q(shown_to_all=True), name="a_page_all"),
            *(
                models.Index(
                    "author",
                    F("published_at").desc(),
                    F("id").desc(),
                    condition=Q(**{f"shown_to_{audience}": True}) & Q(alias=None),
                    name=f"a_by_{audience}",
                )
                for audience in ("members", "all")
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"

    def get_absolute_url(self) -> str:
        """Leads to the page of the thread that the answer is on."""
        return f"{self.question.get_absolute_url()}?at={self.pk}#answer-{self.pk}"

    @property
    def counts(self) -> bool:
        """Whether it counts as an answer: kind words alone do not."""
        return self.basis != self.Basis.SUPPORT

    @property
    def is_by_clinician(self) -> bool:
        """Whether it is shown as a clinician's; not once the credential was withdrawn."""
        return self.credential is not None and self.credential.withdrawn_at is None

    @property
    def byline(self) -> Byline:
        return replace(super().byline, detail=self.credential_line if self.is_by_clinician else "")


class CommentQuerySet(ReplyQuerySet):
    def for_page(self) -> Self:
        return self.select_related("author", "question", "answer")


class Comment(Post):
    """A short remark under a question or under one of its answers."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")

    objects = CommentQuerySet.as_manager()
    kind = "comment"
    # It stands under posts with headings of any level, so it has none.
    top_heading = None

    class Meta:
        constraints = Post.shared_constraints("comment")
        indexes = [
            # Under a question, those of the question itself first.
            models.Index("question", "answer", "id", condition=Q(shown_to_members=True), name="c_page_members"),
            models.Index("question", "answer", "id", condition=Q(shown_to_all=True), name="c_page_all"),
            models.Index(fields=["author", "question"], name="c_of_member_in_thread"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        page = f"?at={self.answer_id}" if self.answer_id else ""
        return f"{self.question.get_absolute_url()}{page}#comment-{self.pk}"
