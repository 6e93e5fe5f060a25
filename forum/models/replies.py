"""Answers and comments."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from accounts.models import Credential, User
from forum.models.posts import Byline, Post, PostQuerySet
from forum.models.questions import Question


class ReplyQuerySet(PostQuerySet):
    def own(self, user: User) -> Q:
        """Under a question that was taken down there is nothing to do, and its title is nobody's business any more."""
        return Q(author=user) & (Q(question__shown_to_members=True) | Q(question__author=user))


class AnswerQuerySet(ReplyQuerySet):
    def for_page(self) -> Self:
        return self.select_related("author", "credential", "question")

    def in_full(self) -> Self:
        """What may be quoted, listed and sent: not what is collapsed until a moderator has read what was reported."""
        return self.filter(collapsed_at=None)

    def with_doubts(self) -> Self:
        """With whose word alone is enough to say that it is out of date; for `doubted_by`."""
        doubters = User.objects.filter(outdated_marks__answer=OuterRef("pk"))
        return self.annotate(
            a_moderator_doubts=Exists(doubters.filter(is_moderator=True)),
            a_clinician_doubts=Exists(doubters.filter(is_clinician=True)),
        )

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
    # So many members who say that an answer is out of date, and readers are told.
    SEVERAL = 3

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    basis = models.CharField(max_length=10, choices=Basis)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    # The credential's line as it was when this was written.
    credential_line = models.CharField(max_length=120, blank=True)
    helped_at = models.DateTimeField(null=True, blank=True)
    helpful_count = models.PositiveIntegerField(default=0)
    outdated_count = models.PositiveIntegerField(default=0)
    # Since when it is collapsed, as somebody reported it as dangerous and no moderator has read that yet.
    collapsed_at = models.DateTimeField(null=True, blank=True)
    rank = models.PositiveBigIntegerField(default=LEAST_RANK)

    objects = AnswerQuerySet.as_manager()
    kind = "answer"
    a_moderator_doubts: bool
    a_clinician_doubts: bool

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
            Post.index_of_taken_down("a_taken_down"),
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
    def doubted_by(self) -> str:
        """Who says that it is out of date, if readers are told: "moderators", "clinician" or "members". Needs
        `with_doubts`."""
        if not self.outdated_count:
            return ""
        if self.a_moderator_doubts:
            return "moderators"
        if self.a_clinician_doubts:
            return "clinician"
        return "members" if self.outdated_count >= self.SEVERAL else ""

    @property
    def is_by_clinician(self) -> bool:
        """Whether it is shown as a clinician's; not once the credential was withdrawn."""
        return self.credential is not None and self.credential.withdrawn_at is None

    @property
    def byline(self) -> Byline:
        return replace(super().byline, detail=self.credential_line if self.is_by_clinician else "")


class CommentQuerySet(ReplyQuerySet):
    def outcomes(self) -> Self:
        """What is told of how it went, in whatever state: one of a question at most."""
        return self.filter(is_outcome=True).exclude(status=Post.Status.REMOVED)

    def for_page(self) -> Self:
        return self.select_related("author", "question", "answer")


class Comment(Post):
    """A short remark under a question or under one of its answers."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="comments")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, blank=True, related_name="comments")
    # What the person who asked says about how it went; shown on top of the thread.
    is_outcome = models.BooleanField(default=False)

    objects = CommentQuerySet.as_manager()
    kind = "comment"
    # It stands under posts with headings of any level, so it has none.
    top_heading = None

    class Meta:
        constraints = [
            *Post.shared_constraints("comment"),
            models.CheckConstraint(
                condition=Q(is_outcome=False) | Q(answer=None), name="comment_on_how_it_went_is_on_the_question"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(is_outcome=True) & ~Q(status="removed"),
                name="how_it_went_is_told_once",
            ),
        ]
        indexes = [
            # Under a question, those of the question itself first.
            models.Index("question", "answer", "id", condition=Q(shown_to_members=True), name="c_page_members"),
            models.Index("question", "answer", "id", condition=Q(shown_to_all=True), name="c_page_all"),
            models.Index(fields=["author", "question"], name="c_of_member_in_thread"),
            Post.index_of_taken_down("c_taken_down"),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"

    def get_absolute_url(self) -> str:
        page = f"?at={self.answer_id}" if self.answer_id else ""
        return f"{self.question.get_absolute_url()}{page}#comment-{self.pk}"
