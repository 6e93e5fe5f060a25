"""What a page asks of the database: a few statements, and as many for a crowd as for a few."""

import re
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings

from tests import crowd, pages
from tests.pages import SIGHTS, STOCK_ADMIN, Sight
from tests.stage import GUEST, Stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.urls")]

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
    """What a page asks on a warm process with an empty cache."""
    sight.open(stage)
    cache.clear()
    client = sight.client(stage)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(sight.path(stage))
    assert response.status_code == 200
    return [one["sql"] for one in captured if COUNTED.match(one["sql"])]


@pytest.fixture(scope="module")
def asked(stage, django_db_blocker) -> Iterator[dict[str, tuple[list[str], list[str]]]]:
    """By label, what each page asks on the stage as it is and once there is a crowd on it."""
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.urls"):
        few = {label: statements(stage, sight) for label, sight in LOOKED_AT.items()}
        crowd.fill(stage)
        many = {label: statements(stage, sight) for label, sight in LOOKED_AT.items()}
    return {label: (few[label], many[label]) for label in LOOKED_AT}


def budget(stage: Stage, label: str) -> int | None:
    sight = LOOKED_AT[label]
    name = pages.name_of(sight.path(stage))
    if name == STOCK_ADMIN:
        return None
    if name.startswith("review:"):
        return REVIEW
    most = SIGNED_OUT if sight.who == GUEST else SIGNED_IN
    return most + SUGGESTIONS if name == "forum:ask" else most


@pytest.mark.parametrize("label", LOOKED_AT)
def test_a_page_keeps_its_budget_however_many_there_are(stage, asked, label):
    few, many = asked[label]
    most = budget(stage, label)
    if most is not None:
        assert len(many) <= most, "\n".join(many)
        assert len(many) <= len(few) + KINDS_MORE.get(label, 0), "\n".join(many)
