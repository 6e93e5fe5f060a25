"""Roles and credentials are given in the admin, by those who run the site."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from accounts.models import Credential, User
from tests.factories import make_credential


@pytest.fixture
def office(client, settings, boss):
    """The browser of the person who runs the site."""
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(boss)
    return client


def of(user: User) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_a_role_is_given_and_taken(office, ana):
    office.post(of(ana), {"is_staff": "on", "is_editor": "on"})
    ana.refresh_from_db()
    assert (ana.is_staff, ana.is_editor, ana.is_reviewer) == (True, True, False)
    office.post(of(ana), {})
    ana.refresh_from_db()
    assert (ana.is_staff, ana.is_editor) == (False, False)


def test_nothing_but_roles_is_changed(office, ana):
    office.post(of(ana), {"email": "eve@example.org", "handle": "eve", "is_superuser": "on", "is_active": ""})
    ana.refresh_from_db()
    assert (ana.email, ana.handle, ana.is_superuser, ana.is_active) == ("ana@example.org", "ana", False, True)


def test_nobody_changes_their_own_roles(office, boss):
    assert office.post(of(boss), {}).status_code == 403
    boss.refresh_from_db()
    assert boss.is_staff


def test_a_clinician_is_verified(office, ana):
    until = timezone.localdate() + timedelta(days=365)
    fields = {"user": ana.handle, "line": "neurology, United Kingdom", "country": "gb"}
    fields["expires_at"] = until.isoformat()
    assert office.post(reverse("admin:accounts_credential_add"), fields).status_code == 302
    ana.refresh_from_db()
    assert (ana.is_clinician, ana.credentials.get().country) == (True, "GB")


def test_a_credential_ends_after_it_begins(office, ana):
    fields = {"user": ana.handle, "line": "neurology", "country": "GB", "expires_at": "2020-01-01"}
    assert office.post(reverse("admin:accounts_credential_add"), fields).status_code == 200
    assert not ana.credentials.exists()


@pytest.mark.parametrize("country", ["", "Britain", "1\0"])
def test_a_country_has_two_letters(office, ana, country):
    fields = {"user": ana.handle, "line": "neurology", "country": country}
    fields["expires_at"] = "2100-01-01"
    assert office.post(reverse("admin:accounts_credential_add"), fields).status_code == 200
    assert not ana.credentials.exists()


def test_a_credential_is_withdrawn_and_never_changed(office, cleo):
    credential = cleo.credentials.get()
    one = reverse("admin:accounts_credential_change", args=[credential.pk])
    assert office.post(one, {"line": "astrology"}).status_code == 403
    ticked = {"action": "withdraw", "_selected_action": [credential.pk]}
    office.post(reverse("admin:accounts_credential_changelist"), ticked)
    cleo.refresh_from_db()
    assert not cleo.is_clinician
    assert Credential.objects.get().withdrawn_at


@pytest.mark.parametrize("page", ["accounts_user_changelist", "accounts_user_add", "accounts_credential_add"])
def test_editors_do_not_see_people(client, settings, ed, page):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(ed)
    assert client.get(reverse(f"admin:{page}")).status_code == 403


def test_nobody_is_deleted(office, cleo):
    assert office.post(reverse("admin:accounts_user_delete", args=[cleo.pk]), {"post": "yes"}).status_code == 403


def test_nobody_reads_addresses_factors_or_sessions_of_others():
    rooms = {model._meta.label for model in admin.site._registry}
    library = {"articles.Article", "articles.StandingPage", "articles.Topic", "forum.SecondLook", "forum.Tag"}
    library |= {"search.Gap", "search.SuggestionDay", "search.Synonym"}
    # Of a failed mail only as much of the address as shows whose fault it is.
    running = {
        "core.Announcement",
        "moderation.DistressRules",
        "moderation.NightRules",
        "moderation.WatchedTerm",
        "notifications.GivenUpMail",
    }
    assert rooms == {"accounts.User", "accounts.Credential"} | running | library


def test_a_second_credential_outlives_the_first(office, cleo):
    first = cleo.credentials.get()
    make_credential(cleo, "sleep medicine, United Kingdom")
    ticked = {"action": "withdraw", "_selected_action": [first.pk]}
    office.post(reverse("admin:accounts_credential_changelist"), ticked)
    cleo.refresh_from_db()
    assert cleo.is_clinician
