"""How long things are kept, what a person gets of them, and what is erased."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from moderation import actions, privacy, sweeps
from moderation.models import Decision, Report, ReviewItem, Words
from tests.factories import item_of

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=181)


@pytest.fixture
def words(held, mia) -> Words:
    item = item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please leave the name out.")
    return Words.objects.get()


@pytest.fixture
def report(question, eve) -> Report:
    fields = {"reason": "unkind", "note": "He is rude.", "contact": "", "submission_key": uuid.uuid4()}
    return actions.report(thing=question, reporter=eve, **fields)


# Sweeps


def test_words_are_kept_for_180_days(words):
    assert sweeps.forget_words() == 0
    Words.objects.update(written_at=LONG_AGO)
    assert sweeps.forget_words() == 1
    assert Decision.objects.count() == 1


def test_what_a_reporter_wrote_is_kept_for_180_days_or_until_it_is_decided(report, question, mia):
    Report.objects.update(created_at=LONG_AGO, contact="eve@example.org")
    assert sweeps.forget_words() == 0
    item = item_of(question)
    actions.keep(item=item, version=item.version, moderator=mia)
    assert sweeps.forget_words() == 1
    assert sweeps.forget_words() == 0
    report.refresh_from_db()
    assert (report.note, report.contact, report.reason) == ("", "", "unkind")


# One's data


def test_people_get_their_reports_and_what_was_decided_about_their_posts(words, report, newt, eve, question):
    assert (
        privacy.export(eve)["reports"][0] | {"reason": "unkind", "note": "He is rude.", "question": question.pk}
        == (privacy.export(eve)["reports"][0])
    )
    decision = privacy.export(newt)["decisions_about_my_posts"][0]
    assert (decision["code"], decision["words__to_author"]) == ("returned", "Please leave the name out.")
    assert "moderator" not in decision


def test_whoever_reported_me_is_not_in_my_data(report, ana):
    assert not any(privacy.export(ana).values())


def test_erasing_a_person_leaves_reports_without_their_words(report, eve):
    for _ in range(2):
        privacy.erase(eve)
    report.refresh_from_db()
    assert (report.reporter, report.note, report.reason) == (None, "", "unkind")


def test_erasing_a_person_takes_the_words_to_them_and_leaves_the_log(words, newt):
    privacy.erase(newt)
    assert not Words.objects.exists()
    assert Decision.objects.count() == 1


def test_erasing_a_reported_member_closes_the_matter(eve):
    actions.report(
        thing=eve, reporter=None, reason="unkind", note="Eve, of 1 Lane", contact="", submission_key=uuid.uuid4()
    )
    privacy.erase(eve)
    assert not ReviewItem.objects.open().exists()
    assert Report.objects.get().note == ""


def test_erasing_a_moderator_frees_what_they_had_taken_up(held, mia):
    actions.claim(item=item_of(held), moderator=mia)
    privacy.erase(mia)
    assert item_of(held).claimed_by is None
