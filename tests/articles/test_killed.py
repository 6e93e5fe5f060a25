"""A worker that is killed while it publishes on schedule: each text reaches readers once, whole, and none is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from articles import actions, sweeps
from articles.models import Article, Step
from forum.actions import link_question
from forum.models import Telling
from search.models import Entry
from tests.factories import make_draft, make_question
from tests.notifications.test_killed import MailServer, wait_for, worker

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

MANY, KILLS = 120, 4

# Publishes what is due, and dies the moment it comes to the function that is named.
PUBLISHES = """
import os, signal, sys
from unittest.mock import patch
import django
django.setup()
from articles import sweeps

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

with patch(sys.argv[1], die):
    sweeps.publish_scheduled()
"""
MOMENTS = [
    "articles.actions.publishing.current_text",
    "articles.actions.publishing.missing_for",
    "articles.actions.publishing.give",
    "search.index.put",
    "articles.publishing.came_or_went",
    "articles.publishing.announce",
    "articles.actions.publishing.record",
]


def make_due(ed, rae, question, number: int) -> Article:
    draft = make_draft(ed, f"Twitching, part {number}", slug=f"part-{number}", topic=question.topic)
    link_question(article=draft, question=question)
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    in_a_year = timezone.localdate() + timedelta(days=365)
    actions.schedule(article=draft, editor=ed, at=timezone.now() + timedelta(days=1), next_review_on=in_a_year)
    return draft


def bring_due() -> None:
    Article.objects.filter(scheduled__isnull=False).update(scheduled_for=timezone.now() - timedelta(minutes=1))


def state() -> list:
    rows = (Article, Step, Telling, Entry)
    return [list(model.objects.order_by("pk").values()) for model in rows]


def publish_and_die(moment: str, folder: str) -> None:
    place = connection.settings_dict
    on_server = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)
    variables = {
        "DATABASE_URL": f"sqlite:///{place['NAME']}" if connection.vendor == "sqlite" else on_server,
        "DATA_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-c", PUBLISHES, moment]
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=os.environ | variables, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2_000:]


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_is_half_published_and_the_next_worker_does_it(ed, rae, question, tmp_path, moment):
    due = make_due(ed, rae, question, 1)
    bring_due()
    before = state()
    publish_and_die(moment, str(tmp_path))
    assert state() == before
    assert (sweeps.publish_scheduled(), sweeps.publish_scheduled()) == (1, 0)
    due.refresh_from_db()
    assert due.is_published and Step.objects.filter(kind="published").count() == 1


def test_of_many_each_reaches_readers_once_however_often_the_worker_is_killed(ed, rae, ana, tmp_path):
    question = make_question(ana)
    due = [make_due(ed, rae, question, number) for number in range(MANY)]
    bring_due()
    waiting = Article.objects.filter(scheduled__isnull=False)
    given = Step.objects.filter(kind="published")
    with MailServer() as server:
        for _ in range(KILLS):
            some = given.count() + random.randrange(3, MANY // (KILLS + 1))
            with worker(server, str(tmp_path)) as one:
                wait_for(lambda some=some: given.count() >= some, one)
                time.sleep(random.uniform(0, 0.05))
            assert waiting.exists()
        with worker(server, str(tmp_path)) as one, worker(server, str(tmp_path)) as other:
            wait_for(lambda: not waiting.exists(), one, other)
    assert Counter(given.values_list("revision__article", flat=True)) == Counter(article.pk for article in due)
    assert Article.objects.published().count() == MANY
    call_command("check_integrity")
    assert not question.prompts.filter(announced_at=None).exists()
