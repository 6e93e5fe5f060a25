"""Who people are: users, former handles, credentials and what they agreed to."""

from __future__ import annotations

import secrets
import zoneinfo
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# No vowels, no look-alikes: a random handle spells no word and is read out without error.
HANDLE_LETTERS = "23456789bcdfghjkmnpqrstvwxz"


def new_handle() -> str:
    """A free neutral handle such as `member-7k3f2`, told from nothing that the person gave us."""
    length = 5
    while True:
        handle = "member-" + "".join(secrets.choice(HANDLE_LETTERS) for _ in range(length))
        if not User.objects.filter(handle=handle).exists() and not OldHandle.objects.filter(handle=handle).exists():
            return handle
        length += 1


def display(user: User) -> str:
    return user.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=email.strip().lower(), **({"handle": new_handle()} | fields))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        roles = {"is_staff": True, "is_superuser": True, "is_moderator": True, "is_editor": True}
        return self.create_user(email, password, **(roles | fields))

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").strip().lower())

    def formerly(self, handle: str) -> User | None:
        """Who had this handle until not longer than a year ago."""
        return self.filter(old_handles__handle=handle, old_handles__until__gt=timezone.now()).first()


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Upper rooms write the columns that lower ones must know: trust, sanctions, counts and roles."""

    class Trust(models.TextChoices):
        NEW = "new", _("New member")
        BASIC = "basic", _("Member")
        TRUSTED = "trusted", _("Trusted member")

    email = models.EmailField(_("e-mail address"))
    handle = models.CharField(
        max_length=30,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9-]{2,29}\Z", _("Use small letters, digits and hyphens."))],
    )
    display_name = models.CharField(max_length=50, blank=True)
    about = models.TextField(max_length=500, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    time_zone = models.CharField(max_length=50, default="UTC")

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    is_editor = models.BooleanField(default=False)
    is_senior_editor = models.BooleanField(default=False, db_default=False)
    is_reviewer = models.BooleanField(default=False)
    is_clinician = models.BooleanField(default=False)
    is_moderator = models.BooleanField(default=False)
    is_senior_moderator = models.BooleanField(default=False, db_default=False)
    is_demo = models.BooleanField(default=False)

    trust = models.CharField(max_length=10, choices=Trust, default=Trust.NEW)
    silenced_until = models.DateTimeField(null=True, blank=True)
    suspended_until = models.DateTimeField(null=True, blank=True)
    must_acknowledge = models.BooleanField(default=False)
    unread_count = models.PositiveIntegerField(default=0)
    helped_count = models.PositiveIntegerField(default=0)
    published_count = models.PositiveIntegerField(default=0)
    # Whether any notices are mailed; how soon, each kind says for itself (notifications.models.Preference).
    mail_notices = models.BooleanField(default=True)
    # Off, so that whoever sees a screen or a mail box learns nothing.
    mails_name_subjects = models.BooleanField(default=False)
    # What their page shows of what they wrote under their name.
    shows_questions = models.BooleanField(default=True)
    shows_answers = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            # Small letters, so that one plain index both keeps it unique in any case and finds it.
            models.UniqueConstraint(fields=["email"], name="user_email_is_unique"),
            models.CheckConstraint(condition=Q(email=Lower(F("email"))), name="user_email_is_lower_case"),
            models.UniqueConstraint(fields=["handle"], name="user_handle_is_unique"),
            models.CheckConstraint(condition=Q(handle=Lower(F("handle"))), name="user_handle_is_lower_case"),
            models.CheckConstraint(condition=~Q(handle=""), name="user_has_a_handle"),
            models.CheckConstraint(
                condition=Q(is_senior_moderator=False) | Q(is_moderator=True), name="user_senior_is_a_moderator"
            ),
            models.CheckConstraint(
                condition=Q(is_senior_editor=False) | Q(is_editor=True), name="user_senior_editor_is_an_editor"
            ),
        ]
        # For accounts.sweeps.forget_unfinished_sign_ups, which looks every few seconds.
        indexes = [models.Index(fields=["joined_at"], condition=Q(last_login=None), name="user_never_signed_in")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.display_name or self.handle

    @property
    def zone(self) -> zoneinfo.ZoneInfo | None:
        """The zone they chose; none where this machine does not know it, or no longer."""
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (KeyError, ValueError, OSError):
            return None

    def get_absolute_url(self) -> str:
        return reverse("forum:member", args=[self.handle])

    def is_silenced(self) -> bool:
        """Whether a sanction keeps them from posting now."""
        return self.is_suspended() or _is_to_come(self.silenced_until)

    def is_suspended(self) -> bool:
        """Whether a sanction keeps them from signing in now."""
        return _is_to_come(self.suspended_until)

    @property
    def rank(self) -> int:
        """Who may decide about whom: 0 members, 1 who works for the site, 2 senior moderators, 3 admins."""
        if self.is_superuser:
            return 3
        if self.is_senior_moderator:
            return 2
        return int(self.is_staff or self.is_moderator or self.is_editor or self.is_reviewer)

    @property
    def is_senior(self) -> bool:
        """Whether they are one of those to whom the other moderators leave things."""
        return self.is_moderator and self.rank >= 2

    @property
    def posts_again_at(self) -> datetime | None:
        """When the last of what keeps them from posting ends; None if nothing does."""
        return max((until for until in (self.silenced_until, self.suspended_until) if _is_to_come(until)), default=None)


def _is_to_come(moment: datetime | None) -> bool:
    return moment is not None and moment > timezone.now()


class OldHandle(models.Model):
    """A handle somebody had: it leads to the new one until `until` and is given to nobody else meanwhile."""

    handle = models.CharField(max_length=30, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="old_handles")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.handle


class CredentialQuerySet(models.QuerySet["Credential"]):
    def current(self) -> CredentialQuerySet:
        return self.filter(withdrawn_at=None, expires_at__gt=timezone.now())


class Credential(models.Model):
    """What a clinician is verified as. `line` is printed under what they answer and review."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="credentials")
    line = models.CharField(max_length=120, help_text=_("As printed, for example: neurology, United Kingdom"))
    country = models.CharField(max_length=2)
    verified_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CredentialQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("verified_at")), name="credential_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.line


