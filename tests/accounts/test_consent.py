"""The separate yes to storing and publishing what one writes about one's health."""

import pytest

from accounts import actions
from accounts.models import Consent

pytestmark = pytest.mark.django_db


def test_nobody_has_said_yes_before_they_did(member):
    assert not actions.has_health_consent(member)


def test_yes_twice_is_yes_once(member):
    actions.give_health_consent(member)
    actions.give_health_consent(member)
    assert actions.has_health_consent(member) and Consent.objects.count() == 1


def test_a_yes_is_taken_back_and_given_again(member):
    actions.give_health_consent(member)
    actions.withdraw_health_consent(member)
    assert not actions.has_health_consent(member)
    actions.give_health_consent(member)
    assert actions.has_health_consent(member) and Consent.objects.count() == 2


def test_new_words_are_asked_about_again(member, monkeypatch):
    actions.give_health_consent(member)
    monkeypatch.setattr(actions, "HEALTH_CONSENT_VERSION", actions.HEALTH_CONSENT_VERSION + 1)
    assert not actions.has_health_consent(member)


def test_one_member_says_yes_for_themselves_only(member):
    other = actions.register(email="other@example.org")
    actions.give_health_consent(member)
    assert not actions.has_health_consent(other)
