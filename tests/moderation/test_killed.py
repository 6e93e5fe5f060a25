"""A moderator's process that is killed in the middle of a decision leaves nothing half done."""

import os
import signal
import subprocess
import sys
import tempfile
import uuid

import pytest
from django.conf import settings
from django.db import connection

from forum.models import Question
from moderation import actions
from moderation.models import Decision, Handover, ReviewItem, Words
from notifications.models import Notification
from tests import factories
from tests.factories import item_of
from tests.moderation.test_order import found_in

pytestmark = [pytest.mark.soak, pytest.mark.django_db(transaction=True)]

# Decides about an item, and dies the moment it comes to the function that is named last.
DECIDES = """
import os, signal, sys
from unittest.mock import patch
import django
django.setup()
from accounts.models import User
from moderation import actions, undoing
from moderation.models import Decision, ReviewItem

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

item_id, action, moment = sys.argv[1:]
moderator = User.objects.get(handle="mia")
item = ReviewItem.objects.for_page().get(pk=item_id)
words = {
    "approve": {},
    "edit_and_approve": {"title": "Does it help?", "body": "It began.", "words": "I took a name out."},
    "reject": {"rule": "copied", "words": "It is copied."},
    "hide": {"rule": "copied", "words": "It is copied."},
}
with patch(moment, die):
    if action == "escalate":
        actions.escalate(item=item, moderator=moderator, note="Please look.")
    elif action == "undo":
        undoing.undo(decision=Decision.objects.get(), moderator=moderator)
    else:
        getattr(actions, action)(item=item, version=item.version, moderator=moderator, **words[action])
"""
MOMENTS = [
    ("approve", "forum.actions.publish"),
    ("approve", "forum.documents.index"),
    ("approve", "notifications.actions.notify"),
    ("edit_and_approve", "forum.actions.publish"),
    ("reject", "forum.actions.send_back"),
    ("reject", "notifications.actions.notify"),
    ("hide", "forum.actions.hide"),
    ("hide", "notifications.actions.notify"),
    ("escalate", "moderation.models.Handover.objects.create"),
    ("escalate", "notifications.actions.notify"),
    ("undo", "moderation.undoing.weigh"),
    ("undo", "notifications.actions.notify"),
]


def state() -> list:
    rows = (ReviewItem, Decision, Words, Handover, Question, Notification)
    return [list(model.objects.order_by("pk").values()) for model in rows]


def run_and_die(item: ReviewItem, action: str, moment: str) -> None:
    place = connection.settings_dict
    on_server = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**place)
    with tempfile.TemporaryDirectory() as folder:
        variables = {
            "DATABASE_URL": f"sqlite:///{place['NAME']}" if connection.vendor == "sqlite" else on_server,
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-c", DECIDES, str(item.pk), action, moment]
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, env=os.environ | variables, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2_000:]


@pytest.mark.parametrize(("action", "moment"), MOMENTS)
def test_nothing_is_half_done_and_another_decides(held, question, mia, mo, action, moment):
    post = question if action == "hide" else held
    if action == "hide":
        actions.report(thing=post, reporter=None, reason="copied", note="", contact="", submission_key=uuid.uuid4())
    item = item_of(post)
    if action == "escalate":
        item = found_in(item, "emergency", 5)
        factories.make_user("una", is_moderator=True, is_senior_moderator=True)
    if action == "undo":
        actions.approve(item=item, version=item.version, moderator=mo)
    else:
        actions.claim(item=item, moderator=mia)
    before = state()
    run_and_die(item, action, moment)
    assert state() == before
    if action == "undo":
        return
    decide = actions.keep if action == "hide" else actions.approve
    decide(item=item, version=item.version, moderator=mo)
    assert Decision.objects.get().moderator == mo
