import re
from html import unescape

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from notifications.actions import mark_read, notify, withdraw
from notifications.kinds import Matter
from notifications.mails import unsubscribe_token
from notifications.models import Notification
from notifications.paces import chosen_by
from notifications.sweeps import send_mails

pytestmark = pytest.mark.usefixtures("shelf")


@pytest.fixture
def told(ana) -> Notification:
    notify([ana.pk], kind="answer", subject=("answer", 1))
    return Notification.objects.get()


@pytest.fixture
def anas(client, ana):
    client.force_login(ana)
    return client


def inbox(client, **parameters) -> str:
    response = client.get("/notifications/", parameters)
    assert response.status_code == 200
    return unescape(response.content.decode())


# The inbox


def test_an_empty_inbox_says_what_will_be_there(anas):
    html = inbox(anas)
    assert "Nothing yet" in html
    assert "Mark all as read" not in html


def test_the_inbox_is_only_for_members(client):
    response = client.get("/notifications/")
    assert response.status_code == 303
    assert "next=%2Fnotifications%2F" in response["Location"]


def test_newest_first_and_unread_in_words(anas, ana):
    for number in (1, 2):
        notify([ana.pk], kind="answer", subject=("answer", number))
    mark_read(recipient_id=ana.pk, ids=[Notification.objects.earliest("pk").pk])
    html = inbox(anas)
    assert html.index("Secret title 2") < html.index("Secret title 1")
    assert html.count("Unread") == 1
    assert "Somebody answered your question" in html


@pytest.mark.parametrize("name", ["question", "answer", "comment"])
@pytest.mark.parametrize("kind", ["approved", "returned", "change_approved", "change_returned", "hidden"])
def test_what_moderators_decided_names_the_post(anas, ana, kind, name):
    notify([ana.pk], kind=kind, subject=(name, 1))
    assert f"your {name}" in inbox(anas).lower()


def test_what_is_no_longer_shown_keeps_its_title_to_itself(anas, told, shelf):
    shelf.hidden.add(1)
    html = inbox(anas)
    assert "This is no longer shown." in html
    assert "Secret" not in html and "/things/" not in html


def test_what_was_withdrawn_is_not_in_the_inbox(anas, told):
    withdraw(("answer", 1))
    assert "Nothing yet" in inbox(anas)


def test_nobody_sees_what_somebody_else_was_told(client, told, eve):
    client.force_login(eve)
    assert "Secret" not in inbox(client)


def test_pages_of_the_inbox_follow_each_other(anas, ana):
    for number in range(1, 46):
        notify([ana.pk], kind="answer", subject=("answer", number))
    seen, after = [], ""
    for _ in range(5):
        html = inbox(anas, **({"after": after} if after else {}))
        seen += re.findall(r"Secret title (\d+)", html)
        more = re.search(r'after=([0-9-]+)"', html)
        if not more:
            break
        after = more[1]
    assert [int(number) for number in seen] == list(range(45, 0, -1))
    assert "Back to the newest" in inbox(anas, after="1-1")
    assert "Secret title 45" in inbox(anas, after="nonsense\x00")


def test_marking_all_as_read(anas, ana):
    for number in (1, 2):
        notify([ana.pk], kind="answer", subject=("answer", number))
    newest = re.search(r'name="up_to" value="(\d+)"', inbox(anas))[1]
    notify([ana.pk], kind="answer", subject=("answer", 3))
    response = anas.post("/notifications/read/", {"up_to": newest})
    assert (response.status_code, response["Location"]) == (303, "/notifications/")
    ana.refresh_from_db()
    assert ana.unread_count == 1


@pytest.mark.parametrize("up_to", ["", "x", "-1", "9" * 40, "1\x00", "1.5"])
def test_a_broken_form_changes_nothing(anas, told, ana, up_to):
    assert anas.post("/notifications/read/", {"up_to": up_to}).status_code == 303
    ana.refresh_from_db()
    assert ana.unread_count == 1


def test_looking_changes_nothing(anas, told, ana):
    inbox(anas)
    assert anas.get("/notifications/read/").status_code == 405
    ana.refresh_from_db()
    assert ana.unread_count == 1


def test_the_inbox_stays_within_its_budget(anas, ana, django_assert_max_num_queries):
    for number in range(30):
        notify([ana.pk], kind="approved", subject=(("question", "answer", "comment")[number % 3], number))
    with django_assert_max_num_queries(12):
        assert "Secret title 29" in inbox(anas)


# The link


def test_the_link_leads_to_what_it_is_about_and_counts_as_read(anas, told, ana):
    response = anas.get(f"/n/{told.token}/")
    assert (response.status_code, response["Location"]) == (302, "/things/1/")
    ana.refresh_from_db()
    assert ana.unread_count == 0