# Raised when the words of templates/accounts/_health_consent.html change their meaning; everybody is asked again.
HEALTH_CONSENT_VERSION = 1


class Consent(models.Model):
    """One person's yes to one version of one text, and when it was taken back."""

    class Subject(models.TextChoices):
        HEALTH = "health", _("Storing and publishing what I write about my health")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    subject = models.CharField(max_length=20, choices=Subject)
    version = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "subject", "version"],
                condition=Q(withdrawn_at=None),
                name="consent_is_given_once_per_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.version}"


class DistanceQuerySet(models.QuerySet["Distance"]):
    def blocks(self) -> DistanceQuerySet:
        return self.filter(kind=Distance.Kind.BLOCK)

    def has_blocked(self, blocker_id: int, member_id: int) -> bool:
        return self.blocks().filter(member=blocker_id, other=member_id).exists()


class Distance(models.Model):
    """A member keeps another at a distance. The other never learns of a mute; a block also keeps them from replying.

    It never acts visibly on what somebody wrote without their name: that would tell who they are.
    """

    class Kind(models.TextChoices):
        MUTE = "mute", _("Muted")
        BLOCK = "block", _("Blocked")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="distances")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind)
    created_at = models.DateTimeField(default=timezone.now)

    objects = DistanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="distance_is_one_per_pair"),
            models.CheckConstraint(condition=~Q(member=F("other")), name="distance_is_to_others"),
        ]
        # For accounts.views.distance: the list of a member's own.
        indexes = [models.Index("member", F("created_at").desc(), F("id").desc(), name="distance_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.other_id}"
