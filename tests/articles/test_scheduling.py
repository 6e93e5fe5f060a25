"""Publishing at a time that an editor chose: by the worker, once, and only what may still be published then."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from articles import actions, sweeps
from articles.actions import NotReady
from articles.models import Article, Source, Step
from notifications.models import Notification
from tests.articles.test_admin_form import address, typed
from tests.factories import make_draft, make_user


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def in_a_year():
    return timezone.localdate() + timedelta(days=365)


@pytest.fixture
def signed(ed, rae) -> Article:
    draft = make_draft(ed)
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    return draft


@pytest.fixture
def scheduled(ed, signed) -> Article:
    actions.schedule(article=signed, editor=ed, at=tomorrow(), next_review_on=in_a_year(), for_readers="New sources.")
    return signed


def test_the_worker_publishes_what_is_due_once(ed, scheduled):
    assert (scheduled.state, sweeps.publish_scheduled()) == ("scheduled", 0)
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        assert (sweeps.publish_scheduled(), sweeps.publish_scheduled()) == (1, 0)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.live.number, scheduled.scheduled) == ("published", 1, None)
    kinds = [step.kind for step in Step.objects.all()]
    assert kinds == ["scheduled", "published"]
    assert Step.objects.get(kind="published").note == "New sources."
    assert scheduled.next_review_on == in_a_year()


def test_readers_keep_their_text_until_then(ed, rae, article):
    article.body += "\n\nMore."
    actions.sign_off(revision=actions.save(article=article, editor=ed), reviewer=rae)
    actions.schedule(article=article, editor=ed, at=tomorrow(), next_review_on=in_a_year())
    article.refresh_from_db()
    assert (article.state, article.live.number, article.scheduled.number) == ("published", 1, 2)
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        sweeps.publish_scheduled()
    article.refresh_from_db()
    assert article.live.number == 2


def test_what_nobody_signed_is_not_scheduled(ed):
    with pytest.raises(NotReady, match="sign off revision 1"):
        actions.schedule(article=make_draft(ed), editor=ed, at=tomorrow(), next_review_on=in_a_year())


@pytest.mark.parametrize(
    ("at", "day", "lack"),
    [
        (timedelta(minutes=-1), 365, "still to come"),
        (timedelta(days=9), 8, "after the day on which readers get the text"),
    ],
)
def test_a_time_that_makes_no_sense_is_refused(ed, signed, at, day, lack):
    day = timezone.localdate() + timedelta(days=day)
    with pytest.raises(NotReady, match=lack):
        actions.schedule(article=signed, editor=ed, at=timezone.now() + at, next_review_on=day)


def test_whoever_changes_the_text_takes_it_off_the_schedule(ed, scheduled):
    scheduled.body += "\n\nMore."
    actions.save(article=scheduled, editor=ed)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.scheduled, scheduled.scheduled_for) == ("draft", None, None)


def test_an_editor_takes_it_off_the_schedule(ed, scheduled):
    for _ in range(2):
        actions.call_off(article=scheduled, editor=ed)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.scheduled) == ("draft", None)
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        assert sweeps.publish_scheduled() == 0
    assert Step.objects.filter(kind="called_off").count() == 1


def test_what_is_archived_meanwhile_is_not_published(ed, scheduled):
    actions.archive(article=scheduled, editor=ed)
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        assert sweeps.publish_scheduled() == 0
    scheduled.refresh_from_db()
    assert scheduled.state == "archived"


def test_an_archived_article_is_archived_until_then(client, ed, rae, article):
    actions.archive(article=article, editor=ed)
    article.body += "\n\nMore."
    actions.sign_off(revision=actions.save(article=article, editor=ed), reviewer=rae)
    actions.schedule(article=article, editor=ed, at=tomorrow(), next_review_on=in_a_year())
    assert client.get(article.get_absolute_url()).status_code == 410
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        assert sweeps.publish_scheduled() == 1
    assert client.get(article.get_absolute_url()).status_code == 200


def test_who_edits_no_more_is_not_the_only_one_told(ed, scheduled, monkeypatch):
    max_ = make_user("max", is_editor=True)
    User.objects.filter(pk=ed.pk).update(is_editor=False)
    monkeypatch.setattr("articles.rules.missing_in_text", lambda text: ["A picture is gone."])
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        sweeps.publish_scheduled()
    assert Notification.objects.get().recipient == max_


def test_who_saves_is_told_that_it_is_off_the_schedule(desk, scheduled):
    fields = typed(desk, address(scheduled), body="Other words.[^1]")
    page = desk.post(address(scheduled), fields, follow=True).content.decode()
    assert "It is off the schedule" in page


def test_what_is_missing_then_goes_back_and_the_editor_is_told(ed, scheduled, monkeypatch):
    monkeypatch.setattr("articles.rules.missing_in_text", lambda text: ["A picture is gone."])
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        assert (sweeps.publish_scheduled(), sweeps.publish_scheduled()) == (1, 0)
    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.live, scheduled.scheduled) == ("draft", None, None)
    assert Step.objects.get(kind="sent_back").note == "A picture is gone."
    told = Notification.objects.get()
    assert (told.recipient, told.kind, told.subject) == (ed, "not_published", ("working_copy", scheduled.pk))


def test_a_worker_that_is_killed_in_between_leaves_it_to_the_next(scheduled, monkeypatch):
    """Whatever it had done is rolled back, as the database does for a process that is gone."""

    def killed(article, changes):
        raise KeyboardInterrupt

    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr("articles.publishing.announce", killed)
            sweeps.publish_scheduled()
        scheduled.refresh_from_db()
        assert scheduled.state == "scheduled"
        assert sweeps.publish_scheduled() == 1
    assert Step.objects.filter(kind="published").count() == 1


def test_of_two_workers_the_second_comes_too_late(scheduled, monkeypatch):
    """Both have read the row before either takes it off the schedule."""
    row = Article.objects.get()
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        sweeps.publish_scheduled()
        monkeypatch.setattr("articles.models.articles.ArticleQuerySet.first", lambda self: row)
        assert not actions.publish_scheduled(article_id=row.pk)
    assert Step.objects.filter(kind="published").count() == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "scheduled", "scheduled": None, "scheduled_for": None, "scheduled_next_review_on": None},
        {"scheduled_for": None},
        {"scheduled_next_review_on": None},
        {"state": "in_review"},
    ],
    ids=str,
)
def test_the_database_knows_no_half_a_schedule(scheduled, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=scheduled.pk).update(**columns)


def test_a_source_that_goes_is_no_change_of_what_was_scheduled(scheduled):
    """Everything is asked of the revision, which never changes."""
    Source.objects.all().delete()
    with time_machine.travel(tomorrow() + timedelta(minutes=1)):
        sweeps.publish_scheduled()
    scheduled.refresh_from_db()
    assert scheduled.is_published
