"""News in what somebody follows, many of them in one mail: by topic, the latest, and never more than they allowed."""

import pytest
from django.core import mail as outbox
from django.utils import timezone

from accounts.models import User
from notifications import subjects
from notifications.actions import choose_paces, notify
from notifications.kinds import Matter
from notifications.models import Notification
from notifications.subjects import Subject
from notifications.sweeps import send_mails

TOPICS = ("Muscles and nerves", "Sleep")


@pytest.fixture(autouse=True)
def shelf(monkeypatch) -> None:
    """Questions in two topics, and answers that are all to one of them."""

    def questions(ids, user) -> dict[int, Subject]:
        return {pk: Subject(f"Title {pk}", f"/{pk}/", ("question", pk), TOPICS[pk % 2]) for pk in ids}

    def answers(ids, user) -> dict[int, Subject]:
        return {pk: Subject("Title 10", f"/{pk}/", ("question", 10), TOPICS[0]) for pk in ids}

    monkeypatch.setattr(subjects, "_finders", {"question": questions, "answer": answers})


@pytest.fixture
def weekly(ana) -> User:
    choose_paces(user=ana, paces={Matter.FOLLOWED: "weekly"})
    return ana


def digest(
    reader: User, *, questions: range = range(0), answers: range = range(0), **others: int
) -> outbox.EmailMessage:
    for kind, numbers in (("question", questions), ("answer", answers)):
        for number in numbers:
            notify([reader.pk], kind="followed", subject=(kind, number))
    for kind, number in others.items():
        notify([reader.pk], kind=kind, subject=("answer", number))
    Notification.objects.update(mail_due_at=timezone.now())
    assert (send_mails(), send_mails()) == (1, 0)
    (message,) = outbox.outbox
    return message


def test_a_weekly_mail_is_one_and_names_nothing_unless_wanted(weekly):
    message = digest(weekly, questions=range(70), answers=range(3))
    assert message.subject == "Askwell: 73 things are new for you"
    for text in (message.body, message.alternatives[0].content):
        assert "70 new questions in what you follow." in text and "3 new answers in what you follow." in text
        assert "http://localhost:8000/notifications/" in text
        assert not any(word in text for word in (*TOPICS, "Title", "more:"))


def test_who_allowed_it_reads_titles_by_topic_twenty_at_most_and_how_many_more(weekly):
    User.objects.filter(pk=weekly.pk).update(mails_name_subjects=True)
    message = digest(weekly, questions=range(100, 130), answers=range(10, 13), helped=4)
    assert message.subject == "Askwell: 34 things are new for you"
    html = message.alternatives[0].content
    for text in (message.body, html):
        assert text.index("Your answer helped") < text.index(TOPICS[0]) < text.index(TOPICS[1])
        assert text.count("Title 1") == 21 and "And 11 more" in text
        assert "Title 110" not in text and "Title 111" in text
    assert "- 3 new answers: Title 10\n  http://localhost:8000/n/" in message.body
    assert message.body.index("Title 129") > message.body.index("Sleep") > message.body.index("Title 128")
    assert html.count("<h2") == html.count("<ul") == 2


def test_news_alone_are_called_so_and_one_press_ends_them(weekly):
    User.objects.filter(pk=weekly.pk).update(mails_name_subjects=True)
    message = digest(weekly, questions=range(2))
    assert message.subject == "Askwell: 2 new things in what you follow"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert Matter.FOLLOWED.value in address
