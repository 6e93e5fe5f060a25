"""Who decided what, for ever; and what was said with it, for 180 days."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.models import Answer, Comment, Question
from forum.models.targets import key_of
from moderation import house
from moderation.models.items import ReviewItem

# As the constraints below name them; see Decision.AGAINST and Decision.UNDOING.
AGAINST = ["rejected", "hidden", "warned", "silenced", "suspended"]
UNDOING = ["restored", "undone"]


class DecisionQuerySet(models.QuerySet["Decision"]):
    def about_posts_of(self, author: User) -> list[Self]:
        """By kind of post; also of those without a name."""
        return [
            self.filter(target_kind=posts.kind, target_id__in=posts.objects.filter(author=author).values("pk"))
            for posts in (Question, Answer, Comment)
        ]

    def about(self, thing: Any) -> Self:
        return self.filter(target_kind=key_of(thing), target_id=thing.pk)

    def against(self) -> Self:
        return self.filter(code__in=Decision.AGAINST)

    def standing(self) -> Self:
        """Without those that were overturned on appeal, taken back, or ended by showing the post again."""
        return self.exclude(appeal__outcome__code=Decision.Code.OVERTURNED).filter(undoing=None)


class Decision(models.Model):
    """The log: who decided what on which version, for ever. No text, no names; rows are never changed or deleted.

    The database refuses both: see moderation/triggers.py.
    """

    class Code(models.TextChoices):
        APPROVED = "approved", _("Approved")
        EDITED = "edited", _("Edited and approved")
        RETURNED = "returned", _("Sent back for changes")
        REJECTED = "rejected", _("Rejected with a reason")
        HIDDEN = "hidden", _("Hidden")
        KEPT = "kept", _("Looked at; it stays")
        RESTORED = "restored", _("Shown again")
        # About a whole thread
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Opened again")
        LOCKED = "locked", _("Locked")
        UNLOCKED = "unlocked", _("Unlocked")
        MOVED = "moved", _("Moved to another topic")
        MERGED = "merged", _("Joined with another question")
        PINNED = "pinned", _("Pinned to the top of its topic")
        UNPINNED = "unpinned", _("No longer pinned")
        TAGGED = "tagged", _("Given other tags")
        # About what a post said before
        REDACTED = "redacted", _("An earlier text removed for good")
        # About whoever wrote something without their name; why, see Reveal
        REVEALED = "revealed", _("Looked up who wrote it")
        # About a member
        WARNED = "warned", _("Warned")
        SILENCED = "silenced", _("Posting paused")
        SUSPENDED = "suspended", _("Account suspended")
        LIFTED = "lifted", _("Ended early")
        # On an appeal against one of these
        OVERTURNED = "overturned", _("Overturned on appeal")
        CONFIRMED = "confirmed", _("Looked at again on appeal; it stays")
        # About a letter to whoever wrote something, or of a member who asks
        WROTE = "wrote", _("Written to its author")
        ENDED = "ended", _("A letter closed")
        # On any of the first six; see also `undoes`
        UNDONE = "undone", _("Taken back")

    # Which decide about no text that waits or is shown.
    OF_THREADS = (
        Code.CLOSED,
        Code.REOPENED,
        Code.LOCKED,
        Code.UNLOCKED,
        Code.MOVED,
        Code.MERGED,
        Code.PINNED,
        Code.UNPINNED,
        Code.TAGGED,
        Code.REDACTED,
        Code.REVEALED,
    )
    OF_MEMBERS = (Code.WARNED, Code.SILENCED, Code.SUSPENDED, Code.LIFTED)
    ON_APPEAL = (Code.OVERTURNED, Code.CONFIRMED)
    OF_LETTERS = (Code.WROTE, Code.ENDED)
    # About a post, and neither about a text of it nor against it.
    BESIDE_TEXTS = (*OF_THREADS, *OF_LETTERS)
    # By which a text was taken from view or never came to it, or somebody was kept from writing one: each names its
    # rule, and whoever it is against may appeal.
    AGAINST = (Code.REJECTED, Code.HIDDEN, Code.WARNED, Code.SILENCED, Code.SUSPENDED)
    # Which a moderator may take back.
    OF_TEXTS = (Code.APPROVED, Code.EDITED, Code.RETURNED, Code.REJECTED, Code.HIDDEN, Code.KEPT)
    # By which another ends, from the beginning: nothing counts against anybody any more.
    UNDOING = (Code.UNDONE, Code.RESTORED)
    # Which whom they concern is told the reasons of.
    STATED = (Code.EDITED, Code.RETURNED, *AGAINST)

    item = models.ForeignKey(ReviewItem, on_delete=models.DO_NOTHING, db_constraint=False, related_name="decisions")
    moderator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    code = models.CharField(max_length=10, choices=Code)
    rule = models.CharField(max_length=20, blank=True)
    item_version = models.PositiveIntegerField()
    target_kind = models.CharField(max_length=10)
    target_id = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    undoes = models.OneToOneField(
        "self", on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="undoing"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            # Of many decisions on one version exactly one is written.
            models.UniqueConstraint(fields=["item", "item_version"], name="one_decision_per_version_of_an_item"),
            models.CheckConstraint(
                condition=(Q(code__in=AGAINST) & ~Q(rule="")) | (~Q(code__in=AGAINST) & Q(rule="")),
                name="decision_against_names_its_rule",
            ),
            models.CheckConstraint(
                condition=Q(code__in=UNDOING, undoes__isnull=False) | (~Q(code__in=UNDOING) & Q(undoes=None)),
                name="decision_undone_says_which",
            ),
        ]
        indexes = [
            models.Index(fields=["target_kind", "target_id", "-id"], name="decision_by_target"),
            # How long things waited in the last 28 days.
            models.Index(fields=["-made_at"], name="decision_newest"),
            # How much one moderator has decided lately.
            models.Index(fields=["moderator", "-made_at"], name="decision_by_moderator"),
            # The log, narrowed down to what is rare in it.
            models.Index(fields=["code", "-made_at"], name="decision_by_code"),
            models.Index(fields=["rule", "-made_at"], name="decision_by_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.target_kind} {self.target_id}"

    @property
    def house_rule(self) -> house.Rule | None:
        return house.REASONS.get(self.rule)

    @property
    def why_revealed(self) -> str:
        """The reason of a reveal; empty of any other decision. Read from what was fetched with it."""
        return str(self.reveal.reason) if hasattr(self, "reveal") else ""

    @property
    def about_what(self) -> str:
        """Its kind and number, in words: of itself the log knows no more."""
        names = {"question": _("Question"), "answer": _("Answer"), "comment": _("Comment"), "member": _("Member")}
        return f"{names[self.target_kind]} {self.target_id}"

    @property
    def thing(self) -> Any:
        """What it was about; None once that is no more."""
        kinds = {"question": Question, "answer": Answer, "comment": Comment, "member": User}
        return kinds[self.target_kind]._default_manager.filter(pk=self.target_id).first()


class Words(models.Model):
    """What a decision said to the author; kept apart from the log, for 180 days."""

    decision = models.OneToOneField(Decision, on_delete=models.DO_NOTHING, db_constraint=False, related_name="words")
    to_author = models.TextField()
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to_author=""), name="words_say_something")]

    def __str__(self) -> str:
        return f"words on {self.decision_id}"
