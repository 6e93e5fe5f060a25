"""What the tests of the forum share: somebody at the keyboard."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.actions import give_health_consent
from accounts.models import User


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """`browser_of(ana)`: a browser that this member is signed in with, who has agreed to what posting needs."""

    def browser(user: User) -> Client:
        give_health_consent(user=user)
        client = Client()
        client.force_login(user)
        return client

    return browser
