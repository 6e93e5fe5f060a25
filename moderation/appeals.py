"""What happens when somebody appeals against a decision, and when another moderator has looked at it again."""

from __future__ import annotations

from django.db import IntegrityError, transaction

import forum.actions
import notifications.actions
from accounts.models import User
from moderation import sanctions
from moderation.actions import Overtaken
from moderation.models import Appeal, Decision
from moderation.threads import log

Code = Decision.Code


def appeal(*, decision: Decision, member: User, text: str) -> Appeal:
    """`member`, whom `decision` concerns, says why it is wrong. Sent twice, it is one: the first."""
    try:
        with transaction.atomic():
            return Appeal.objects.create(decision=decision, member=member, text=text)
    except IntegrityError:
        return Appeal.objects.get(decision=decision)


@transaction.atomic
def overturn(*, appeal: Appeal, moderator: User, words: str) -> None:
    """The decision was wrong: it is undone, and the member told. Raises Overtaken."""
    decision = appeal.decision
    thing = decision.thing
    _close(appeal, thing, Code.OVERTURNED, moderator, words)
    if decision.target_kind == "member":
        sanctions.undo(sanction=decision.sanction)
    else:
        forum.actions.restore(post=thing)


@transaction.atomic
def confirm(*, appeal: Appeal, moderator: User, words: str) -> None:
    """The decision stays as it is, and the member is told why. Raises Overtaken."""
    _close(appeal, appeal.decision.thing, Code.CONFIRMED, moderator, words)


def _close(appeal: Appeal, thing: object, code: Code, moderator: User, words: str) -> None:
    waiting = Appeal.objects.select_for_update().filter(pk=appeal.pk, outcome=None).first()
    if waiting is None:
        raise Overtaken
    made = log(thing, code, moderator, words=words)
    Appeal.objects.filter(pk=appeal.pk).update(outcome=made)
    notifications.actions.notify([appeal.member_id], kind="appeal", subject=("decision", appeal.decision_id))
