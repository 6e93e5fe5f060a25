"""Members settle how they are shown, told and let in."""

import pytest

from accounts import actions
from accounts.models import User

pytestmark = pytest.mark.django_db
PROFILE, ACCOUNT, NOTIFICATIONS = "/settings/profile/", "/settings/account/", "/settings/notifications/"


@pytest.fixture
def me(client, member) -> User:
    client.force_login(member)
    return member


def save(client, me, **fields):
    now = {"display_name": me.display_name, "handle": me.handle, "about": me.about, "time_zone": me.time_zone}
    response = client.post(PROFILE, now | fields)
    me.refresh_from_db()
    return response


@pytest.mark.parametrize("path", [PROFILE, ACCOUNT, NOTIFICATIONS])
def test_guests_are_sent_to_sign_in_and_back(client, db, path):
    response = client.get(path)
    assert response["Location"] == f"/accounts/login/?next={path.replace('/', '%2F')}"


@pytest.mark.parametrize("path", [PROFILE, ACCOUNT, NOTIFICATIONS])
def test_every_page_shows_where_one_is(client, me, path):
    content = client.get(path).content.decode()
    assert f'href="{path}" aria-current="page"' in content and content.count("<h1") == 1


def test_settings_begin_with_the_profile(client, me):
    assert client.get("/settings/", follow=True).redirect_chain[-1][0].endswith(PROFILE)


def test_an_unknown_page_is_not_found(client, me):
    assert client.get("/settings/nothing/").status_code == 404


def test_a_profile_is_changed(client, me):
    response = save(client, me, display_name="River", about="I sleep badly.", time_zone="Asia/Kolkata")
    assert response.status_code == 303 and response["Location"] == PROFILE
    assert (me.name, me.about, me.time_zone) == ("River", "I sleep badly.", "Asia/Kolkata")
    assert "Your profile is saved." in client.get(PROFILE).content.decode()


def test_times_are_those_of_the_member(client, me):
    save(client, me, time_zone="Asia/Kolkata")
    page = client.get("/settings/profile/")
    assert page.status_code == 200 and 'value="Asia/Kolkata" selected' in page.content.decode()


def test_a_zone_that_is_no_longer_known_breaks_no_page(client, me):
    User.objects.update(time_zone="Mars/Olympus")
    assert client.get(PROFILE).status_code == 200


def test_a_handle_is_changed_and_written_small(client, me):
    old = me.handle
    assert save(client, me, handle="River-Stone").status_code == 303
    assert me.handle == "river-stone" and User.objects.formerly(old) == me


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"handle": ""}, "Please fill this in."),
        ({"handle": "ab"}, "Use small letters, digits and hyphens."),
        ({"handle": "río"}, "Use small letters, digits and hyphens."),
        ({"handle": "-river"}, "Use small letters, digits and hyphens."),
        ({"handle": "moderator"}, "kept for the people who run Askwell"),
        ({"handle": "dr-river"}, "kept for clinicians"),
        ({"handle": "member-22222"}, "given out by Askwell"),
        ({"handle": "stone"}, "Somebody has this handle already."),
        ({"display_name": "Askwell team"}, "kept for the people who run Askwell"),
        ({"display_name": "Dr. River"}, "kept for clinicians"),
        ({"display_name": "see pills.shop"}, "leave out web addresses"),
        ({"display_name": "R" * 51}, "keep this to 50 characters"),
        ({"about": "Read https://pills.example"}, "leave out web addresses"),
        ({"about": "a" * 501}, "keep this to 500 characters"),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
    ],
)
def test_what_does_not_fit_is_said_and_kept(client, me, fields, sentence):
    actions.register(email="other@example.org", handle="stone")
    response = save(client, me, **fields)
    page = response.content.decode()
    assert response.status_code == 422 and sentence in page
    ((name, typed),) = fields.items()
    assert name == "time_zone" or typed in page
    assert getattr(me, name) != typed


def test_a_handle_is_not_changed_all_day_long(client, me):
    answers = [save(client, me, handle=f"river-{number}").status_code for number in range(5)]
    assert answers == [303, 303, 303, 422, 422]


def test_unseen_marks_do_not_get_into_a_name(client, me):
    save(client, me, display_name="Ri\u200bver\u202e\x00 \n Stone")
    assert me.display_name == "River Stone"


def test_a_name_with_markup_is_only_text(client, me):
    save(client, me, display_name="<script>alert(1)</script>")
    assert me.display_name == "<script>alert(1)</script>"
    assert "<script>alert" not in client.get(PROFILE).content.decode()


def test_the_account_page_offers_what_the_account_lacks(client, me):
    page = client.get(ACCOUNT).content.decode()
    assert "member@example.org" in page and "Change the password" in page
    for link in ("/accounts/email/", "/accounts/2fa/", "/accounts/sessions/", "/contact/"):
        assert f'href="{link}"' in page
    me.set_unusable_password()
    me.save()
    client.force_login(me)
    assert "Set a password" in client.get(ACCOUNT).content.decode()


def test_the_yes_to_writing_about_ones_health_is_taken_back_as_easily_as_given(client, me):
    assert "Take this back" not in client.get(ACCOUNT).content.decode()
    actions.give_health_consent(me)
    assert "Take this back" in client.get(ACCOUNT).content.decode()
    assert client.post(ACCOUNT).status_code == 303
    assert not actions.has_health_consent(me)
    page = client.get(ACCOUNT).content.decode()
    assert "You have taken it back." in page and "Take this back" not in page


@pytest.mark.parametrize(
    "link", ["/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]
)
def test_every_link_of_the_account_page_opens(client, me, link):
    assert client.get(link).status_code == 200


def test_settings_cost_few_questions_to_the_database(client, me, django_assert_max_num_queries):
    for page in (PROFILE, ACCOUNT, NOTIFICATIONS):
        with django_assert_max_num_queries(6):
            client.get(page)
