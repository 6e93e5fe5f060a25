"""A text is found still right, and editors are told in time that it has to be checked."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from articles import actions, sweeps
from articles.models import Article, Step
from core.models import Limit
from core.rulings import Refused
from notifications import subjects
from notifications.models import Notification
from tests.factories import make_article, make_credential, make_user


@pytest.fixture
def ray(db):
    ray = make_user("ray", is_reviewer=True)
    make_credential(ray, "general practice, Ireland", expires_at=timezone.now() + timedelta(days=900))
    return ray


def later(days: int):
    return timezone.localdate() + timedelta(days=days)


def warn() -> list[tuple[str, str]]:
    """What the worker tells whom, some days on."""
    Limit.objects.all().delete()
    cache.clear()
    before = set(Notification.objects.values_list("pk", flat=True))
    sweeps.warn_of_checks()
    return [(one.recipient.handle, one.kind) for one in Notification.objects.exclude(pk__in=before).order_by("pk")]


# Still right


def test_a_reviewer_moves_the_dates_in_one_step(article, ray):
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert article.is_overdue
        day = later(700)
        actions.find_still_right(article=article, reviewer=ray, next_review_on=day)
        article.refresh_from_db()
        assert (article.checked_on, article.next_review_on, article.is_overdue) == (timezone.localdate(), day, False)
    assert article.checked_by == "ray, general practice, Ireland"
    step = Step.objects.get(kind="checked")
    assert (step.revision, step.editor, step.note) == (article.live, ray, article.checked_by)


def test_readers_see_who_found_it_still_right(client, article, ray):
    actions.find_still_right(article=article, reviewer=ray, next_review_on=later(700))
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Medically reviewed by rae, neurology, United Kingdom" in page
    assert "Found still right by ray, general practice, Ireland" in page


def test_whoever_wrote_it_does_not_find_it_still_right(ed, ray, article):
    make_credential(ed)
    ed.is_reviewer = True
    with pytest.raises(Refused, match="worked on this text yourself"):
        actions.find_still_right(article=article, reviewer=ed, next_review_on=later(700))


def test_only_a_reviewer_with_a_credential_does(ed, ray, article):
    with pytest.raises(Refused, match="Only medical reviewers"):
        actions.find_still_right(article=article, reviewer=ed, next_review_on=later(700))
    ray.credentials.update(withdrawn_at=timezone.now())
    with pytest.raises(Refused, match="credential"):
        actions.find_still_right(article=article, reviewer=ray, next_review_on=later(700))


def test_what_readers_do_not_have_is_not_found_right(ed, ray, article):
    actions.archive(article=article, editor=ed)
    with pytest.raises(Refused, match="do not have this article"):
        actions.find_still_right(article=article, reviewer=ray, next_review_on=later(700))


# Warnings


def test_editors_are_told_90_and_30_days_before_once_each(ed, article):
    Article.objects.update(next_review_on=later(100))
    now = timezone.now()
    told = {}
    for day in (0, 9, 10, 11, 69, 70, 71, 99, 101):
        with time_machine.travel(now + timedelta(days=day)):
            told[day] = warn()
    assert {day: kinds for day, kinds in told.items() if kinds} == {
        10: [("ed", "check_in_90_days")],
        70: [("ed", "check_in_30_days")],
    }


def test_what_is_near_already_is_told_once(ed, article):
    Article.objects.update(next_review_on=later(20))
    assert warn() == [("ed", "check_in_30_days")]
    assert warn() == []


def test_a_check_begins_the_warnings_anew(ed, ray, article):
    Article.objects.update(next_review_on=later(20))
    warn()
    actions.find_still_right(article=article, reviewer=ray, next_review_on=later(80))
    assert warn() == [("ed", "check_in_90_days")]


def test_when_its_editor_is_gone_all_are_told(ed, article):
    make_user("max", is_editor=True)
    ed.is_editor = False
    ed.save()
    Article.objects.update(next_review_on=later(20))
    assert warn() == [("max", "check_in_30_days")]


def test_a_worker_that_is_killed_has_told_nobody_and_the_next_tells_all(ed, article, monkeypatch):
    Article.objects.update(next_review_on=later(20))

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("articles.actions.warning.notify", killed)
        warn()
    assert warn() == [("ed", "check_in_30_days")]


def test_one_that_is_archived_is_left_alone(ed, rae, article):
    make_article(ed, rae, "Another that stays")
    actions.archive(article=article, editor=ed)
    Article.objects.update(next_review_on=later(20))
    assert [kind for _, kind in warn()] == ["check_in_30_days"]
    assert Notification.objects.get().subject_id != article.pk


def test_an_editor_reads_what_it_is_about_and_a_member_does_not(ed, ana, article):
    key = ("working_copy", article.pk)
    assert subjects.find([key], ed)[key].title == article.title
    assert subjects.find([key], ana) == {}
