"""Who is a clinician, and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions, sweeps
from accounts.models import Credential

pytestmark = pytest.mark.django_db


@pytest.fixture
def credential(member):
    expires = timezone.now() + timedelta(days=365)
    return actions.verify_clinician(user=member, line="Neurology, United Kingdom", country="gb", expires=expires)


def is_clinician(member) -> bool:
    member.refresh_from_db()
    return member.is_clinician


def test_a_verified_clinician_is_one(member, credential):
    assert is_clinician(member) and credential.country == "GB" and credential in Credential.objects.current()


def test_a_withdrawn_one_is_none(member, credential):
    actions.withdraw_credential(credential=credential)
    assert not is_clinician(member) and not Credential.objects.current()


def test_with_another_credential_they_remain_one(member, credential):
    later = timezone.now() + timedelta(days=30)
    other = actions.verify_clinician(user=member, line="Sleep medicine, Spain", country="ES", expires=later)
    actions.withdraw_credential(credential=credential)
    assert is_clinician(member) and list(Credential.objects.current()) == [other]


def test_withdrawing_twice_keeps_the_first_date(credential):
    actions.withdraw_credential(credential=credential)
    first = Credential.objects.get().withdrawn_at
    actions.withdraw_credential(credential=credential)
    assert Credential.objects.get().withdrawn_at == first


def test_the_worker_ends_what_has_run_out_and_only_that(member, credential):
    other = actions.register(email="other@example.org")
    actions.verify_clinician(user=other, line="Nursing, Peru", country="PE", expires=credential.expires_at)
    assert sweeps.end_expired_credentials() == 0
    past = timezone.now() - timedelta(seconds=1)
    Credential.objects.filter(pk=credential.pk).update(verified_at=past - timedelta(days=1), expires_at=past)
    assert sweeps.end_expired_credentials() == 1 and sweeps.end_expired_credentials() == 0
    assert not is_clinician(member) and is_clinician(other)
