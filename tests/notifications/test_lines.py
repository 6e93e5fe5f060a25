"""Several of one kind about one thread are one line, in the inbox and in mails."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail as outbox

from notifications.actions import mark_read, notify
from notifications.models import Notification
from notifications.sweeps import send_mails


@pytest.fixture
def anas(client, ana, shelf):
    client.force_login(ana)
    return client


def tell(ana, *numbers: int, kind: str = "answer") -> list[Notification]:
    for number in numbers:
        notify([ana.pk], kind=kind, subject=("answer", number))
    return list(Notification.objects.filter(subject_id__in=numbers, kind=kind).order_by("pk"))


def lines(client, **parameters) -> list[str]:
    """The words of each line of the inbox."""
    html = unescape(client.get("/notifications/", parameters).content.decode())
    items = re.findall(r'<li class="qrow[^>]*>(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<time.*?</time>", "", item)).split()) for item in items]


def links(client) -> list[str]:
    return re.findall(r'<a href="(/n/[\w-]+/)">', client.get("/notifications/").content.decode())


def test_new_answers_to_one_question_are_one_line_that_leads_to_the_oldest_and_is_read_as_a_whole(anas, ana, shelf):
    shelf.joined |= {1, 2, 4}
    first, second, _other, _third = tell(ana, 1, 2, 3, 4)
    mark_read(recipient_id=ana.pk, ids=[first.pk])
    assert lines(anas) == [
        "Unread 2 new answers to your question: Secret title 2",
        "Unread Somebody answered your question: Secret title 3",
    ]
    assert links(anas)[0] == second.get_absolute_url()
    assert anas.get(links(anas)[0])["Location"] == "/things/2/"
    ana.refresh_from_db()
    assert ana.unread_count == 1
    assert lines(anas)[0] == "3 new answers to your question: Secret title 1"


def test_the_unread_lines_add_up_to_the_number_beside_the_bell(anas, ana, shelf):
    shelf.joined |= set(range(30))
    tell(ana, *range(35))
    tell(ana, 1, 2, kind="helped")
    tell(ana, 1, 2, kind="approved")
    said = lines(anas)
    ana.refresh_from_db()
    assert sum(int((re.search(r"\d+(?= (?:new|of))", line) or ["1"])[0]) for line in said) == ana.unread_count == 39
    assert len(said) == 2 + 1 + 5 + 1


def test_what_is_no_longer_shown_stands_by_itself_and_is_not_read_with_the_others(anas, ana, shelf):
    shelf.joined |= {1, 2, 3}
    _first, _second, third = tell(ana, 1, 2, 3)
    shelf.hidden |= {1, 2}
    assert len(lines(anas)) == 3
    anas.get(third.get_absolute_url())
    ana.refresh_from_db()
    assert ana.unread_count == 2


def test_a_thread_that_goes_on_over_the_page_is_a_line_on_each_and_nothing_is_left_out(anas, ana, shelf):
    shelf.joined |= set(range(50))
    tell(ana, *range(50))
    assert lines(anas) == ["Unread 40 new answers to your question: Secret title 10"]
    after = re.search(r'after=([0-9-]+)"', anas.get("/notifications/").content.decode())[1]
    assert lines(anas, after=after) == ["Unread 10 new answers to your question: Secret title 0"]


def test_a_burst_is_mailed_in_the_words_of_the_inbox(ana, shelf, settings):
    settings.MAILS_WAIT = timedelta(minutes=3)
    shelf.joined |= {1, 2, 3}
    told = tell(ana, 1, 2, 3)
    Notification.objects.filter(pk=told[0].pk).update(mail_due_at=told[0].created_at)
    send_mails()
    (message,) = outbox.outbox
    assert message.subject == "Askwell: 3 new answers to your question"
    assert re.findall(r"/n/[\w-]+/", message.body) == [told[0].get_absolute_url()]
    assert "3 new answers to your question." in message.alternatives[0].content
