"""What can never be false of people: each constraint, and an attempt to break it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import Consent, Credential, OldHandle, User, new_handle

pytestmark = pytest.mark.django_db


def refused(break_it) -> bool:
    try:
        with transaction.atomic():
            break_it()
    except IntegrityError:
        return True
    return False


def test_an_address_belongs_to_one_person_in_any_case(member):
    assert refused(lambda: User.objects.create(email="member@example.org", handle="other"))
    assert refused(lambda: User.objects.create_user("MEMBER@example.org"))


def test_an_address_is_in_small_letters(member):
    assert refused(lambda: User.objects.create(email="Other@example.org", handle="other"))


def test_a_handle_belongs_to_one_person(member):
    assert refused(lambda: User.objects.create(email="other@example.org", handle=member.handle))


def test_a_handle_is_in_small_letters(member):
    assert refused(lambda: User.objects.filter(pk=member.pk).update(handle="Member"))


def test_a_handle_is_never_empty(member):
    assert refused(lambda: User.objects.filter(pk=member.pk).update(handle=""))


def test_a_former_handle_belongs_to_one_person(member):
    OldHandle.objects.create(handle="former", user=member, until=timezone.now())
    assert refused(lambda: OldHandle.objects.create(handle="former", user=member, until=timezone.now()))


def test_a_consent_is_given_once_per_version(member):
    once = {"user": member, "subject": Consent.Subject.HEALTH, "version": 1}
    Consent.objects.create(**once)
    assert refused(lambda: Consent.objects.create(**once))
    Consent.objects.create(**once | {"version": 2})
    Consent.objects.filter(version=1).update(withdrawn_at=timezone.now())
    Consent.objects.create(**once)


def test_a_credential_ends_after_it_begins(member):
    now = timezone.now()
    fields = {"user": member, "line": "Neurology", "country": "GB", "verified_at": now}
    assert refused(lambda: Credential.objects.create(**fields, expires_at=now))
    assert refused(lambda: Credential.objects.create(**fields, expires_at=now - timedelta(days=1)))


def test_new_handles_are_neutral_and_free(member):
    handle = new_handle()
    assert handle.startswith("member-") and len(handle) == 12 and not User.objects.filter(handle=handle).exists()


def test_a_person_is_found_by_their_address_in_any_case(client):
    actions.register(email=" Ana@Example.org ", password="a quiet river stone")
    assert User.objects.get().emailaddress_set.get().email == "ana@example.org"
    assert client.login(email="ANA@example.org", password="a quiet river stone")


def test_somebody_new_has_the_time_of_the_site(settings):
    settings.TIME_ZONE = "Europe/Madrid"
    assert actions.register(email="ana@example.org").time_zone == "Europe/Madrid"


def test_an_administrator_has_every_role():
    boss = User.objects.create_superuser("boss@example.org")
    assert boss.is_staff and boss.is_superuser and boss.is_moderator and boss.is_editor


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe", "\x00", "x" * 50])
def test_a_zone_that_nobody_knows_is_none(zone):
    assert User(time_zone=zone).zone is None


def test_who_is_silenced_or_suspended_is_silenced_until_it_ends():
    soon, past = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(hours=1)
    assert User(silenced_until=soon).is_silenced() and User(suspended_until=soon).is_silenced()
    assert not User(silenced_until=past, suspended_until=past).is_silenced() and not User().is_silenced()
