import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import privacy
from accounts.models import User
from notifications import actions
from notifications.actions import mark_all_read, mark_read, notify, withdraw
from notifications.models import Notification
from notifications.sweeps import count_unread


def unread(user: User) -> int:
    user.refresh_from_db(fields=["unread_count"])
    assert user.unread_count == Notification.objects.filter(recipient=user).unread().count()
    return user.unread_count


def ids(user: User) -> list[int]:
    return list(Notification.objects.filter(recipient=user).order_by("pk").values_list("pk", flat=True))


def test_everybody_is_told_once_and_counted(ana, ben):
    notify([ana.pk, ben.pk, ana.pk], kind="answer", subject=("answer", 1))
    assert (unread(ana), unread(ben)) == (1, 1)


def test_nobody_is_told_what_they_did_themselves(ana, ben):
    notify([ana.pk, ben.pk], kind="comment", subject=("comment", 1), actor_id=ana.pk)
    assert (unread(ana), unread(ben)) == (0, 1)


def test_a_former_member_is_nobody(ana, ben):
    User.objects.filter(pk=ben.pk).update(is_active=False)
    notify([None, ben.pk, 987654], kind="answer", subject=("answer", 1))
    assert not Notification.objects.exists()


def test_the_same_is_not_told_twice_while_it_is_unread(ana):
    for _ in range(3):
        notify([ana.pk], kind="answer", subject=("answer", 1))
    assert unread(ana) == 1
    mark_read(recipient_id=ana.pk, ids=ids(ana))
    notify([ana.pk], kind="answer", subject=("answer", 1))
    assert unread(ana) == 1
    assert len(ids(ana)) == 2


def test_different_things_are_told_each(ana):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    notify([ana.pk], kind="answer", subject=("answer", 2))
    notify([ana.pk], kind="helped", subject=("answer", 1))
    notify([ana.pk], kind="comment", subject=("comment", 1))
    assert unread(ana) == 4


def test_an_unknown_kind_is_a_mistake(ana):
    with pytest.raises(ValueError, match="gossip"):
        notify([ana.pk], kind="gossip", subject=("answer", 1))


def test_reading_counts_down_once(ana, ben):
    notify([ana.pk, ben.pk], kind="answer", subject=("answer", 1))
    for _ in range(2):
        mark_read(recipient_id=ana.pk, ids=ids(ana))
    assert (unread(ana), unread(ben)) == (0, 1)


def test_nobody_reads_for_somebody_else(ana, eve):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    mark_read(recipient_id=eve.pk, ids=ids(ana))
    mark_all_read(recipient_id=eve.pk, up_to=ids(ana)[0])
    assert (unread(ana), unread(eve)) == (1, 0)


def test_reading_all_leaves_what_came_in_since(ana):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    notify([ana.pk], kind="answer", subject=("answer", 2))
    seen = ids(ana)[-1]
    notify([ana.pk], kind="answer", subject=("answer", 3))
    mark_all_read(recipient_id=ana.pk, up_to=seen)
    assert unread(ana) == 1


def test_withdrawing_counts_down_what_was_unread(ana, ben):
    notify([ana.pk, ben.pk], kind="answer", subject=("answer", 1))
    notify([ana.pk], kind="helped", subject=("answer", 1))
    notify([ana.pk], kind="answer", subject=("answer", 2))
    mark_read(recipient_id=ben.pk, ids=ids(ben))
    for _ in range(2):
        withdraw(("answer", 1))
    assert (unread(ana), unread(ben)) == (1, 0)


def test_what_was_withdrawn_is_not_read_any_more(ana):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    withdraw(("answer", 1))
    mark_read(recipient_id=ana.pk, ids=ids(ana))
    assert unread(ana) == 0


def test_what_was_withdrawn_can_be_told_again(ana):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    withdraw(("answer", 1))
    notify([ana.pk], kind="answer", subject=("answer", 1))
    assert unread(ana) == 1


def test_whom_somebody_else_holds_just_then_is_counted_a_moment_later(ana, ben, monkeypatch):
    notify([ana.pk, ben.pk], kind="answer", subject=("answer", 1))
    with monkeypatch.context() as held:
        held.setattr(actions, "_free", lambda people: set(people) - {ana.pk})
        notify([ana.pk, ben.pk], kind="answer", subject=("answer", 2))
        notify([ana.pk, ben.pk], kind="answer", subject=("answer", 3))
        withdraw(("answer", 1))
        withdraw(("answer", 3))
    ana.refresh_from_db()
    assert (ana.unread_count, unread(ben)) == (1, 1)
    assert Notification.objects.filter(is_uncounted=True, recipient=ana).count() == 3
    assert (count_unread(), count_unread()) == (1, 0)
    assert unread(ana) == 1
    assert Notification.objects.unread().get(recipient=ana).subject == ("answer", 2)


def test_reading_counts_also_what_came_while_somebody_else_held_the_reader(ana, monkeypatch):
    with monkeypatch.context() as held:
        held.setattr(actions, "_free", lambda people: set())
        for number in (1, 2):
            notify([ana.pk], kind="answer", subject=("answer", number))
    mark_read(recipient_id=ana.pk, ids=ids(ana)[:1])
    assert unread(ana) == 1


def test_telling_is_undone_with_its_transaction(ana):
    with pytest.raises(RuntimeError), transaction.atomic():
        notify([ana.pk], kind="answer", subject=("answer", 1))
        raise RuntimeError
    assert unread(ana) == 0


def test_the_same_cannot_be_stored_unread_twice(ana):
    notify([ana.pk], kind="answer", subject=("answer", 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(recipient=ana, kind="answer", subject_kind="answer", subject_id=1)


def test_a_mail_cannot_be_both_sent_and_due(ana):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            recipient=ana, kind="answer", subject_kind="answer", subject_id=1, mail_due_at=now, mail_sent_at=now
        )


def test_twenty_are_told_with_few_statements(ana, django_assert_max_num_queries, db):
    people = [User.objects.create_user(f"p{number}@example.org").pk for number in range(20)]
    with django_assert_max_num_queries(8):
        notify(people, kind="answer", subject=("answer", 1))
    assert User.objects.filter(pk__in=people, unread_count=1).count() == 20


def test_a_person_takes_their_notifications_along_or_away(ana, ben):
    rooms = {room.name: room for room in privacy.rooms()}
    notify([ana.pk, ben.pk], kind="answer", subject=("answer", 1))
    (told,) = rooms["notifications"].export(ana)["notifications"]
    assert (told["kind"], told["subject_id"]) == ("answer", 1)
    for _ in range(2):
        rooms["notifications"].erase(ana)
    assert (unread(ana), unread(ben)) == (0, 1)
    assert ids(ana) == []
