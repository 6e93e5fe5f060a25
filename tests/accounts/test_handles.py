"""Handles change; the old one still leads to its owner for a year, and nobody passes for somebody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions, rules
from accounts.models import OldHandle, User

pytestmark = pytest.mark.django_db


def test_the_old_handle_leads_to_the_new_one_for_a_year(member):
    old = member.handle
    actions.change_handle(user=member, handle="river")
    assert User.objects.formerly(old) == member and User.objects.get().handle == "river"
    OldHandle.objects.update(until=timezone.now())
    assert User.objects.formerly(old) is None


def test_nobody_takes_a_handle_of_another_or_one_given_up_lately(member):
    other = actions.register(email="other@example.org", handle="stone")
    with pytest.raises(actions.HandleIsTaken):
        actions.change_handle(user=member, handle="stone")
    actions.change_handle(user=other, handle="pebble")
    with pytest.raises(actions.HandleIsTaken):
        actions.change_handle(user=member, handle="stone")
    OldHandle.objects.update(until=timezone.now() - timedelta(seconds=1))
    actions.change_handle(user=member, handle="stone")
    assert User.objects.get(handle="stone") == member


def test_a_handle_is_taken_back_by_who_had_it(member):
    first = member.handle
    actions.change_handle(user=member, handle="river")
    actions.change_handle(user=member, handle=first)
    actions.change_handle(user=member, handle="river")
    assert User.objects.get().handle == "river" and User.objects.formerly(first) == member


def test_a_form_sent_twice_at_once_changes_it_once(member):
    twin = User.objects.get()
    first = member.handle
    for user in (member, twin):
        actions.change_handle(user=user, handle="river")
    assert User.objects.get().handle == "river" and OldHandle.objects.get().handle == first


def test_the_same_handle_changes_nothing(member):
    actions.change_handle(user=member, handle=member.handle)
    assert not OldHandle.objects.exists()


@pytest.mark.parametrize("name", ["askwell", "the-moderators", "Askwell Support", "admin2", "ａｄｍｉｎ", "anonymous"])
def test_nobody_passes_for_the_site(name):
    assert not rules.may_be_called(User(), name)
    assert rules.may_be_called(User(is_staff=True), name)


@pytest.mark.parametrize("name", ["dr-house", "Dr. Ana", "nurse jo", "ana, MD", "Prof Ana"])
def test_only_clinicians_bear_titles(name):
    assert not rules.may_be_called(User(), name)
    assert rules.may_be_called(User(is_clinician=True), name)


@pytest.mark.parametrize("name", ["ana", "drew", "madrid-mo", "modest", "river-stone", "Nursel", "Σοφία", "小雨", ""])
def test_ordinary_names_are_free(name):
    assert rules.may_be_called(User(), name)


def test_handles_that_we_give_out_are_not_chosen():
    assert not rules.may_take_handle(User(), "member-22222")
