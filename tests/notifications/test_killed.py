"""A worker that is killed while it sends: nothing is lost, and only what was being handed over may come twice."""

import email
import os
import random
import re
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from notifications.actions import notify
from notifications.models import Notification
from tests import factories

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

PEOPLE, KILLS = 120, 3


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail, and keeps it before it says so."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                self.server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"250 fine\r\n")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@contextmanager
def worker(server: MailServer, folder: str) -> Iterator[subprocess.Popen]:
    """`manage.py worker` on the database of this test; killed at the end of the block."""
    place = connection.settings_dict
    on_server = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)
    variables = {
        "DATABASE_URL": f"sqlite:///{place['NAME']}" if connection.vendor == "sqlite" else on_server,
        "EMAIL_URL": "smtp://{}:{}".format(*server.server_address),
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(reached: Callable[[], bool], *workers: subprocess.Popen) -> None:
    """However long that takes here; pytest's own patience ends it where it never comes."""
    while not reached():
        assert all(one.poll() is None for one in workers), "The worker has ended."
        time.sleep(0.005)


def test_every_mail_goes_out_and_one_twice_for_each_kill_at_most(ana, ben, server, tmp_path):
    question = factories.make_question(ana)
    subjects = [("question", question.pk), ("answer", factories.make_answer(ben, question).pk)]
    Notification.objects.all().delete()
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", handle=f"p{n}") for n in range(PEOPLE))
    for subject in subjects:
        notify([person.pk for person in people], kind="followed", subject=subject)
    waiting = Notification.objects.filter(mail_due_at__isnull=False)

    for _ in range(KILLS):
        some = len(server.taken) + random.randrange(5, PEOPLE // (KILLS + 1))
        with worker(server, str(tmp_path)) as one:
            wait_for(lambda some=some: len(server.taken) >= some, one)
            time.sleep(random.uniform(0, 0.05))
        assert waiting.exists()
        # Ten minutes later.
        waiting.update(mail_claimed_until=None)
    with worker(server, str(tmp_path)) as one, worker(server, str(tmp_path)) as other:
        wait_for(lambda: not waiting.exists(), one, other)

    mails = [email.message_from_bytes(raw, policy=default) for raw in server.taken]
    told = {token for mail in mails for token in re.findall(r"/n/([\w-]+)/", mail.get_body(("plain",)).get_content())}
    assert told == set(Notification.objects.values_list("token", flat=True))
    assert len(told) == 2 * PEOPLE
    assert not Notification.objects.filter(mail_sent_at=None).exists()
    times = Counter(mail["To"] for mail in mails)
    assert len(times) == PEOPLE
    assert sum(times.values()) - PEOPLE <= KILLS
    # A mail program can tell that it has it already.
    assert len({mail["Message-ID"] for mail in mails}) == PEOPLE