def test_looking_whether_the_link_works_does_not_count_as_read(anas, told, ana):
    assert anas.head(f"/n/{told.token}/").status_code == 302
    ana.refresh_from_db()
    assert ana.unread_count == 1


def test_signed_out_the_link_asks_to_sign_in_first(client, told, ana):
    response = client.get(f"/n/{told.token}/")
    assert response.status_code == 303
    assert response["Location"] == f"/accounts/login/?next=%2Fn%2F{told.token}%2F"
    ana.refresh_from_db()
    assert ana.unread_count == 1


def test_the_link_of_somebody_else_says_so_and_shows_nothing(client, told, eve, ana):
    client.force_login(eve)
    response = client.get(f"/n/{told.token}/")
    html = unescape(response.content.decode())
    assert response.status_code == 403
    assert "This is for another account" in html
    assert "Secret" not in html and "ana" not in re.findall(r"\w+", html)
    ana.refresh_from_db()
    assert ana.unread_count == 1


@pytest.mark.parametrize("how", ["hidden", "withdrawn"])
def test_the_link_to_what_is_gone_says_so(anas, told, shelf, how):
    if how == "hidden":
        shelf.hidden.add(1)
    else:
        withdraw(("answer", 1))
    response = anas.get(f"/n/{told.token}/")
    assert response.status_code == 404
    assert b"This is no longer shown" in response.content
    assert b"Secret" not in response.content


@pytest.mark.parametrize("token", ["x", "😵", "a" * 3_000, "%00", "..", "' OR 1=1 --"])
def test_a_link_that_nobody_was_sent_leads_nowhere(anas, told, token):
    assert anas.get(f"/n/{token}/").status_code == 404


# The end of mails


def unsubscribe(user, matter=None) -> str:
    return reverse("notifications:unsubscribe", args=[unsubscribe_token(user.pk, matter)])


def test_looking_at_the_way_out_changes_nothing(client, ana):
    response = client.get(unsubscribe(ana))
    assert b"Do you want no more mails?" in response.content
    assert not response.cookies
    ana.refresh_from_db()
    assert ana.mail_notices


def test_the_button_stops_the_mails_without_signing_in(client, ana, told):
    response = client.post(unsubscribe(ana))
    assert (response.status_code, response["Location"]) == (303, unsubscribe(ana))
    assert b"You get no more of these mails" in client.get(unsubscribe(ana)).content
    assert send_mails() == 0
    assert outbox.outbox == []


def test_one_press_in_the_mail_program_stops_the_mails(ana, told):
    send_mails()
    address = outbox.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    response = Client(enforce_csrf_checks=True).post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert chosen_by(ana)["answer"] == "never"
    assert set(chosen_by(ana).values()) == {"now", "never"}
    notify([ana.pk], kind="answer", subject=("answer", 2))
    notify([ana.pk], kind="comment", subject=("comment", 2))
    assert send_mails() == 1
    assert "commented" in outbox.outbox[1].subject


def test_who_wants_no_mails_at_all_says_so_on_the_same_page(client, ana, told):
    client.post(unsubscribe(ana, Matter.ANSWER), {"all": "1"})
    ana.refresh_from_db()
    assert not ana.mail_notices
    assert send_mails() == 0


CHOICE = {matter.value: "now" for matter in Matter}


def test_somebody_chooses_how_soon_for_each_matter(anas, ana, told):
    chosen = CHOICE | {"answer": "weekly", "comment": "never", "mail_notices": "on", "mails_name_subjects": "on"}
    assert anas.post("/settings/notifications/", chosen).status_code == 303
    assert (chosen_by(ana)["answer"], chosen_by(ana)["comment"]) == ("weekly", "never")
    assert anas.post("/settings/notifications/", CHOICE | {"answer": "hourly"}).status_code == 422
    ana.refresh_from_db()
    assert ana.mail_notices and ana.mails_name_subjects
    assert anas.post("/settings/notifications/", CHOICE).status_code == 303
    ana.refresh_from_db()
    assert not ana.mail_notices


def test_a_forged_way_out_is_none(client, ana, ben):
    theirs = unsubscribe_token(ben.pk)
    forged = f"{ana.pk}:{theirs.partition(':')[2]}"
    for token in (forged, "x", str(ana.pk), f"{ana.pk}:", "😵", "1:%00"):
        response = client.post(f"/notifications/unsubscribe/{token}/")
        assert response.status_code == 404
    ana.refresh_from_db()
    assert ana.mail_notices
