"""What can never be false: the log is never changed, and the constraints hold."""

import uuid

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from moderation import actions, triggers
from moderation.models import Decision, Report, ReviewItem, Words
from tests.factories import item_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(held, mia) -> Decision:
    item = item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please say more.")
    return Decision.objects.get()


def guards() -> dict[str, str]:
    """By name, the table of each."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname || ' on ' || tgrelid::regclass, tgrelid::regclass::text FROM pg_trigger "
                "WHERE NOT tgisinternal"
            )
        return {name: table for name, table in cursor if table in triggers.TABLES}


def test_the_log_is_guarded():
    names = {
        "sqlite": ("{table}_no_update", "{table}_no_delete"),
        "postgresql": ("{table}_no_change on {table}",),
    }[connection.vendor]
    assert guards() == {name.format(table=table): table for table in triggers.TABLES for name in names}


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_log(decision, act):
    change = {
        "update": lambda: Decision.objects.filter(pk=decision.pk).update(code="kept"),
        "delete": lambda: Decision.objects.filter(pk=decision.pk).delete(),
    }
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        change[act]()
    assert Decision.objects.get().code == "returned"


def test_every_migration_makes_the_guards_again(decision):
    with connection.cursor() as cursor:
        for name in guards():
            cursor.execute(f"DROP TRIGGER {name}")
    assert not guards()
    call_command("migrate", verbosity=0)
    assert guards()


def test_words_go_and_the_log_stays(decision):
    Words.objects.all().delete()
    assert Decision.objects.count() == 1


# Constraints


def refused(make) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_version_of_an_item_is_decided_once(decision, mo):
    again = {"item_id": decision.item_id, "item_version": decision.item_version}
    refused(lambda: Decision.objects.create(**again, moderator=mo, code="kept", target_kind="question", target_id=1))


def test_a_decision_against_a_post_names_the_rule_and_no_other_does(held, mia):
    def make(code, rule):
        item = item_of(held)
        Decision.objects.create(
            item=item, item_version=0, moderator=mia, code=code, rule=rule, target_kind="question", target_id=held.pk
        )

    refused(lambda: make("rejected", ""))
    refused(lambda: make("hidden", ""))
    refused(lambda: make("approved", "unkind"))


def test_there_are_no_empty_words(decision):
    Words.objects.all().delete()
    refused(lambda: Words.objects.create(decision=decision, to_author=""))


@pytest.mark.parametrize("model", [ReviewItem, Report])
def test_an_item_and_a_report_are_about_exactly_one_thing(model, question, answer):
    fields = {"reason": "unkind", "submission_key": uuid.uuid4()} if model is Report else {}
    refused(lambda: model.objects.create(**fields))
    refused(lambda: model.objects.create(question=question, answer=answer, **fields))


def test_there_is_one_open_item_about_one_thing(question, eve):
    for about in ({"question": question}, {"member": eve}):
        ReviewItem.objects.create(**about)
        refused(lambda about=about: ReviewItem.objects.create(**about))
        ReviewItem.objects.filter(**about).update(state="closed", closed_at=timezone.now())
        ReviewItem.objects.create(**about)


def test_a_closed_item_says_when_and_an_open_one_does_not(question, answer):
    refused(lambda: ReviewItem.objects.create(question=question, state="closed"))
    refused(lambda: ReviewItem.objects.create(answer=answer, closed_at=timezone.now()))


def test_a_form_sent_twice_is_one_report(question):
    key = uuid.uuid4()
    Report.objects.create(question=question, reason="unkind", submission_key=key)
    refused(lambda: Report.objects.create(question=question, reason="unkind", submission_key=key))
