"""What happens when somebody joins, changes who they are, or agrees to something."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import HEALTH_CONSENT_VERSION, Consent, Credential, Distance, OldHandle, User

OLD_HANDLE_KEPT = timedelta(days=365)


class HandleIsTaken(Exception):
    """Somebody else has this handle, or had it within the last year."""


@transaction.atomic
def register(*, email: str, password: str | None = None, verified: bool = True, **fields: object) -> User:
    """A new person who signs in with `email`; without a password, by a mailed code. `fields` are columns of `User`."""
    user = User.objects.create_user(email, password, **({"time_zone": settings.TIME_ZONE} | fields))
    EmailAddress.objects.create(user=user, email=user.email, verified=verified, primary=True)
    return user


def sign_up(*, email: str) -> User:
    """Whoever has this address, or a new person, who has yet to show that it is theirs."""
    try:
        return register(email=email, verified=False)
    except IntegrityError:
        return User.objects.get_by_natural_key(email)


def change_profile(
    *,
    user: User,
    display_name: str,
    about: str,
    time_zone: str,
    shows_questions: bool = True,
    shows_answers: bool = True,
) -> None:
    user.display_name, user.about, user.time_zone = display_name, about, time_zone
    user.shows_questions, user.shows_answers = shows_questions, shows_answers
    user.save(update_fields=["display_name", "about", "time_zone", "shows_questions", "shows_answers"])


@transaction.atomic
def change_handle(*, user: User, handle: str) -> None:
    """The old handle leads to the new one for a year. Raises `HandleIsTaken`."""
    if handle == user.handle:
        return
    now = timezone.now()
    if OldHandle.objects.filter(handle=handle, until__gt=now).exclude(user=user).exists():
        raise HandleIsTaken
    OldHandle.objects.filter(handle=handle).delete()
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(handle=handle)
    except IntegrityError:
        raise HandleIsTaken from None
    # The same form, sent twice at once: the old handle is kept already.
    kept = {"user": user, "until": now + OLD_HANDLE_KEPT}
    OldHandle.objects.update_or_create(handle=user.handle, defaults=kept)
    user.handle = handle


def choose_mails(*, user: User, wanted: bool, name_subjects: bool) -> None:
    user.mail_notices, user.mails_name_subjects = wanted, name_subjects
    user.save(update_fields=["mail_notices", "mails_name_subjects"])


# Consent


def has_health_consent(user: User) -> bool:
    """Whether they said yes to the words that hold now."""
    return _health_consents(user).filter(version=HEALTH_CONSENT_VERSION).exists()


def give_health_consent(user: User) -> None:
    """Twice is once."""
    yes = Consent(user=user, subject=Consent.Subject.HEALTH, version=HEALTH_CONSENT_VERSION)
    Consent.objects.bulk_create([yes], ignore_conflicts=True)


def withdraw_health_consent(user: User) -> None:
    _health_consents(user).update(withdrawn_at=timezone.now())


def _health_consents(user: User) -> QuerySet[Consent]:
    return Consent.objects.filter(user=user, subject=Consent.Subject.HEALTH, withdrawn_at=None)


# Keeping people at a distance


def mute(*, member: User, other: User) -> None:
    """`member` hears no more of `other`, who does not learn of it. Whoever is blocked stays blocked."""
    _keep_away(member, other, Distance.Kind.MUTE)


def unmute(*, member: User, other: User) -> None:
    Distance.objects.filter(member=member, other=other, kind=Distance.Kind.MUTE).delete()


@transaction.atomic
def block(*, member: User, other: User) -> None:
    """A mute by which `other` also cannot reply to `member`. That they follow them no more, the forum sees to."""
    _keep_away(member, other, Distance.Kind.BLOCK)
    muted = Distance.objects.filter(member=member, other=other, kind=Distance.Kind.MUTE)
    muted.update(kind=Distance.Kind.BLOCK, created_at=timezone.now())


def unblock(*, member: User, other: User) -> None:
    """Nothing is left of it: a mute that was before does not come back."""
    Distance.objects.filter(member=member, other=other, kind=Distance.Kind.BLOCK).delete()


def _keep_away(member: User, other: User, kind: str) -> None:
    Distance.objects.bulk_create([Distance(member=member, other=other, kind=kind)], ignore_conflicts=True)


# Credentials


@transaction.atomic
def verify_clinician(*, user: User, line: str, country: str, expires: datetime) -> Credential:
    """`line` is what readers see, such as "neurology, United Kingdom"; `country` its two letters."""
    credential = Credential.objects.create(user=user, line=line, country=country.upper(), expires_at=expires)
    user.is_clinician = True
    user.save(update_fields=["is_clinician"])
    return credential


@transaction.atomic
def withdraw_credential(*, credential: Credential) -> None:
    """What was answered on its ground keeps the words of that time."""
    Credential.objects.filter(pk=credential.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if not Credential.objects.current().filter(user=credential.user_id).exists():
        User.objects.filter(pk=credential.user_id).update(is_clinician=False)


# The people who run the site


@transaction.atomic
def make_admin(*, user: User) -> None:
    """Everything the site has to give: the admin, the review queue, the library. Their address counts as confirmed."""
    EmailAddress.objects.filter(user=user, email=user.email).update(verified=True)
    user.is_active = user.is_staff = user.is_superuser = user.is_moderator = user.is_editor = True
    user.save(update_fields=["is_active", "is_staff", "is_superuser", "is_moderator", "is_editor"])


ROLES = ("is_staff", "is_editor", "is_senior_editor", "is_reviewer", "is_moderator", "is_senior_moderator")


def give_roles(*, user: User, **roles: bool) -> None:
    """What somebody may do for the site, all of `ROLES` at once: what is not named is taken away.

    `is_staff` opens the admin. A senior moderator is a moderator, and a senior editor an editor.
    """
    for role in ROLES:
        setattr(user, role, roles.get(role, False))
    user.is_moderator = user.is_moderator or user.is_senior_moderator
    user.is_editor = user.is_editor or user.is_senior_editor
    user.save(update_fields=ROLES)
