"""Whoever runs the site gives people their data, and erases them, when they ask."""

import json
import stat

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_everything_of_a_person_is_written_into_a_private_file(tmp_path, ana, ben, question):
    factories.make_answer(ben, question, "Mine went away after a week of rest and sleep.")
    file = tmp_path / "ben.json"
    call_command("export", "BEN@example.org", str(file))
    held = json.loads(file.read_text())
    assert held["accounts"]["profile"]["email"] == "ben@example.org"
    assert "Mine went away" in json.dumps(held["forum"])
    assert "ana@example.org" not in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_is_there_is_not_overwritten(tmp_path, ana):
    file = tmp_path / "mine.json"
    file.write_text("something else")
    with pytest.raises(CommandError):
        call_command("export", ana.email, str(file))
    assert file.read_text() == "something else"


def test_who_is_erased_is_named_nowhere_and_their_words_stay(ana, ben, question):
    answer = factories.make_answer(ben, question)
    call_command("erase", ben.email, yes=True)
    answer.refresh_from_db()
    assert (answer.status, answer.author_id) == ("published", None)
    assert not User.objects.filter(email="ben@example.org").exists()
    assert not User.objects.filter(handle="ben").exists()


def test_erasing_asks_first(monkeypatch, ana):
    monkeypatch.setattr("builtins.input", lambda words: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase", ana.email)
    assert User.objects.filter(email=ana.email).exists()


@pytest.mark.parametrize("command", [("export", "nobody@example.org", "x"), ("erase", "nobody@example.org")])
def test_an_address_that_nobody_has(command):
    with pytest.raises(CommandError, match="Nobody here"):
        call_command(*command)
