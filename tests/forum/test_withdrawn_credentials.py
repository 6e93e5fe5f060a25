"""What a clinician wrote vouches for nothing once their credential was withdrawn."""

from datetime import timedelta

import pytest
from django.utils import timezone

import search.query
from accounts import actions as accounts
from core.models import Limit
from forum import actions, sweeps
from search.models import Entry
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
    assert sweeps.heed_credentials() == 1
    answered.refresh_from_db()
    assert not answered.clinician_replied
    assert search.query.suggest("stomach twitching after a bug", user=ana)[0].stands_on == "A member’s answer"
    assert "a clinician replied" not in client.get("/questions/").content.decode()
    assert actions.recount(check=True) == []


def test_an_answer_is_quoted_again_when_whoever_called_it_out_of_date_is_no_clinician_any_more(
    cleo, eve, ben, question
):
    def quoted() -> str:
        Limit.objects.all().delete()
        sweeps.heed_credentials()
        return Entry.objects.get(kind="question", object_id=question.pk).answer

    answer = factories.make_answer(ben, question, "Twitching of the stomach often passes with rest.")
    for member in (cleo, eve):
        actions.mark_outdated(answer=answer, member=member)
    assert quoted() == ""
    accounts.withdraw_credential(credential=cleo.credentials.get())
    assert quoted() == answer.body
    # Whose word counted little when they said it.
    later = timezone.now() + timedelta(days=365)
    accounts.verify_clinician(user=eve, line="neurology", country="GB", expires=later)
    assert quoted() == ""
