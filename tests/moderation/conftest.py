"""What every test of moderation starts from."""

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Question
from tests import factories


@pytest.fixture(autouse=True)
def without_second_factor(settings):
    """Asking for it is tested where it is built, with the accounts."""
    settings.REQUIRE_STAFF_MFA = False


@pytest.fixture
def held(newt, topic) -> Question:
    """A question of somebody who joined today: it waits."""
    return factories.make_question(newt, "Does magnesium help with cramps in the night?", topic=topic)


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def decide(client: Client, item, decision: str, **fields):
    """As from the page that shows the item now."""
    return client.post(f"/review/{item.pk}/{decision}/", {"version": item.version} | fields)
