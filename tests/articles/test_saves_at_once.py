"""Several editors press Save in the same moment, and each began with the same text: one is first, the others are asked,
and nothing is written over what somebody saved."""

from typing import Any

import pytest
from django.test import Client

from articles.models import StandingPage
from tests.articles import test_admin_form, test_standing_pages
from tests.factories import make_draft, make_user
from tests.forum.test_marks_at_once import at_once

EDITORS = 6

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def desks(settings) -> list[Client]:
    settings.REQUIRE_STAFF_MFA = False
    clients = [Client() for _ in range(EDITORS)]
    for number, client in enumerate(clients):
        client.force_login(make_user(f"editor-{number}", is_editor=True, is_staff=True))
    return clients


def save_at_once(desks: list[Client], url: str, fields: dict[str, Any]) -> list[int]:
    answers: list[int] = []

    def save(number: int, client: Client) -> None:
        answers.append(client.post(url, fields | {"body": f"## Of editor {number}"}).status_code)

    at_once([lambda number=number, client=client: save(number, client) for number, client in enumerate(desks)])
    return sorted(answers)


ONE_OF_THEM = [303] + [422] * (EDITORS - 1)


def test_of_an_article_one_text_is_saved(desks, ed):
    draft = make_draft(ed)
    url = test_admin_form.address(draft)
    assert save_at_once(desks, url, test_admin_form.typed(desks[0], url)) == ONE_OF_THEM
    assert draft.revisions.count() == 2


@pytest.mark.parametrize("before", [0, 1], ids=["the first text", "another text"])
def test_of_a_standing_page_one_text_is_saved(desks, before):
    StandingPage.objects.bulk_create([StandingPage(name="rules")], ignore_conflicts=True)
    for _ in range(before):
        test_standing_pages.save(desks[0], "rules", body="## Before")
    url = test_standing_pages.address("rules")
    assert save_at_once(desks, url, test_standing_pages.typed(desks[0], "rules")) == ONE_OF_THEM
    assert StandingPage.objects.get(name="rules").revisions.count() == before + 1
