"""What a page asks of the database: a few statements, and as many for a crowd as for a few."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import announcements
from moderation import distress
from search import synonyms
from tests import crowd, pages
from tests.pages import SIGHTS, STOCK_ADMIN, Sight
from tests.stage import GUEST, Stage

pytestmark = pytest.mark.django_db

# Statements of a page, with its session and its user, and how many more where it suggests what may answer a question.
SIGNED_OUT, SIGNED_IN, REVIEW, SUGGESTIONS = 8, 12, 25, 8
# The inbox looks up each kind of what it is about at once, and a crowd brings kinds that were not there before.
KINDS_MORE = {"inbox": 1, "inbox, with what is gone": 2}
COUNTED = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)
LOOKED_AT = {
    label: sight
    for label, sight in SIGHTS.items()
    if sight.status == 200 and sight.before is None and sight.typed is None and label not in ("mails", "mail")
}


def statements(stage: Stage, sight: Sight) -> list[str]:
    """What a page asks on a process that has shown it before, with an empty cache."""
    cache.clear()
    # What is announced, the rules of distress and the synonyms are asked for once a minute by all pages together: see
    # tests/core/test_announcements.py, tests/moderation/test_rules_of_distress.py and tests/search/test_synonyms.py.
    announcements.current()
    distress.current()
    synonyms.current()
    client = sight.client(stage)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(sight.path(stage))
    assert response.status_code == 200
    return [one["sql"] for one in captured if COUNTED.match(one["sql"])]


def budget(stage: Stage, label: str) -> int | None:
    sight = LOOKED_AT[label]
    name = pages.name_of(sight.path(stage))
    if name == STOCK_ADMIN:
        return None
    if name.startswith("review:"):
        return REVIEW
    most = SIGNED_OUT if sight.who == GUEST else SIGNED_IN
    return most + SUGGESTIONS if name == "forum:ask" else most


def keep_their_budgets(stage: Stage, looked_at: dict[str, Sight]) -> None:
    for sight in looked_at.values():
        sight.open(stage)
    few = {label: statements(stage, sight) for label, sight in looked_at.items()}
    crowd.fill(stage)
    faults = []
    for label, sight in looked_at.items():
        most, many = budget(stage, label), statements(stage, sight)
        if most is not None and len(many) > min(most, len(few[label]) + KINDS_MORE.get(label, 0)):
            faults.append(f"{label}: {len(few[label])}, of a crowd {len(many)}, at most {most}\n" + "\n".join(many))
    assert not faults, "\n\n".join(faults)


def test_a_page_keeps_its_budget_however_many_there_are(stage):
    """The first sight of each page as guests have it, and the first as others do; `make soak` takes all."""
    first: dict[tuple[str, bool], str] = {}
    for label, sight in LOOKED_AT.items():
        first.setdefault((pages.name_of(sight.path(stage)), sight.who == GUEST), label)
    keep_their_budgets(stage, {label: LOOKED_AT[label] for label in first.values()})


@pytest.mark.soak
def test_every_sight_keeps_its_budget(stage):
    keep_their_budgets(stage, LOOKED_AT)
