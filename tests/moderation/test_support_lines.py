"""The numbers of people who help: what is shown of them, who corrects them, and what is kept of that."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.countries import COUNTRIES
from moderation import lines, privacy, support
from moderation.models import LineRecord, SupportLine
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

WORDS = {"country": "IS", "kind": "crisis", "name": "The listeners", "number": "123 456"}


@pytest.fixture(autouse=True)
def only_these():
    """Not those that each site begins with."""
    SupportLine.objects.all().delete()


@pytest.fixture
def line(mo) -> SupportLine:
    return lines.add(moderator=mo, words=WORDS, is_checked=False)


def typed(**changes) -> dict[str, str]:
    return WORDS | {"hours": "", "languages": "", "page": ""} | changes


def help_now(**headers: str) -> str:
    return Client().get("/help-now/", headers=headers).content.decode()


# What can never be


@pytest.mark.parametrize(
    "wrong",
    [
        {"country": "is"},
        {"country": "I"},
        {"country": ""},
        {"kind": "chat"},
        {"number": ""},
        {"name": ""},
    ],
)
def test_a_line_is_somebody_to_call_somewhere(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.create(**WORDS | wrong)


def test_nobody_has_checked_a_line_without_a_day(mia):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.create(**WORDS, checked_by=mia)


def test_a_number_is_there_once(line):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportLine.objects.create(**WORDS | {"name": "Another"})


# What a site begins with


def test_a_site_begins_with_numbers_that_nobody_has_checked():
    write = import_module("moderation.migrations.0006_first_support_lines").write
    for _ in range(2):
        write(apps, None)
    first = SupportLine.objects.all()
    for line in first:
        line.full_clean()
    countries = set(first.exclude(kind="emergency").values_list("country", flat=True))
    assert len(countries) >= 12
    assert set(first.values_list("country", flat=True)) <= set(COUNTRIES)
    assert countries <= set(first.filter(kind="emergency").values_list("country", flat=True))
    assert first.to_check().count() == first.count()


def test_check_counts_what_nobody_has_checked_lately(mo, line, capsys, settings):
    call_command("check")
    assert "1 telephone numbers" in capsys.readouterr().err
    lines.correct(line=line, moderator=mo, words=line.words, is_checked=True, is_shown=True)
    call_command("check")
    assert "telephone numbers" not in capsys.readouterr().err


# What is shown


def test_an_unchecked_or_stale_line_stands_below_and_says_so(mo, line, time_machine):
    lines.add(moderator=mo, words=WORDS | {"number": "123 999"}, is_checked=True)
    lines.add(moderator=mo, words=WORDS | {"kind": "emergency", "number": "112"}, is_checked=False)
    page = Client().get("/help-now/?country=IS").content.decode()
    assert page.index("tel:112") < page.index("tel:123999") < page.index("tel:123456")
    assert page.count("We have not checked this number lately") == page.count("We checked this number:") == 1
    time_machine.move_to(timezone.now() + timedelta(days=182))
    page = Client().get("/help-now/?country=IS").content.decode()
    assert page.count("We have not checked this number lately") == 2


def test_the_country_is_guessed_from_the_language_said_and_changeable(mo, line):
    for language, country in (
        ("is,en;q=0.8", "Iceland"),
        ("en-IS", "Iceland"),
        ("en", ""),
        ("en, de-AT", "Austria"),
        ("zz-ZZ, x, *;q=0", ""),
    ):
        page = help_now(**{"Accept-Language": language})
        assert (f"We took {country} from the language of your browser" in page) == bool(country), language
        assert ("123 456" in page) == (country == "Iceland")
    page = Client().get("/help-now/?country=is", headers={"Accept-Language": "de-AT"}).content.decode()
    assert "123 456" in page
    assert "from the language of your browser" not in page
    assert '<option value="IS" selected>' in page


def test_a_country_without_numbers_is_told_what_to_do():
    page = Client().get("/help-now/?country=AR").content.decode()
    assert "call your local emergency number" in page
    assert Client().get("/help-now/?country=<b>").status_code == 200


def test_the_page_may_be_kept_a_moment_and_asks_little(client, eve, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/help-now/")
    assert response["Cache-Control"] == "public, max-age=60"
    assert "Accept-Language" in response["Vary"]
    assert not response.cookies
    client.force_login(eve)
    assert "no-store" in client.get("/help-now/")["Cache-Control"]


# Who corrects


def test_any_moderator_corrects_a_line_at_once(mia, line, django_capture_on_commit_callbacks):
    assert "123 456" in Client().get("/help-now/?country=IS").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = sign_in(mia).post(f"/review/lines/{line.pk}/", typed(number="123 457", is_checked="on"))
    assert response.status_code == 303
    page = Client().get("/help-now/?country=IS").content.decode()
    assert "123 457" in page
    assert "123 456" not in page
    line.refresh_from_db()
    assert (line.checked_by, line.checked_on) == (mia, timezone.localdate())
    record = line.records.latest("id")
    assert (record.moderator, record.before["number"]) == (mia, "123 456")
    assert "123 456" in sign_in(mia).get(f"/review/lines/{line.pk}/").content.decode()


def test_what_is_changed_and_not_checked_nobody_vouches_for(mo, line):
    lines.correct(line=line, moderator=mo, words=WORDS, is_checked=True, is_shown=True)
    lines.correct(line=line, moderator=mo, words=WORDS, is_checked=False, is_shown=True)
    line.refresh_from_db()
    assert line.checked_by == mo
    lines.correct(line=line, moderator=mo, words=WORDS | {"number": "1"}, is_checked=False, is_shown=True)
    line.refresh_from_db()
    assert (line.checked_by, line.checked_on) == (None, None)


def test_a_line_is_withdrawn_and_put_back(mia, line):
    client, path = sign_in(mia), f"/review/lines/{line.pk}/"
    client.post(path, typed(is_withdrawn="on"))
    support.forget()
    assert "123 456" not in Client().get("/help-now/?country=IS").content.decode()
    client.post(path, typed())
    support.forget()
    assert "123 456" in Client().get("/help-now/?country=IS").content.decode()
    assert line.records.count() == 3


def test_what_should_be_checked_is_listed_for_moderators(mia, mo, line):
    lines.add(moderator=mo, words=WORDS | {"number": "123 999"}, is_checked=True)
    client = sign_in(mia)
    page = client.get("/review/lines/").content.decode()
    assert ("123 456" in page, "123 999" in page) == (True, False)
    page = client.get("/review/lines/?country=IS").content.decode()
    assert ("123 456" in page, "123 999" in page) == (True, True)


def test_a_number_that_is_there_already_is_said(mia, line):
    client = sign_in(mia)
    response = client.post("/review/lines/new/", typed())
    assert response.status_code == 422
    assert "This number is in the list already" in response.content.decode()
    client.post("/review/lines/new/", typed(number="123 999"))
    other = SupportLine.objects.get(number="123 999")
    assert client.post(f"/review/lines/{other.pk}/", typed()).status_code == 422


def test_whose_account_goes_leaves_the_line_and_not_their_name(mo, line):
    lines.correct(line=line, moderator=mo, words=WORDS, is_checked=True, is_shown=True)
    privacy.erase(mo)
    line.refresh_from_db()
    assert (line.checked_by, line.checked_on) == (None, timezone.localdate())
    assert not LineRecord.objects.filter(moderator=mo).exists()
