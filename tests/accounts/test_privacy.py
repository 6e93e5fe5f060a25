"""What this room holds of a person is given to them, and erased."""

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts import actions, privacy
from accounts.models import User
from core import drafts
from core.models import Draft
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return next(room for room in privacy.rooms() if room.name == "accounts")


def test_what_is_held_is_given(client, member, room):
    actions.change_profile(user=member, display_name="River", about="I like rivers.", time_zone="Europe/Lisbon")
    actions.give_health_consent(member)
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD}, headers={"User-Agent": "Lynx"})
    drafts.save(owner_id=member.pk, form="/ask/", fields={"title": "What I did not post"})
    given = DjangoJSONEncoder().encode(room.export(member))
    told = "member@example.org|I like rivers.|Europe/Lisbon|health|Lynx|did not post|127.0.0.1"
    for held in (member.handle, *told.split("|")):
        assert held in given
    assert "password" not in given


def test_what_is_erased_names_nobody_and_lets_nobody_in(client, member, room):
    actions.change_profile(user=member, display_name="River", about="I like rivers.", time_zone="UTC")
    actions.change_handle(user=member, handle="river")
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    drafts.save(owner_id=member.pk, form="/ask/", fields={"title": "What I did not post"})
    room.erase(member)
    room.erase(member)
    shell = User.objects.get()
    assert "river" not in f"{shell.name} {shell.handle} {shell.about} {shell.email}".lower()
    assert not shell.is_active and not shell.has_usable_password()
    for rows in (shell.emailaddress_set, shell.old_handles, shell.consents, shell.usersession_set):
        assert not rows.exists()
    assert not Draft.objects.exists()
    assert client.get("/settings/profile/").status_code == 303


def test_the_upper_rooms_come_first(monkeypatch):
    monkeypatch.setattr(privacy, "_rooms", {})
    for name in ("accounts", "forum"):
        privacy.register(name, export=lambda user: {}, erase=lambda user: None)
    assert [room.name for room in privacy.rooms()] == ["forum", "accounts"]
