"""What a clinician wrote vouches for nothing once their credential was withdrawn."""

import pytest

import search.query
from accounts import actions as accounts
from forum import actions, sweeps
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(cleo, question):
    credential = cleo.credentials.get()
    factories.make_answer(
        cleo, question, "Twitching of the stomach often passes with rest.", basis="clinician", credential=credential
    )
    question.refresh_from_db()
    return question


def test_a_verified_clinician_vouches(answered, ana):
    assert answered.clinician_replied
    assert search.query.suggest("stomach twitching after a bug", user=ana)[0].stands_on.startswith("A clinician")


def test_a_withdrawn_one_does_not(client, cleo, answered, ana):
    accounts.withdraw_credential(credential=cleo.credentials.get())
    assert sweeps.heed_withdrawn_credentials() == 1
    answered.refresh_from_db()
    assert not answered.clinician_replied
    assert search.query.suggest("stomach twitching after a bug", user=ana)[0].stands_on == "A member’s answer"
    assert "a clinician replied" not in client.get("/questions/").content.decode()
    assert actions.recount(check=True) == []
