"""Sign-ups that nobody finished are forgotten after a week, network addresses after 30 days."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts import actions, sweeps
from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def unfinished(db):
    return actions.sign_up(email="mistyped@example.org")


def a_week_passes() -> None:
    User.objects.update(joined_at=timezone.now() - timedelta(days=8))


def test_an_unfinished_sign_up_is_kept_for_a_week(unfinished):
    assert sweeps.forget_unfinished_sign_ups() == 0
    a_week_passes()
    assert sweeps.forget_unfinished_sign_ups() == 1 and sweeps.forget_unfinished_sign_ups() == 0
    assert not User.objects.exists()


def test_who_confirmed_their_address_stays(member):
    a_week_passes()
    assert sweeps.forget_unfinished_sign_ups() == 0


def test_who_was_ever_signed_in_stays(unfinished, client):
    client.force_login(unfinished)
    a_week_passes()
    assert sweeps.forget_unfinished_sign_ups() == 0


def test_the_address_is_free_again(unfinished):
    a_week_passes()
    sweeps.forget_unfinished_sign_ups()
    actions.register(email="mistyped@example.org")


def test_the_network_address_of_a_sign_in_is_kept_for_30_days(member):
    for key, days in (("new", 29), ("old", 31)):
        UserSession.objects.create(
            user=member,
            session_key=key,
            ip="192.0.2.7",
            user_agent="A browser",
            created_at=timezone.now() - timedelta(days=days),
        )
    assert (sweeps.forget_addresses(), sweeps.forget_addresses()) == (1, 0)
    assert UserSession.objects.get(session_key="new").ip == "192.0.2.7"
    assert UserSession.objects.get(session_key="old").ip == sweeps.NO_ADDRESS
