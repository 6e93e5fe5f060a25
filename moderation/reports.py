"""What comes of reports: who is told that theirs is settled, and where they read how."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

import notifications.actions
from accounts.models import User
from forum.models.targets import key_of
from moderation.models import Report
from moderation.models.reports import ReportQuerySet
from notifications.subjects import Subject

State = Report.State
# What a notification of this room is about: the kind of its subject.
SUBJECT = "report"


@transaction.atomic
def settle(reports: ReportQuerySet, state: State) -> None:
    """Say what these, still open, came to. Members who made them are told that they are settled: not what was done to
    whom, only whether something was."""
    found = list(reports.filter(state=State.OPEN).order_by("pk"))
    Report.objects.filter(pk__in=[one.pk for one in found]).update(state=state, settled_at=timezone.now())
    for report in found:
        notifications.actions.notify([report.reporter_id], kind="reported", subject=(SUBJECT, report.pk))


@transaction.atomic
def open_again(reports: ReportQuerySet) -> None:
    """These are to be decided anew; what their reporters were told holds no longer."""
    found = list(reports.values_list("pk", flat=True))
    Report.objects.filter(pk__in=found).update(state=State.OPEN, settled_at=None)
    notifications.actions.withdraw(*((SUBJECT, pk) for pk in found))


def find(ids: Collection[int], user: User) -> dict[int, Subject]:
    """What a notification about a report leads its reporter to. It says nothing of what was reported, which may be
    hidden by now."""
    mine = Report.objects.filter(pk__in=ids, reporter=user)
    return {report.pk: Subject(_("What came of your report"), path_of(report)) for report in mine}


def path_of(report: Report) -> str:
    thing = report.thing
    return reverse("moderation:reported", args=[key_of(thing), thing.pk])
