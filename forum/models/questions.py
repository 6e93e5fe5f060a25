"""What somebody asked."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, CharField, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from articles.models import Article
from forum.models.posts import Post, PostQuerySet


class QuestionQuerySet(PostQuerySet):
    def for_list(self, user: User | AnonymousUser | None = None) -> Self:
        """For a `user` who is a member with `seen_at`, when they last looked at it, and with `is_folded`."""
        found = self.select_related("topic").defer("body", "body_html").with_visit(user)
        return found if user is None else found.with_distance(user)

    def with_visit(self, user: User | AnonymousUser | None) -> Self:
        if user is None or not user.is_authenticated:
            return self
        mine = FilteredRelation("visits", condition=Q(visits__member=user))
        return self.annotate(visit=mine, seen_at=F("visit__seen_at"))

    def for_page(self) -> Self:
        """With the title and slug of the article it was asked from; the title is empty where readers cannot open it."""
        is_open = Q(article__state=Article.State.PUBLISHED)
        title = Case(When(is_open, then="article__live__title"), default=Value(""), output_field=CharField())
        return self.select_related("topic__parent", "author").annotate(
            asked_from_title=title, asked_from_slug=F("article__slug")
        )

    def with_target(self, user: User | AnonymousUser) -> Self:
        """With the title and slug of what settled it, where this person may open that; otherwise the title is empty."""
        of_question = Q(**{f"duplicate_of__shown_to_{'members' if user.is_authenticated else 'all'}": True})
        of_article = Q(answered_by__state=Article.State.PUBLISHED)
        nothing, text = Value(""), CharField()
        return self.annotate(
            duplicate_title=Case(When(of_question, then="duplicate_of__title"), default=nothing, output_field=text),
            duplicate_slug=F("duplicate_of__slug"),
            answered_by_title=Case(
                When(of_article, then="answered_by__live__title"), default=nothing, output_field=text
            ),
            answered_by_slug=F("answered_by__slug"),
        )

    def with_article(self) -> Self:
        """With title and slug of the newest article that readers have and that was written because of it."""
        published = Article.objects.published().filter(prompts__question=OuterRef("pk")).order_by("-prompts__pk")
        return self.annotate(
            written_title=Subquery(published.values("live__title")[:1]),
            written_slug=Subquery(published.values("slug")[:1]),
        )

    def with_origin(self) -> Self:
        """With the number of the article under which it is listed: the one that answers it, or the newest that was
        written because of it, while they have a page; else the one from which it was asked."""
        written = Article.objects.with_a_page().filter(prompts__question=OuterRef("pk")).order_by("-prompts__pk")
        answering = Article.objects.with_a_page().filter(pk=OuterRef("answered_by"))
        return self.annotate(
            origin_id=Coalesce(Subquery(answering.values("pk")), Subquery(written.values("pk")[:1]), "article")
        )

    def at(self, question_id: int) -> Self:
        """The question at that address: itself, or the one that it was merged into."""
        return self.filter(pk=Question.objects.filter(pk=question_id).values(pk_now=Coalesce("merged_into", "pk"))[:1])

    def for_search_engines(self) -> Self:
        return self.filter(shown_to_all=True, audience=Question.Audience.PUBLIC)

    def unanswered(self) -> Self:
        """Whoever wants to help finds nothing to do at one that is closed."""
        return self.filter(answers_count=0, closed_at=None)

    def with_clinician(self) -> Self:
        return self.filter(clinician_replied=True)


class Question(Post):
    """What somebody asked, with the counters of what everybody may see under it."""

    class Audience(models.TextChoices):
        PUBLIC = "public", gettext_lazy("Anyone, also on search engines")
        UNLISTED = "unlisted", gettext_lazy("Anyone here; we ask search engines not to list it")
        MEMBERS = "members", gettext_lazy("Only people signed in (anyone can join)")

    class CloseReason(models.TextChoices):
        OPEN = "", gettext_lazy("Open")
        DUPLICATE = "duplicate", gettext_lazy("It has been asked before")
        ARTICLE = "article", gettext_lazy("An article answers it")
        SETTLED = "settled", gettext_lazy("The person who asked needs no more answers")
        OFF_TOPIC = "off_topic", gettext_lazy("It is not about health")
        NEEDS_CARE = "needs_care", gettext_lazy("It needs somebody who can examine the person")
        HEATED = "heated", gettext_lazy("The thread has become heated")

    title = models.CharField(max_length=150)
    slug = models.CharField(max_length=63, default="question")
    topic = models.ForeignKey("articles.Topic", on_delete=models.PROTECT, related_name="questions")
    article = models.ForeignKey(
        "articles.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.PUBLIC)
    # Up to five, see forum.actions.tagging.
    tags = models.ManyToManyField("forum.Tag", through="forum.Tagging", related_name="questions")
    active_at = models.DateTimeField(default=timezone.now)
    solved_at = models.DateTimeField(null=True, blank=True)
    answers_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0)
    same_count = models.PositiveIntegerField(default=0)
    clinician_replied = models.BooleanField(default=False)

    # Closed: no more answers; what settles it is shown above. Locked: no more words of any kind.
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=10, choices=CloseReason, default=CloseReason.OPEN, blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
    answered_by = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="settled_questions"
    )
    locked_at = models.DateTimeField(null=True, blank=True)
    # Where its posts are now; its address leads there.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    # On top of the lists of its topic until then.
    pinned_until = models.DateTimeField(null=True, blank=True)
    # When the person who asked wants to be asked how it went; empty when never, or asked already.
    ask_later_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()
    kind = "question"
    top_heading = 2

    class Meta:
        constraints = [
            *Post.shared_constraints("question"),
            models.CheckConstraint(
                condition=Q(shown_to_all=False) | ~Q(audience="members"), name="question_for_members_is_not_for_all"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, close_reason="") | (Q(closed_at__isnull=False) & ~Q(close_reason="")),
                name="question_closed_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(close_reason="duplicate") & Q(duplicate_of__isnull=False))
                | (~Q(close_reason="duplicate") & Q(duplicate_of=None)),
                name="question_is_a_duplicate_of_another",
            ),
            models.CheckConstraint(
                condition=(Q(close_reason="article") & Q(answered_by__isnull=False))
                | (~Q(close_reason="article") & Q(answered_by=None)),
                name="question_answered_by_an_article_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(duplicate_of=F("pk")) & ~Q(merged_into=F("pk")), name="question_leads_to_another"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(status="removed"), name="question_merged_is_removed"
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
                    models.Index(
                        F("active_at").desc(),
                        F("id").desc(),
                        condition=shown & Q(clinician_replied=True),
                        name=f"q_clinician_{audience}",
                    ),
                    models.Index(
                        "topic",
                        F("active_at").desc(),
                        F("id").desc(),
                        condition=shown & Q(clinician_replied=True),
                        name=f"q_topic_clin_{audience}",
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
            # Few at a time: what is pinned in a topic, and whom to ask how it went.
            models.Index("topic", "pinned_until", condition=Q(pinned_until__isnull=False), name="q_pinned"),
            models.Index("ask_later_at", condition=Q(ask_later_at__isnull=False), name="q_ask_later"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:question", args=[self.pk, self.slug])

    @property
    def standing(self) -> str:
        """What was seen of it by somebody who then closes, moves or merges it: changes with each of these."""
        return f"{self.status} {self.close_reason} {self.closed_at} {self.locked_at} {self.topic_id}"

    @property
    def is_for_search_engines(self) -> bool:
        return self.shown_to_all and self.audience == self.Audience.PUBLIC

    @property
    def question(self) -> Question:
        return self

    @property
    def question_id(self) -> int:
        return self.pk
