"""What happens at the same moment. These commit, and run in threads on either database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail as outbox
from django.db import connection

from accounts.models import User
from notifications.actions import mark_all_read, mark_read, notify, withdraw
from notifications.models import Notification
from notifications.sweeps import count_unread, send_mails

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("shelf")]


def at_once(*calls: Callable[[], object]) -> list[object]:
    """The results of `calls`, which all begin together, each on a connection of its own."""
    start = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        try:
            start.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def exact(user: User) -> int:
    user.refresh_from_db(fields=["unread_count"])
    assert user.unread_count == Notification.objects.filter(recipient=user).unread().count()
    return user.unread_count


def test_several_sweeps_at_once_send_each_mail_once(ana, ben):
    for number in range(6):
        notify([ana.pk, ben.pk], kind="answer", subject=("answer", number))
    sent = at_once(*[send_mails] * 4)
    assert sum(sent) == 2
    assert sorted(message.body.count("/n/") for message in outbox.outbox) == [6, 6]


def test_told_the_same_by_several_at_once_is_told_once(ana):
    at_once(*[lambda: notify([ana.pk], kind="answer", subject=("answer", 1))] * 5)
    assert exact(ana) == 1


def test_the_count_stays_exact_whatever_happens_at_once(ana, ben):
    for number in range(4):
        notify([ana.pk, ben.pk], kind="answer", subject=("answer", number))
    first = Notification.objects.filter(recipient=ana).first()
    newest = Notification.objects.latest("pk").pk
    at_once(
        lambda: mark_read(recipient_id=ana.pk, ids=[first.pk]),
        lambda: withdraw(("answer", first.subject_id)),
        lambda: mark_all_read(recipient_id=ana.pk, up_to=newest),
        lambda: withdraw(("answer", 2)),
        lambda: notify([ben.pk, ana.pk], kind="answer", subject=("answer", 9)),
        lambda: notify([ana.pk, ben.pk], kind="helped", subject=("answer", 9)),
    )
    # Who was held by one of these when another came is counted by the worker.
    count_unread()
    assert exact(ana) == 2
    assert exact(ben) == 4
