import pytest
from allauth.account.models import EmailAddress

from accounts import actions

pytestmark = pytest.mark.django_db


def test_somebody_registered_can_sign_in(client):
    actions.register(email=" Ana@Example.org ", password="a long enough one")
    assert EmailAddress.objects.get().email == "ana@example.org"
    assert client.login(email="ana@example.org", password="a long enough one")
