"""`manage.py createadmin`: the first administrator, and any later one."""

import builtins

import pytest
from django.core.management import CommandError, call_command

from accounts import actions
from accounts.management.commands import createadmin
from accounts.models import User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
EMAIL = "boss@example.org"


@pytest.fixture
def answers(monkeypatch):
    """`answers(...)`: what is typed, in turn; then nobody is there."""

    def give(*typed):
        left = list(typed)

        def read(question):
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr(builtins, "input", read)
        monkeypatch.setattr(createadmin, "getpass", read)

    give()
    return give


def test_a_new_administrator_signs_in_with_the_password_that_was_asked_for(answers, client, capsys):
    answers(" Boss@Example.org", PASSWORD, PASSWORD)
    call_command("createadmin")
    boss = User.objects.get()
    assert boss.is_superuser and boss.is_staff and boss.is_moderator and boss.is_editor
    assert client.login(email=EMAIL, password=PASSWORD)
    said = capsys.readouterr().out
    assert "http://localhost:8000/accounts/login/" in said and "two-step sign-in" in said


def test_without_a_password_they_sign_in_with_mailed_codes(capsys):
    call_command("createadmin", email=EMAIL, no_password=True)
    assert not User.objects.get().has_usable_password()
    assert "with a mailed code" in capsys.readouterr().out


def test_a_member_is_promoted_and_keeps_everything(member, capsys):
    for _ in range(2):
        call_command("createadmin", email=member.email)
    member.refresh_from_db()
    assert member.is_superuser and member.check_password(PASSWORD) and User.objects.count() == 1


def test_the_address_of_an_administrator_counts_as_confirmed(capsys):
    boss = actions.sign_up(email=EMAIL)
    call_command("createadmin", email=EMAIL)
    assert boss.emailaddress_set.get().verified


def test_nothing_happens_when_something_is_wrong(answers, member):
    def refused(sentence, *typed, **options):
        answers(*typed)
        with pytest.raises(CommandError, match=sentence):
            call_command("createadmin", **options)

    refused("Nobody answered")
    refused("is not an e-mail address", email="boss")
    refused("The two passwords differ", PASSWORD, "another", email=EMAIL)
    refused("too short", "short", email=EMAIL)
    refused("Nobody answered", email=EMAIL)
    actions.register(email="admin@demo.test", is_demo=True)
    refused("account of the demo", email="admin@demo.test")
    assert not User.objects.filter(is_superuser=True).exists()
