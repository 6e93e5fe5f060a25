"""Who follows something is told of what is new in it: once, by the worker, and only of what they may know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import notifications.actions
from accounts.models import Distance, User
from forum import actions
from forum.actions.telling import AT_ONCE, followers
from forum.models import Answer, Follow, Question, Telling
from forum.sweeps import tell_followers
from notifications.models import Notification
from tests import factories
from tests.forum.test_plans import plan, sorts

pytestmark = pytest.mark.django_db


def work() -> None:
    while tell_followers():
        pass


def told(post: Question | Answer) -> list[str]:
    """The handles of those who were told that it is new in what they follow."""
    work()
    about = Notification.objects.filter(kind="followed", subject_kind=post.kind, subject_id=post.pk, withdrawn_at=None)
    return sorted(about.values_list("recipient__handle", flat=True))


def follow(thing: object, *names: str) -> list[User]:
    people = [User.objects.filter(handle=name).first() or factories.make_user(name) for name in names]
    for person in people:
        actions.follow(thing=thing, member=person)
    return people


def crowd(thing: object, size: int) -> None:
    people = User.objects.bulk_create(User(email=f"c{n}@example.org", handle=f"c-{n}") for n in range(size))
    Follow.objects.bulk_create(Follow(member=person, topic=thing) for person in people)


def test_a_question_is_told_to_who_follows_its_topic_the_one_above_a_tag_its_article_or_who_asks_once_each(
    ana, ben, article
):
    above = factories.make_topic("Body")
    below = factories.make_topic("Arms", parent=above)
    before = factories.make_question(ben, topic=below, tags="Coffee, Sleep")
    work()
    for thing, *names in (
        (below, "of-topic", "of-all", "ana"),
        (above, "of-parent", "of-all"),
        (before.tags.get(slug="coffee"), "of-tag", "of-all"),
        (before.tags.get(slug="sleep"), "of-other-tag"),
        (factories.make_topic("Legs"), "of-other-topic"),
        (article, "of-article", "of-all"),
        (ana, "of-ana", "of-all"),
    ):
        follow(thing, *names)
    question = factories.make_question(ana, topic=below, tags="coffee", article=article)
    assert told(question) == ["of-all", "of-ana", "of-article", "of-parent", "of-tag", "of-topic"]
    assert not Telling.objects.exists()


def test_an_answer_is_told_to_who_follows_the_question_or_who_answers_but_not_twice(ana, ben, question):
    follow(question, "of-question", "named", "of-both")
    follow(ben, "of-ben", "of-both", "ana")
    answer = factories.make_answer(ben, question, body="Mine went away after a week. What do you say, @named?")
    assert told(answer) == ["of-ben", "of-both", "of-question"]
    kinds = Notification.objects.filter(subject_kind="answer", recipient__handle__in=["ana", "named"])
    assert sorted(kinds.values_list("recipient__handle", "kind")) == [("ana", "answer"), ("named", "mention")]
    assert told(factories.make_answer(ben, question, basis=Answer.Basis.SUPPORT, body="Hang in there.")) == []
    factories.make_comment(ben, question)
    assert not Telling.objects.exists()


def test_who_writes_without_their_name_is_followed_by_nobody(ana, ben, question):
    follow(ben, "of-ben")
    follow(question, "of-question")
    assert told(factories.make_question(ben, anonymous=True)) == []
    assert told(factories.make_answer(ben, question, anonymous=True)) == ["of-question"]


def test_who_lists_nothing_on_their_page_is_not_followed_in_it(ben, question):
    follow(ben, "of-ben")
    User.objects.filter(pk=ben.pk).update(shows_answers=False)
    ben.refresh_from_db()
    assert told(factories.make_answer(ben, question)) == []
    assert told(factories.make_question(ben)) == ["of-ben"]


def test_who_is_kept_at_a_distance_is_not_heard_of_unless_without_a_name(ben, topic):
    muting, _ = follow(topic, "muting", "other")
    blocked = follow(ben, "blocked")[0]
    Distance.objects.create(member=muting, other=ben, kind=Distance.Kind.MUTE)
    Distance.objects.create(member=ben, other=blocked, kind=Distance.Kind.BLOCK)
    assert told(factories.make_question(ben)) == ["other"]
    assert told(factories.make_question(ben, anonymous=True)) == ["muting", "other"]


def test_what_waits_is_told_when_it_is_published_and_what_was_hidden_meanwhile_is_not(newt, mia, topic):
    follow(topic, "of-topic", "reader")
    question = factories.make_question(newt)
    assert told(question) == []
    factories.approve(question, mia)
    actions.hide(post=Question.objects.get(pk=question.pk))
    assert told(question) == []
    actions.publish(post=Question.objects.get(pk=question.pk))
    assert told(question) == ["of-topic", "reader"]


def test_who_has_read_of_it_is_not_told_anew_when_it_is_shown_again_moved_or_tagged(ben, topic):
    reader, _ = follow(topic, "reader", "of-topic")
    legs = factories.make_topic("Legs")
    follow(legs, "of-legs")
    question = factories.make_question(ben)
    assert told(question) == ["of-topic", "reader"]
    ids = Notification.objects.filter(recipient=reader).values_list("pk", flat=True)
    notifications.actions.mark_read(recipient_id=reader.pk, ids=list(ids))
    actions.hide(post=question)
    assert told(question) == []
    actions.publish(post=question)
    assert told(question) == ["of-topic"]
    actions.move(question=question, topic=legs, as_seen=question.standing)
    actions.retag(question=question, names=["Coffee"])
    assert told(question) == ["of-topic"]


def test_a_crowd_is_told_some_at_a_time_and_a_crash_in_between_doubles_nobody(ben, topic, monkeypatch):
    crowd(topic, 2 * AT_ONCE + 20)
    question = factories.make_question(ben)
    assert tell_followers() == 1
    assert Notification.objects.count() == AT_ONCE

    def crash(*args: object, **words: object) -> None:
        notify(*args, **words)
        raise KeyboardInterrupt

    notify = notifications.actions.notify
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(notifications.actions, "notify", crash)
        tell_followers()
    assert (Notification.objects.count(), tell_followers()) == (AT_ONCE, 0)
    assert Telling.objects.get().attempts == 1
    Telling.objects.update(next_at=timezone.now() - timedelta(seconds=1))
    assert len(told(question)) == len(set(told(question))) == 2 * AT_ONCE + 20
    assert set(User.objects.filter(handle__startswith="c-").values_list("unread_count", flat=True)) == {1}


def test_of_two_workers_one_takes_it_up(ben, topic):
    factories.make_question(ben)
    telling = Telling.objects.get()
    assert (actions.take_up(telling), actions.take_up(telling)) == (True, False)


def test_followers_are_found_along_an_index_however_many_they_are(ana, ben, topic):
    crowd(factories.make_topic("Legs"), 2_000)
    follow(topic, "of-topic")
    question = factories.make_question(ana)
    answer = factories.make_answer(ben, question)
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for way in ("sort", "bitmapscan", "seqscan"):
                db.execute(f"SET LOCAL enable_{way} = off")
    for post, reasons in ((question, ("topic", "person")), (answer, ("question", "person"))):
        with CaptureQueriesContext(connection) as asked:
            followers(post, after=7)
        plans = [plan(one["sql"]) for one in asked if 'FROM "forum_follow"' in one["sql"]]
        for reason in reasons:
            assert any(f"follow_of_{reason}" in one and not sorts(one) for one in plans), plans
